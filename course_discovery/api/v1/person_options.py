"""What OPTIONS tells of people: what may be written, and the organizations to choose from."""

from typing import Any

from rest_framework import serializers
from rest_framework.metadata import SimpleMetadata

from course_discovery.api.v1.nested import Shape
from course_discovery.course_metadata.models import Organization, Person, Position
from course_discovery.course_metadata.models.person import SocialNetwork
from course_discovery.publisher.roles import may_write_people


def _longest(model: Any, column: str) -> int | None:
    longest: int | None = model._meta.get_field(column).max_length
    return longest


class _WrittenPosition(Shape):
    """A position; its organization is one of the catalog, or has a name of its own."""

    title = serializers.CharField(max_length=_longest(Position, "title"))
    organization = serializers.ChoiceField((), required=False, help_text="number of it")
    organization_name = serializers.CharField(read_only=True)
    organization_id = serializers.IntegerField(read_only=True)
    organization_override = serializers.CharField(
        required=False, allow_null=True, max_length=_longest(Position, "organization_override")
    )
    organization_marketing_url = serializers.CharField(read_only=True)
    organization_uuid = serializers.UUIDField(read_only=True)
    organization_logo_image_url = serializers.CharField(read_only=True)


class _WrittenArea(Shape):
    """An area of expertise; one with an id is there already."""

    id = serializers.IntegerField(required=False, allow_null=True)
    value = serializers.CharField(max_length=255)


class _WrittenNetwork(Shape):
    """An address; one with an id is there already."""

    id = serializers.IntegerField(required=False, allow_null=True)
    type = serializers.ChoiceField(SocialNetwork.choices)
    title = serializers.CharField(required=False, allow_blank=True, max_length=255)
    display_title = serializers.CharField(read_only=True)
    url = serializers.CharField(max_length=500)


class WrittenPersonShape(Shape):
    """What may be written of a person."""

    uuid = serializers.UUIDField(read_only=True)
    salutation = serializers.CharField(required=False, max_length=_longest(Person, "salutation"))
    given_name = serializers.CharField(max_length=_longest(Person, "given_name"))
    family_name = serializers.CharField(required=False, max_length=_longest(Person, "family_name"))
    bio = serializers.CharField(required=False)
    slug = serializers.CharField(required=False, max_length=_longest(Person, "slug"))
    position = _WrittenPosition()
    areas_of_expertise = _WrittenArea(many=True, required=False)
    profile_image = serializers.CharField(required=False, help_text="data:image/png;base64,...")
    works = serializers.ListField(child=serializers.CharField(), read_only=True)
    urls = serializers.DictField(read_only=True)
    urls_detailed = _WrittenNetwork(many=True, required=False)
    email = serializers.CharField(read_only=True)
    profile_image_url = serializers.CharField(read_only=True)
    major_works = serializers.CharField(required=False)
    published = serializers.BooleanField(read_only=True)


class PersonOptions(SimpleMetadata):
    """Describes what the caller may write, and nothing to those who may not."""

    def determine_actions(self, request: Any, view: Any) -> dict[str, Any]:
        """The fields by method."""
        method, right = ("PUT", "change") if view.detail else ("POST", "add")
        if not may_write_people(request.user, right):
            return {}
        fields = self.get_serializer_info(WrittenPersonShape())
        fields["position"]["children"]["organization"]["choices"] = [
            {"value": organization.pk, "display_name": str(organization)}
            for organization in Organization.objects.filter(partner=request.partner).order_by(
                "key_folded"
            )
        ]
        return {method: fields}
