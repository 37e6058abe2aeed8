"""Hits of searches as they are answered."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from course_discovery.api.v1.nested import OrganizationShape, Shape
from course_discovery.api.v1.shapes.learner_pathway import LearnerPathwayStepShape
from course_discovery.api.v1.shapes.person import CopiesField


class SkillShape(Shape):
    """A skill that is taught."""

    name = serializers.CharField()
    description = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    subcategory = serializers.CharField(allow_null=True)


class RowShape(Shape):
    """What every hit has; the last two only in version 2."""

    aggregation_key = serializers.CharField(help_text="the same for all runs of a course")
    content_type = serializers.CharField()
    aggregation_uuid = serializers.CharField(required=False)
    sort = serializers.ListField(
        child=serializers.JSONField(), required=False, help_text="the hit's place in the order"
    )


class RunInCourseRowShape(Shape):
    """A run of a course that was found; the last two only with `detail_fields`."""

    key = serializers.CharField()
    enrollment_start = serializers.DateTimeField(allow_null=True)
    enrollment_end = serializers.DateTimeField(allow_null=True)
    go_live_date = serializers.DateTimeField(allow_null=True)
    start = serializers.DateTimeField(allow_null=True)
    end = serializers.DateTimeField(allow_null=True)
    modified = serializers.DateTimeField()
    availability = serializers.CharField()
    status = serializers.CharField()
    pacing_type = serializers.CharField(allow_null=True)
    enrollment_mode = serializers.CharField(allow_null=True)
    min_effort = serializers.IntegerField(allow_null=True)
    max_effort = serializers.IntegerField(allow_null=True)
    weeks_to_complete = serializers.IntegerField(allow_null=True)
    estimated_hours = serializers.FloatField()
    first_enrollable_paid_seat_price = serializers.FloatField(help_text="0.0 without one")
    is_enrollable = serializers.BooleanField()
    restriction_type = serializers.CharField(allow_null=True)
    fixed_price_usd = serializers.FloatField(allow_null=True)
    staff = serializers.ListField(child=serializers.DictField(), required=False)
    content_language = serializers.CharField(allow_null=True, required=False)


class CourseRowShape(RowShape):
    """A course that was found; some keys only with `detail_fields`."""

    full_description = serializers.CharField(allow_null=True)
    key = serializers.CharField()
    short_description = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    card_image_url = serializers.CharField(allow_null=True)
    image_url = serializers.CharField(allow_null=True)
    course_runs = RunInCourseRowShape(many=True)
    uuid = serializers.UUIDField()
    seat_types = serializers.ListField(child=serializers.CharField())
    skill_names = serializers.ListField(child=serializers.CharField())
    skills = SkillShape(many=True)
    end_date = serializers.DateTimeField(allow_null=True)
    course_ends = serializers.CharField(help_text="Past or Future")
    subjects = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    organizations = serializers.ListField(child=serializers.CharField(), help_text="KEY: Name")
    outcome = serializers.CharField(allow_null=True, required=False)
    level_type = serializers.CharField(allow_null=True, required=False)
    modified = serializers.DateTimeField(required=False)
    course_type = serializers.CharField()
    course_length = serializers.CharField(allow_blank=True)
    enterprise_subscription_inclusion = serializers.BooleanField()
    external_course_marketing_type = serializers.CharField(allow_null=True)
    product_source = serializers.CharField(allow_null=True, help_text="a slug")


class CourseRunRowShape(RowShape):
    """A course run that was found."""

    authoring_organization_uuids = serializers.ListField(child=serializers.UUIDField())
    availability = serializers.CharField()
    end = serializers.DateTimeField(allow_null=True)
    enrollment_end = serializers.DateTimeField(allow_null=True)
    enrollment_start = serializers.DateTimeField(allow_null=True)
    first_enrollable_paid_seat_sku = serializers.CharField(allow_null=True)
    first_enrollable_paid_seat_price = serializers.IntegerField(allow_null=True)
    full_description = serializers.CharField(allow_null=True)
    go_live_date = serializers.DateTimeField(allow_null=True)
    has_enrollable_seats = serializers.BooleanField()
    image_url = serializers.CharField(allow_null=True)
    is_enrollable = serializers.BooleanField()
    key = serializers.CharField()
    language = serializers.CharField(allow_null=True)
    level_type = serializers.CharField(allow_null=True)
    logo_image_urls = serializers.ListField(child=serializers.CharField())
    marketing_url = serializers.CharField(allow_null=True)
    max_effort = serializers.IntegerField(allow_null=True)
    min_effort = serializers.IntegerField(allow_null=True)
    mobile_available = serializers.BooleanField()
    number = serializers.CharField()
    org = serializers.CharField()
    pacing_type = serializers.CharField(allow_null=True)
    partner = serializers.CharField()
    program_types = serializers.ListField(child=serializers.CharField())
    published = serializers.BooleanField()
    seat_types = serializers.ListField(child=serializers.CharField())
    skill_names = serializers.ListField(child=serializers.CharField())
    skills = SkillShape(many=True)
    short_description = serializers.CharField(allow_null=True)
    staff_uuids = serializers.ListField(child=serializers.UUIDField())
    start = serializers.DateTimeField(allow_null=True)
    subject_uuids = serializers.ListField(child=serializers.UUIDField())
    title = serializers.CharField(allow_null=True)
    transcript_languages = serializers.ListField(child=serializers.CharField())
    type = serializers.CharField(allow_null=True)
    weeks_to_complete = serializers.IntegerField(allow_null=True)
    restriction_type = serializers.CharField(allow_null=True)
    fixed_price_usd = serializers.FloatField(allow_null=True)


class ProgramRowShape(RowShape):
    """A program that was found."""

    card_image_url = serializers.CharField(allow_null=True)
    language = serializers.ListField(child=serializers.CharField())
    marketing_url = serializers.CharField(allow_null=True)
    partner = serializers.CharField()
    published = serializers.BooleanField()
    status = serializers.CharField()
    subtitle = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    type = serializers.CharField(allow_null=True)
    uuid = serializers.UUIDField()
    authoring_organization_uuids = serializers.ListField(child=serializers.UUIDField())
    authoring_organizations = OrganizationShape(many=True)
    hidden = serializers.BooleanField()
    is_program_eligible_for_one_click_purchase = serializers.BooleanField()
    max_hours_effort_per_week = serializers.IntegerField(allow_null=True)
    min_hours_effort_per_week = serializers.IntegerField(allow_null=True)
    staff_uuids = serializers.ListField(child=serializers.UUIDField())
    subject_uuids = serializers.ListField(child=serializers.UUIDField())
    skill_names = serializers.ListField(child=serializers.CharField())
    skills = SkillShape(many=True)
    weeks_to_complete_max = serializers.IntegerField(allow_null=True)
    weeks_to_complete_min = serializers.IntegerField(allow_null=True)
    search_card_display = serializers.ListField(
        child=serializers.CharField(allow_null=True),
        help_text="of degrees: ranking, cost, courses",
    )
    is_2u_degree_program = serializers.BooleanField()
    excluded_from_search = serializers.BooleanField(allow_null=True)
    excluded_from_seo = serializers.BooleanField(allow_null=True)


class PersonRowShape(RowShape):
    """A person who was found."""

    uuid = serializers.UUIDField()
    salutation = serializers.CharField(allow_null=True)
    full_name = serializers.CharField()
    bio = serializers.CharField(allow_null=True)
    bio_language = serializers.CharField(allow_null=True)
    profile_image_url = serializers.CharField(allow_null=True)
    position = serializers.ListField(
        child=serializers.CharField(allow_null=True), help_text="title, name of the organization"
    )
    organizations = serializers.ListField(child=serializers.CharField(), help_text="keys")
    partner = serializers.CharField(allow_null=True)


class LearnerPathwayRowShape(RowShape):
    """A learner pathway that was found."""

    uuid = serializers.UUIDField()
    title = serializers.CharField()
    status = serializers.CharField()
    banner_image = CopiesField()
    card_image = CopiesField()
    overview = serializers.CharField(allow_blank=True)
    published = serializers.BooleanField()
    skills = SkillShape(many=True)
    skill_names = serializers.ListField(child=serializers.CharField())
    partner = serializers.CharField(allow_blank=True)
    steps = LearnerPathwayStepShape(many=True)
    visible_via_association = serializers.BooleanField()
    created = serializers.DateTimeField()


class BriefRowShape(Shape):
    """A course, run or program that was found, in brief; keys that a kind has not are absent."""

    partner = serializers.CharField()
    authoring_organization_uuids = serializers.ListField(
        child=serializers.UUIDField(), required=False
    )
    subject_uuids = serializers.ListField(child=serializers.UUIDField())
    uuid = serializers.UUIDField()
    key = serializers.CharField(required=False)
    aggregation_key = serializers.CharField()
    content_type = serializers.CharField()


# The shapes of rows by their `content_type`.
ROWS: dict[str, Any] = {
    "course": CourseRowShape,
    "courserun": CourseRunRowShape,
    "program": ProgramRowShape,
    "person": PersonRowShape,
    "learnerpathway": LearnerPathwayRowShape,
}


def any_of(name: str, shapes: dict[str, Any], *, many: bool = False) -> PolymorphicProxySerializer:
    """One of several shapes, or a list of such, told apart by `content_type`."""
    return PolymorphicProxySerializer(
        component_name=name, serializers=shapes, resource_type_field_name="content_type", many=many
    )


@extend_schema_field(any_of("SearchRow", ROWS, many=True))
class RowsField(serializers.ListField):
    """Hits, each with the keys of its kind."""


class SearchPageShape(Shape):
    """A page of hits."""

    count = serializers.IntegerField(help_text="how many there are, exactly")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    facets = serializers.DictField(help_text="always {}")
    results: serializers.Field[Any, Any, Any, Any] = RowsField()


class BriefPageShape(SearchPageShape):
    """A page of hits in brief."""

    results = BriefRowShape(many=True)
