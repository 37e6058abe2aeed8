"""What hangs on courses and other products, as it is answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.course_metadata.models.additional_metadata import (
    ExternalCourseMarketingType,
    ProductStatus,
)
from course_discovery.course_metadata.models.location_restriction import RestrictionKind


class PrerequisiteShape(Shape):
    """What learners should know before."""

    name = serializers.CharField()


class PromoAreaShape(Shape):
    """A second description of a course."""

    title = serializers.CharField(allow_null=True)
    description = serializers.CharField(allow_null=True)


class BlurbShape(Shape):
    """A text with its heading."""

    heading = serializers.CharField(allow_blank=True)
    blurb = serializers.CharField(allow_null=True, help_text="HTML")


class ProductMetaShape(Shape):
    """What search engines are told of a product."""

    title = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    keywords = serializers.ListField(child=serializers.CharField())


class TaxiFormShape(Shape):
    """A lead form of the marketing site."""

    form_id = serializers.CharField(allow_blank=True)
    grouping = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_null=True)
    subtitle = serializers.CharField(allow_null=True)
    post_submit_url = serializers.CharField(allow_null=True)


class AdditionalMetadataShape(Shape):
    """The provider's side of an external course."""

    external_identifier = serializers.CharField()
    external_url = serializers.CharField()
    lead_capture_form_url = serializers.CharField(allow_blank=True)
    facts = BlurbShape(many=True)
    certificate_info = BlurbShape(allow_null=True)
    organic_url = serializers.CharField(allow_blank=True)
    start_date = serializers.DateTimeField(allow_null=True)
    end_date = serializers.DateTimeField(allow_null=True)
    registration_deadline = serializers.DateTimeField(allow_null=True)
    variant_id = serializers.UUIDField(allow_null=True)
    course_term_override = serializers.CharField(allow_null=True)
    product_status = serializers.ChoiceField(ProductStatus.choices)
    product_meta = ProductMetaShape(allow_null=True)
    external_course_marketing_type = serializers.ChoiceField(
        ExternalCourseMarketingType.choices, allow_null=True
    )
    display_on_org_page = serializers.BooleanField()
    taxi_form = TaxiFormShape(allow_null=True)


class GeoLocationShape(Shape):
    """A place, in degrees as decimal strings of eleven places."""

    lat = serializers.CharField(allow_null=True)
    lng = serializers.CharField(allow_null=True)
    location_name = serializers.CharField(allow_null=True)


class LocationRestrictionShape(Shape):
    """Where a product is offered, or is not."""

    restriction_type = serializers.ChoiceField(RestrictionKind.choices, allow_null=True)
    countries = serializers.ListField(
        child=serializers.CharField(), help_text="ISO 3166-1 alpha-2 codes"
    )
    states = serializers.ListField(child=serializers.CharField(), help_text="US states")


class ProductValueShape(Shape):
    """What a visitor of a product is worth within a year, in US dollars."""

    per_click_international = serializers.IntegerField(allow_null=True)
    per_click_usa = serializers.IntegerField(allow_null=True)
    per_lead_international = serializers.IntegerField(allow_null=True)
    per_lead_usa = serializers.IntegerField(allow_null=True)
