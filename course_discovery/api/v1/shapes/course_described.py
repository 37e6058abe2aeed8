"""The fields of a course as OPTIONS describes them, in the order in which clients know them.

They tell the types that clients expect; what is taken of a body is told by `course_body`.
"""

from decimal import Decimal
from typing import Any

from django_countries import countries
from localflavor.us.us_states import CONTIGUOUS_STATES
from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.course_metadata.models.additional_metadata import (
    ExternalCourseMarketingType,
    ProductStatus,
)
from course_discovery.course_metadata.models.location_restriction import RestrictionKind

_SMALLEST, _LARGEST = -(2**31), 2**31 - 1


class Thing(serializers.Field[Any, Any, Any, Any]):
    """A value that is told by a name, or that is made of others."""


def _shown() -> Thing:
    return Thing(read_only=True)


def _told(**options: Any) -> Thing:
    return Thing(required=False, **options)


def _text(**options: Any) -> serializers.CharField:
    return serializers.CharField(**{"required": False, **options})


def _flag() -> serializers.BooleanField:
    return serializers.BooleanField(required=False)


def _moment(**options: Any) -> serializers.DateTimeField:
    return serializers.DateTimeField(**options)


def _number() -> serializers.IntegerField:
    return serializers.IntegerField(required=False, min_value=_SMALLEST, max_value=_LARGEST)


def _degrees(most: int) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=14, decimal_places=11, min_value=Decimal(-most), max_value=Decimal(most)
    )


def _texts(*, required: bool = False, **options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), required=required, **options)


class _Entitlement(Shape):
    mode = Thing()
    price = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))
    currency = _shown()
    sku = serializers.CharField()
    expires = _shown()


class _Organization(Shape):
    uuid = _text()
    key = serializers.CharField(max_length=255)
    name = serializers.CharField(max_length=255)
    auto_generate_course_run_keys = _flag()
    certificate_logo_image_url = _shown()
    logo_image_url = _shown()
    organization_hex_color = _text(max_length=6)
    data_modified_timestamp = _moment(required=False)
    description = _text()
    description_es = _text()
    homepage_url = serializers.URLField(required=False, max_length=255)
    tags = _texts(required=True)
    marketing_url = _shown()
    slug = serializers.SlugField(read_only=True)
    banner_image_url = _shown()
    enterprise_subscription_inclusion = _flag()


class _Prerequisite(Shape):
    name = serializers.CharField()


class _Image(Shape):
    src = serializers.CharField()
    description = serializers.CharField()
    height = serializers.IntegerField()
    width = serializers.IntegerField()


class _Video(Shape):
    src = serializers.CharField()
    description = serializers.CharField()
    image = _Image()


class _PromoArea(Shape):
    title = _text(max_length=255)
    description = _text()


class _Blurb(Shape):
    heading = _text(max_length=255)
    blurb = _text()


class _ProductMeta(Shape):
    title = _text(max_length=200)
    description = _text(max_length=255)
    keywords = _texts()


class _TaxiForm(Shape):
    form_id = _text(max_length=75)
    grouping = _text(max_length=50)
    title = _text(max_length=255)
    subtitle = _text(max_length=255)
    post_submit_url = serializers.URLField(required=False, max_length=255)


class _AdditionalMetadata(Shape):
    external_identifier = _text(max_length=255)
    external_url = serializers.URLField(max_length=511)
    lead_capture_form_url = serializers.URLField(required=False, max_length=511)
    facts = _Blurb(many=True)
    certificate_info = _Blurb()
    organic_url = serializers.URLField(required=False, max_length=511)
    start_date = _moment()
    end_date = _moment()
    registration_deadline = _moment()
    variant_id = serializers.CharField()
    course_term_override = _text(max_length=20)
    product_status = serializers.ChoiceField(ProductStatus.choices, required=False)
    product_meta = _ProductMeta(required=False)
    external_course_marketing_type = serializers.ChoiceField(
        ExternalCourseMarketingType.choices, required=False
    )
    display_on_org_page = _flag()
    taxi_form = _TaxiForm(required=False)


class _User(Shape):
    id = serializers.IntegerField(read_only=True)
    full_name = _shown()
    email = serializers.EmailField(required=False, max_length=254)


class _Editor(Shape):
    id = serializers.IntegerField(read_only=True)
    user = _User(read_only=True)
    user_id = Thing()
    course = Thing()


class _GeoLocation(Shape):
    lat = _degrees(90)
    lng = _degrees(180)
    location_name = serializers.CharField(max_length=128)


class _LocationRestriction(Shape):
    restriction_type = serializers.ChoiceField(RestrictionKind.choices, required=False)
    countries = serializers.ListField(
        child=serializers.ChoiceField(list(countries)), required=False
    )
    states = serializers.ListField(
        child=serializers.ChoiceField(list(CONTIGUOUS_STATES)), required=False
    )


class _ProductValue(Shape):
    per_click_international = _number()
    per_click_usa = _number()
    per_lead_international = _number()
    per_lead_usa = _number()


class _ProgramType(Shape):
    uuid = serializers.CharField(read_only=True)
    slug = serializers.SlugField(required=False, max_length=50)
    coaching_supported = _flag()


class _Program(Shape):
    uuid = serializers.CharField(read_only=True)
    title = serializers.CharField(max_length=255)
    type = Thing()
    type_attrs = _ProgramType()
    marketing_slug = serializers.CharField(max_length=255)
    marketing_url = _shown()
    number_of_courses = _shown()


class DescribedCourse(Shape):
    """A course."""

    key = serializers.CharField(max_length=255)
    uuid = serializers.CharField(read_only=True)
    title = _text(max_length=255)
    course_runs = _shown()
    entitlements = _Entitlement(many=True, required=False)
    owners = _Organization(many=True, required=False)
    image = _shown()
    short_description = _text()
    type = Thing()
    url_slug = serializers.SlugField(read_only=True)
    course_type = _shown()
    enterprise_subscription_inclusion = _flag()
    excluded_from_seo = _flag()
    excluded_from_search = _flag()
    course_run_statuses = _shown()
    full_description = _text()
    level_type = _told()
    subjects = _told()
    prerequisites = _Prerequisite(many=True, required=False)
    prerequisites_raw = _text()
    expected_learning_items = _shown()
    video = _Video(required=False)
    sponsors = _Organization(many=True, required=False)
    modified = _moment(required=False)
    marketing_url = _shown()
    syllabus_raw = _text()
    outcome = _text()
    original_image = _shown()
    card_image_url = serializers.URLField(required=False, max_length=255)
    canonical_course_run_key = _shown()
    extra_description = _PromoArea(required=False)
    additional_information = _text()
    additional_metadata = _AdditionalMetadata(required=False)
    faq = _text()
    learner_testimonials = _text()
    enrollment_count = _number()
    recent_enrollment_count = _number()
    topics = _texts()
    partner = Thing()
    key_for_reruns = _text(max_length=255)
    url_slug_history = _shown()
    url_redirects = _shown()
    editors = _Editor(many=True, read_only=True)
    collaborators = _told()
    skill_names = _shown()
    skills = _shown()
    organization_short_code_override = _text()
    organization_logo_override_url = _shown()
    geolocation = _GeoLocation(required=False)
    location_restriction = _LocationRestriction(required=False)
    in_year_value = _ProductValue(required=False)
    product_source = _told()
    data_modified_timestamp = _moment(read_only=True)
    watchers = serializers.ListField(child=serializers.EmailField(), required=False)
    programs = _Program(many=True, read_only=True)
    course_run_keys = _shown()
    editable = _shown()
    advertised_course_run_uuid = _shown()
