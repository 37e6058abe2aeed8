"""Course runs as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import (
    LegacyImage,
    NestedProgramShape,
    SeatShape,
    Shape,
    VideoShape,
)
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.course_metadata.models.course_run import CourseRunStatus


class CourseRunMinShape(Shape):
    """A run inside programs."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_null=True)
    external_key = serializers.CharField(allow_null=True)
    fixed_price_usd = serializers.CharField(allow_null=True)
    image = LegacyImage(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    marketing_url = serializers.CharField(allow_null=True)
    seats = SeatShape(many=True)
    start = serializers.DateTimeField(allow_null=True)
    end = serializers.DateTimeField(allow_null=True)
    go_live_date = serializers.DateTimeField(allow_null=True)
    enrollment_start = serializers.DateTimeField(allow_null=True)
    enrollment_end = serializers.DateTimeField(allow_null=True)
    weeks_to_complete = serializers.IntegerField(allow_null=True)
    pacing_type = serializers.CharField(allow_null=True)
    type = serializers.CharField(allow_null=True, help_text="the seat type it is called after")
    restriction_type = serializers.CharField(allow_null=True)
    run_type = serializers.UUIDField(help_text="uuid of the course run type")
    status = serializers.ChoiceField(CourseRunStatus.choices)
    is_enrollable = serializers.BooleanField()
    is_marketable = serializers.BooleanField()
    is_marketable_external = serializers.BooleanField()
    availability = serializers.CharField(help_text="Archived, Current, Starting Soon or Upcoming")
    variant_id = serializers.UUIDField(allow_null=True)


class CourseRunShape(CourseRunMinShape):
    """A run inside courses."""

    course = serializers.CharField(help_text="key of the course")
    full_description = serializers.CharField(allow_null=True)
    announcement = serializers.DateTimeField(allow_null=True)
    video = VideoShape(allow_null=True)
    content_language = serializers.CharField(allow_null=True)
    license = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_null=True)
    transcript_languages = serializers.ListField(child=serializers.CharField())
    instructors = serializers.ListField(child=serializers.DictField(), help_text="always []")
    staff = PersonShape(many=True)
    min_effort = serializers.IntegerField(allow_null=True)
    max_effort = serializers.IntegerField(allow_null=True)
    modified = serializers.DateTimeField()
    level_type = serializers.CharField(allow_null=True)
    mobile_available = serializers.BooleanField()
    hidden = serializers.BooleanField()
    reporting_type = serializers.CharField()
    eligible_for_financial_aid = serializers.BooleanField()
    first_enrollable_paid_seat_price = serializers.IntegerField(allow_null=True)
    has_ofac_restrictions = serializers.BooleanField(allow_null=True)
    ofac_comment = serializers.CharField(allow_blank=True)
    enrollment_count = serializers.IntegerField()
    recent_enrollment_count = serializers.IntegerField()
    expected_program_type = serializers.CharField(allow_null=True)
    expected_program_name = serializers.CharField(allow_blank=True)
    course_uuid = serializers.UUIDField()
    estimated_hours = serializers.FloatField()
    content_language_search_facet_name = serializers.CharField(allow_null=True)
    enterprise_subscription_inclusion = serializers.BooleanField()
    transcript_languages_search_facet_names = serializers.ListField(child=serializers.CharField())
    ai_languages = serializers.DictField(allow_null=True)


class CourseRunFullShape(CourseRunShape):
    """A run by itself."""

    programs = NestedProgramShape(many=True)


class CourseRunAnswer(CourseRunFullShape):
    """A run, with what `editable=1` adds."""

    has_unpublished_changes = serializers.BooleanField(
        required=False, help_text="whether its draft differs from what is published; editable=1"
    )
