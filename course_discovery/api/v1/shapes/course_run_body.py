"""Course runs as they are told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from course_discovery.course_metadata.models.course_run import CourseRunPacing, ReportingType

# What is told of a course run, but is no value of it.
EXTRAS = ("draft", "prices", "restriction_type", "upgrade_deadline_override")
EMBARGOES: list[tuple[Any, str]] = [("", "--"), (True, "Blocked"), (False, "Unrestricted")]
REVIEW = ("status", "has_ofac_restrictions", "ofac_comment")
_LARGEST = 32767
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class CourseRunVideoBody(serializers.Serializer[Any]):
    """A video by its address."""

    src = serializers.CharField(max_length=255)
    description = serializers.CharField(required=False, allow_null=True, allow_blank=True)


@extend_schema_field({"type": "object", "additionalProperties": {"type": "number"}})
class PricesField(serializers.Field[Any, Any, Any, Any]):
    """Prices by the slug of a seat type; an empty one says nothing."""

    default_error_messages = {"invalid": "Must be prices by seat types."}
    price = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))

    def to_internal_value(self, data: Any) -> dict[str, Decimal]:
        """The prices as decimals."""
        if not isinstance(data, Mapping) or not all(isinstance(each, str) for each in data):
            self.fail("invalid")
        return {
            slug: self.price.run_validation(value)
            for slug, value in data.items()
            if value not in (None, "")
        }


def _whole() -> Any:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=_LARGEST
    )


def _moment(**options: Any) -> Any:
    # Beyond, the days that are counted from a moment leave the calendar.
    validators = [MinValueValidator(_FIRST), MaxValueValidator(_LAST)]
    usual: dict[str, Any] = {"required": False, "allow_null": True, "validators": validators}
    return serializers.DateTimeField(**(usual | options))


def _text(**options: Any) -> Any:
    return serializers.CharField(required=False, allow_null=True, allow_blank=True, **options)


class CourseRunBody(serializers.Serializer[Any]):
    """What an edit tells; everything else in a body is ignored."""

    course = serializers.CharField(help_text="key of the course")
    start = _moment(required=True)
    end = _moment(required=True)
    run_type = serializers.UUIDField(help_text="uuid of a course run type")
    term = _text(help_text="run part of the key; when a run is made only")
    title = _text()
    short_description = _text()
    full_description = _text()
    outcome = _text()
    external_key = _text()
    fixed_price_usd = serializers.DecimalField(
        max_digits=10, decimal_places=2, required=False, allow_null=True
    )
    go_live_date = _moment()
    enrollment_start = _moment()
    enrollment_end = _moment()
    announcement = _moment()
    weeks_to_complete = _whole()
    min_effort = _whole()
    max_effort = _whole()
    pacing_type = serializers.ChoiceField(
        CourseRunPacing.choices, required=False, allow_null=True, allow_blank=True
    )
    variant_id = serializers.UUIDField(required=False, allow_null=True)
    license = serializers.CharField(required=False, allow_blank=True, max_length=255)
    mobile_available = serializers.BooleanField(required=False)
    hidden = serializers.BooleanField(required=False)
    reporting_type = serializers.ChoiceField(ReportingType.choices, required=False)
    eligible_for_financial_aid = serializers.BooleanField(required=False)
    expected_program_name = serializers.CharField(required=False, allow_blank=True, max_length=255)
    expected_program_type = _text(max_length=255, help_text="slug of a program type")
    content_language = _text(max_length=50, help_text="a language tag")
    transcript_languages = serializers.ListField(
        child=serializers.CharField(max_length=50), required=False, max_length=500
    )
    staff = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=500,
        help_text="uuids of people, in order",
    )
    video = CourseRunVideoBody(required=False, allow_null=True)


class NewCourseRunBody(CourseRunBody):
    """What a new run is told."""

    start = _moment(required=True, allow_null=False)
    end = _moment(required=True, allow_null=False)
    rerun = _text(help_text="key of the run of the course that it repeats")


class ExtrasBody(serializers.Serializer[Any]):
    """What is told of a run beside its values."""

    draft = serializers.BooleanField(required=False, help_text="false = submit it")
    prices = PricesField(required=False, allow_null=True)
    restriction_type = _text(help_text="'' = none")
    upgrade_deadline_override = _moment(help_text="of verified seats; from staff only")


class ReviewBody(serializers.Serializer[Any]):
    """What a review tells."""

    status = serializers.CharField()
    has_ofac_restrictions = serializers.ChoiceField(EMBARGOES, required=False, allow_null=True)
    ofac_comment = serializers.CharField(required=False, allow_blank=True)


class CourseRunWrite(CourseRunBody, ExtrasBody):
    """All that may be told of a run."""

    status = serializers.ChoiceField(
        ["review_by_internal", "reviewed"], required=False, help_text="from reviewers only"
    )
    has_ofac_restrictions = serializers.BooleanField(required=False, allow_null=True)
    ofac_comment = serializers.CharField(required=False, allow_blank=True)


class NewCourseRunWrite(NewCourseRunBody, ExtrasBody):
    """All that may be told of a new run."""
