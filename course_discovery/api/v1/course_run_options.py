"""What OPTIONS tells of course runs: what may be written, and what there is to choose from."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers
from rest_framework.metadata import SimpleMetadata

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.options import choices, described
from course_discovery.api.v1.shapes.course_run_body import EMBARGOES
from course_discovery.course_metadata.models import (
    CourseRun,
    LanguageTag,
    LevelType,
    ProgramType,
    SeatType,
)
from course_discovery.course_metadata.models.course_run import (
    CourseRunPacing,
    CourseRunStatus,
    ReportingType,
)


class Thing(serializers.Field[Any, Any, Any, Any]):
    """A value that is told by a name, or that is made of others."""


def _optional(field: type[serializers.Field[Any, Any, Any, Any]], **options: Any) -> Any:
    return field(required=False, **options)


def _shown() -> Thing:
    return Thing(read_only=True)


class _Seat(Shape):
    type = Thing()
    price = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))
    currency = _shown()
    upgrade_deadline = serializers.DateTimeField()
    upgrade_deadline_override = serializers.DateTimeField()
    credit_provider = serializers.CharField()
    credit_hours = serializers.IntegerField()
    sku = serializers.CharField()
    bulk_sku = serializers.CharField()


class _Image(Shape):
    src = serializers.CharField()
    description = serializers.CharField()
    height = serializers.IntegerField()
    width = serializers.IntegerField()


class _Video(Shape):
    src = serializers.CharField()
    description = serializers.CharField()
    image = _Image()


def _count() -> Any:
    return _optional(serializers.IntegerField, min_value=0, max_value=32767)


class DescribedCourseRun(Shape):
    """The fields of a run, in the order in which clients know them."""

    key = serializers.CharField(read_only=True)
    uuid = _optional(serializers.CharField)
    title = _optional(serializers.CharField)
    external_key = _optional(serializers.CharField)
    fixed_price_usd = _optional(serializers.DecimalField, max_digits=10, decimal_places=2)
    image = _shown()
    short_description = _optional(serializers.CharField)
    marketing_url = _shown()
    seats = _Seat(many=True, required=False)
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    go_live_date = _optional(serializers.DateTimeField)
    enrollment_start = _optional(serializers.DateTimeField)
    enrollment_end = _optional(serializers.DateTimeField)
    weeks_to_complete = _count()
    pacing_type = _optional(serializers.ChoiceField, choices=CourseRunPacing.choices)
    type = serializers.CharField(read_only=True)
    restriction_type = serializers.CharField(read_only=True)
    run_type = Thing()
    status = _optional(serializers.ChoiceField, choices=CourseRunStatus.choices)
    is_enrollable = _shown()
    is_marketable = _shown()
    is_marketable_external = _shown()
    term = _optional(serializers.CharField)
    availability = _shown()
    variant_id = _optional(serializers.CharField)
    course = Thing()
    full_description = _optional(serializers.CharField)
    announcement = _optional(serializers.DateTimeField)
    video = _Video(required=False)
    content_language = _optional(Thing)
    license = _optional(
        serializers.CharField, max_length=CourseRun._meta.get_field("license").max_length
    )
    outcome = _optional(serializers.CharField)
    transcript_languages = _optional(Thing)
    instructors = _shown()
    staff = _optional(Thing)
    min_effort = _count()
    max_effort = _count()
    modified = _optional(serializers.DateTimeField)
    level_type = _optional(Thing)
    mobile_available = _optional(serializers.BooleanField)
    hidden = _optional(serializers.BooleanField)
    reporting_type = _optional(serializers.ChoiceField, choices=ReportingType.choices)
    eligible_for_financial_aid = _optional(serializers.BooleanField)
    first_enrollable_paid_seat_price = _shown()
    has_ofac_restrictions = _optional(serializers.ChoiceField, choices=())
    ofac_comment = _optional(serializers.CharField)
    enrollment_count = serializers.IntegerField(read_only=True)
    recent_enrollment_count = serializers.IntegerField(read_only=True)
    expected_program_type = _optional(Thing)
    expected_program_name = _optional(serializers.CharField, max_length=255)
    course_uuid = _shown()
    estimated_hours = _shown()
    content_language_search_facet_name = _shown()
    enterprise_subscription_inclusion = _optional(serializers.BooleanField)
    transcript_languages_search_facet_names = _shown()
    ai_languages = _shown()
    programs = _shown()


class CourseRunOptions(SimpleMetadata):
    """Describes runs to whoever may read them: who may write which is told by writing."""

    def determine_actions(self, request: Any, view: Any) -> dict[str, Any]:
        """The fields by method."""
        return {"PUT" if view.detail else "POST": described_course_run()}

    def determine_metadata(self, request: Any, view: Any) -> dict[str, Any]:
        """What OPTIONS answers."""
        described = super().determine_metadata(request, view)
        return {**described, "actions": self.determine_actions(request, view)}


def described_course_run() -> dict[str, Any]:
    """The fields of a run, with what there is to choose from."""
    fields = described(DescribedCourseRun())
    languages = choices(LanguageTag.objects.order_by("name", "code").values_list("code", "name"))
    fields["content_language"]["choices"] = languages
    fields["transcript_languages"]["child"] = {"choices": languages}
    fields["has_ofac_restrictions"]["choices"] = choices(EMBARGOES)
    fields["level_type"]["choices"] = choices(
        (level.name, level.name_t) for level in _translated(LevelType).order_by("sort_value", "pk")
    )
    fields["expected_program_type"]["choices"] = choices(
        (each.slug, each.name_t) for each in _translated(ProgramType).order_by("pk")
    )
    fields["seats"]["child"]["children"]["type"]["choices"] = choices(
        SeatType.objects.order_by("pk").values_list("slug", "name")
    )
    return fields


def _translated(model: Any) -> Any:
    return model.objects.prefetch_related("translations")
