"""People as they are told."""

from typing import Any

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.writing import WholeShape
from course_discovery.core.rest.picture import PictureField
from course_discovery.course_metadata.models import Person, Position
from course_discovery.course_metadata.models.person import SocialNetwork

_LARGEST = 2**63 - 1


def _text(longest: int | None = None) -> serializers.CharField:
    """A text that may be left out, empty or null."""
    return serializers.CharField(
        required=False, allow_null=True, allow_blank=True, max_length=longest
    )


def _longest(model: Any, column: str) -> int | None:
    longest: int | None = model._meta.get_field(column).max_length
    return longest


def _number() -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=_LARGEST
    )


class PositionBody(WholeShape):
    """A position; its organization is one of the catalog, or has a name of its own."""

    title = serializers.CharField(max_length=_longest(Position, "title"))
    organization = _number()
    organization_override = _text(_longest(Position, "organization_override"))


class NetworkBody(WholeShape):
    """An address; one with an id is there already."""

    id = _number()
    type = serializers.ChoiceField(SocialNetwork.choices)
    title = _text(255)
    url = serializers.CharField(max_length=500)


class AreaBody(WholeShape):
    """An area of expertise; one with an id is there already."""

    id = _number()
    value = serializers.CharField(max_length=255)


class PersonBody(Shape):
    """What a caller tells of a person; everything else in a body is ignored."""

    given_name = serializers.CharField(max_length=_longest(Person, "given_name"))
    family_name = _text(_longest(Person, "family_name"))
    salutation = _text(_longest(Person, "salutation"))
    bio = _text()
    major_works = _text()
    slug = serializers.SlugField(required=False, allow_null=True, allow_blank=True, max_length=255)
    profile_image = PictureField(required=False)
    position = PositionBody()
    urls_detailed = NetworkBody(many=True, required=False)
    areas_of_expertise = AreaBody(many=True, required=False)
