"""People as they are answered."""

from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.course_metadata.models.person import SocialNetwork


@extend_schema_field(
    {
        "type": "object",
        "description": "each copy by its name",
        "additionalProperties": {
            "type": "object",
            "properties": {
                "url": {"type": "string", "format": "uri"},
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
    }
)
class CopiesField(serializers.DictField):
    """The copies of an uploaded picture by their names; {} where there is no picture."""


class PositionShape(Shape):
    """What a person does, and where."""

    title = serializers.CharField()
    organization_name = serializers.CharField(allow_null=True)
    organization_id = serializers.IntegerField(allow_null=True)
    organization_override = serializers.CharField(allow_null=True)
    organization_marketing_url = serializers.CharField(allow_null=True)
    organization_uuid = serializers.UUIDField(allow_null=True)
    organization_logo_image_url = serializers.CharField(allow_null=True)


class AreaOfExpertiseShape(Shape):
    """Something that a person is expert in."""

    id = serializers.IntegerField()
    value = serializers.CharField()


class PersonUrlsShape(Shape):
    """The first address of a person on each network."""

    facebook = serializers.CharField(allow_null=True)
    twitter = serializers.CharField(allow_null=True)
    blog = serializers.CharField(allow_null=True)


class PersonNetworkShape(Shape):
    """An address of a person."""

    id = serializers.IntegerField()
    type = serializers.ChoiceField(SocialNetwork.choices)
    title = serializers.CharField(allow_blank=True)
    display_title = serializers.CharField(help_text="the title, else the type or the address")
    url = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A professor",
            {
                "uuid": "0f0f3f0a-5b0e-4c55-9a5c-6f7f3f0c2b11",
                "salutation": "Dr.",
                "given_name": "Amara",
                "family_name": "Lindqvist",
                "bio": "<p>She studies how waves travel.</p>",
                "slug": "amara-lindqvist",
                "position": {
                    "title": "Professor of Physics",
                    "organization_name": "North University",
                    "organization_id": 7,
                    "organization_override": None,
                    "organization_marketing_url": "https://www.example.com/school/northu",
                    "organization_uuid": "62f746b4-84e6-4ceb-95bd-447e7184d454",
                    "organization_logo_image_url": "/media/organization/logos/northu.png",
                },
                "areas_of_expertise": [{"id": 3, "value": "Optics"}],
                "profile_image": {
                    "medium": {
                        "url": "https://discovery.example.com/media/people/1.medium.jpg",
                        "width": 110,
                        "height": 110,
                    }
                },
                "works": [],
                "urls": {"facebook": None, "twitter": None, "blog": "https://waves.example.com"},
                "urls_detailed": [
                    {
                        "id": 12,
                        "type": "blog",
                        "title": "",
                        "display_title": "Blog",
                        "url": "https://waves.example.com",
                    }
                ],
                "email": None,
                "profile_image_url": "/media/people/1.jpg",
                "major_works": "<ul><li>Light in Water</li></ul>",
                "published": True,
            },
        )
    ]
)
class PersonShape(Shape):
    """A person, by itself and as staff, instructor or endorser."""

    uuid = serializers.UUIDField()
    salutation = serializers.CharField(allow_null=True)
    given_name = serializers.CharField()
    family_name = serializers.CharField(allow_null=True)
    bio = serializers.CharField(allow_null=True)
    slug = serializers.CharField()
    position = PositionShape(allow_null=True)
    areas_of_expertise = AreaOfExpertiseShape(many=True)
    profile_image = CopiesField()
    works = serializers.ListField(child=serializers.CharField(), help_text="always []")
    urls = PersonUrlsShape()
    urls_detailed = PersonNetworkShape(many=True)
    email = serializers.CharField(allow_null=True, help_text="always null")
    profile_image_url = serializers.CharField(allow_null=True)
    major_works = serializers.CharField(allow_blank=True, help_text="HTML")
    published = serializers.BooleanField()
