"""Shapes inside others. They declare the contract for the schema; projections fill it."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

Shape = serializers.Serializer[Any]


class LegacyImage(Shape):
    """An image; everything but its address is always null."""

    src = serializers.CharField()
    description = serializers.CharField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    width = serializers.IntegerField(allow_null=True)


class ImageShape(Shape):
    """An image that lives elsewhere."""

    src = serializers.CharField()
    description = serializers.CharField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    width = serializers.IntegerField(allow_null=True)


class VideoShape(Shape):
    """A video that lives elsewhere."""

    src = serializers.CharField()
    description = serializers.CharField(allow_null=True)
    image = ImageShape(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Verified",
            {
                "type": "verified",
                "price": "49.00",
                "currency": "USD",
                "upgrade_deadline": "2027-05-18T23:59:59Z",
                "upgrade_deadline_override": None,
                "credit_provider": None,
                "credit_hours": None,
                "sku": "4C1F0A7",
                "bulk_sku": None,
            },
        )
    ]
)
class SeatShape(Shape):
    """A seat of a run."""

    type = serializers.CharField(help_text="slug of the seat type")
    price = serializers.CharField(help_text="decimal string of two places")
    currency = serializers.CharField()
    upgrade_deadline = serializers.DateTimeField(allow_null=True)
    upgrade_deadline_override = serializers.DateTimeField(allow_null=True)
    credit_provider = serializers.CharField(allow_null=True)
    credit_hours = serializers.IntegerField(allow_null=True)
    sku = serializers.CharField(allow_null=True)
    bulk_sku = serializers.CharField(allow_null=True)


class EntitlementShape(Shape):
    """The entitlement of a course."""

    mode = serializers.CharField(help_text="slug of the seat type")
    price = serializers.CharField(help_text="decimal string of two places")
    currency = serializers.CharField()
    sku = serializers.CharField(allow_null=True)
    expires = serializers.DateTimeField(allow_null=True, help_text="always null")


class SourceShape(Shape):
    """A product source."""

    name = serializers.CharField()
    slug = serializers.CharField()
    description = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Physics",
            {
                "name": "Physics",
                "subtitle": "From waves to stars",
                "description": "How matter and energy behave.",
                "banner_image_url": None,
                "card_image_url": None,
                "slug": "physics",
                "uuid": "62f746b4-84e6-4ceb-95bd-447e7184d454",
            },
        )
    ]
)
class SubjectShape(Shape):
    """A subject, in the language asked for."""

    name = serializers.CharField()
    subtitle = serializers.CharField(allow_null=True)
    description = serializers.CharField(allow_null=True)
    banner_image_url = serializers.CharField(allow_null=True)
    card_image_url = serializers.CharField(allow_null=True)
    slug = serializers.CharField()
    uuid = serializers.UUIDField()


@extend_schema_serializer(
    examples=[OpenApiExample("Introductory", {"name": "Introductory", "sort_value": 1})]
)
class LevelTypeShape(Shape):
    """A level, in the language asked for."""

    name = serializers.CharField()
    sort_value = serializers.IntegerField()


class OrganizationMinShape(Shape):
    """An organization inside other objects."""

    uuid = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    auto_generate_course_run_keys = serializers.BooleanField()
    certificate_logo_image_url = serializers.CharField(allow_null=True)
    logo_image_url = serializers.CharField(allow_null=True)
    organization_hex_color = serializers.CharField(allow_null=True)
    data_modified_timestamp = serializers.DateTimeField(allow_null=True)


class OrganizationShape(OrganizationMinShape):
    """An organization."""

    description = serializers.CharField(allow_null=True)
    description_es = serializers.CharField(allow_blank=True)
    homepage_url = serializers.CharField(allow_null=True)
    tags = serializers.ListField(child=serializers.CharField())
    marketing_url = serializers.CharField(allow_null=True)
    slug = serializers.CharField()
    banner_image_url = serializers.CharField(allow_null=True)
    enterprise_subscription_inclusion = serializers.BooleanField()


class NestedProgramShape(Shape):
    """A program inside a course or a run."""

    uuid = serializers.UUIDField()
    title = serializers.CharField()
    type = serializers.CharField()
    type_attrs = serializers.DictField()
    marketing_slug = serializers.CharField()
    marketing_url = serializers.CharField(allow_null=True)
    number_of_courses = serializers.IntegerField()
