"""Course runs."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from course_discovery.core.fields import FoldedField, HtmlField
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.course_run_type import CourseRunType
from course_discovery.course_metadata.models.language_tag import LanguageTag
from course_discovery.course_metadata.models.person import Person
from course_discovery.course_metadata.models.program_type import ProgramType
from course_discovery.course_metadata.models.video import Video


class CourseRunStatus(models.TextChoices):
    """Where a run stands between writing and publishing."""

    UNPUBLISHED = "unpublished", _("Unpublished")
    REVIEW_BY_LEGAL = "review_by_legal", _("Awaiting review from legal")
    REVIEW_BY_INTERNAL = "review_by_internal", _("Awaiting internal review")
    REVIEWED = "reviewed", _("Reviewed")
    PUBLISHED = "published", _("Published")


class CourseRunPacing(models.TextChoices):
    """Who sets the pace."""

    INSTRUCTOR = "instructor_paced", _("Instructor-paced")
    SELF = "self_paced", _("Self-paced")


class ReportingType(models.TextChoices):
    """What a run counts as in reports."""

    MOOC = "mooc", "mooc"
    SPOC = "spoc", "spoc"
    TEST = "test", "test"
    DEMO = "demo", "demo"
    OTHER = "other", "other"


def _moment(label: Any, **options: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(label, blank=True, null=True, **options)


def _count(label: Any) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(label, blank=True, null=True)


def _override(label: Any) -> HtmlField:
    return HtmlField(label, blank=True, null=True, default=None)


def validate_ai_languages(value: Any) -> None:
    """Raise ValidationError unless `value` lists translations and transcriptions.

    {"translation_languages": [{"code", "label"}], "transcription_languages": [{"code", "label"}]}
    """
    kinds = {"translation_languages", "transcription_languages"}
    if not isinstance(value, dict) or set(value) != kinds:
        raise ValidationError(_("translation_languages and transcription_languages are needed."))
    for languages in value.values():
        if not isinstance(languages, list) or not all(map(_is_language, languages)):
            raise ValidationError(_("Languages are lists of objects with code and label."))


def _is_language(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"code", "label"}
        and all(isinstance(text, str) for text in value.values())
    )


class CourseRun(DraftModel):
    """One run of a course, by its key `course-v1:ORG+NUMBER+RUN`.

    Texts with `_override` replace the course's where they are given.
    """

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="course_runs"
    )
    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=255)
    key_folded = FoldedField(source="key")
    external_key = models.CharField(_("external key"), max_length=225, blank=True, null=True)
    type = models.ForeignKey(CourseRunType, models.PROTECT, verbose_name=_("type"))
    status = models.CharField(
        _("status"),
        max_length=32,
        choices=CourseRunStatus.choices,
        default=CourseRunStatus.UNPUBLISHED,
        db_index=True,
    )
    slug = models.SlugField(_("slug"), max_length=255, editable=False, blank=True)
    title_override = models.CharField(_("title override"), max_length=255, blank=True, null=True)
    short_description_override = _override(_("short description override"))
    full_description_override = _override(_("full description override"))
    outcome_override = _override(_("outcome override"))
    start = _moment(_("start"), db_index=True)
    end = _moment(_("end"), db_index=True)
    enrollment_start = _moment(_("enrollment start"))
    enrollment_end = _moment(_("enrollment end"), db_index=True)
    go_live_date = _moment(_("publication date"))
    announcement = _moment(_("announcement"))
    pacing_type = models.CharField(
        _("pacing"),
        max_length=255,
        choices=CourseRunPacing.choices,
        db_index=True,
        blank=True,
        null=True,
    )
    min_effort = _count(_("least hours a week"))
    max_effort = _count(_("most hours a week"))
    weeks_to_complete = _count(_("weeks to complete"))
    language = models.ForeignKey(
        LanguageTag, models.SET_NULL, verbose_name=_("language"), blank=True, null=True
    )
    transcript_languages = models.ManyToManyField(
        LanguageTag,
        verbose_name=_("transcript languages"),
        related_name="transcript_courses",
        blank=True,
    )
    video_translation_languages = models.ManyToManyField(
        LanguageTag,
        verbose_name=_("languages that the videos are translated to"),
        related_name="+",
        blank=True,
    )
    ai_languages = models.JSONField(
        _("languages by machine"), validators=[validate_ai_languages], blank=True, null=True
    )
    staff = models.ManyToManyField(
        Person,
        through="CourseRunStaff",
        verbose_name=_("staff"),
        related_name="courses_staffed",
        blank=True,
    )
    tags = TaggableManager(
        verbose_name=_("tags"),
        through="course_metadata.CourseRunTag",
        related_name="course_runs",
        blank=True,
    )
    video = models.ForeignKey(
        Video, models.SET_NULL, verbose_name=_("video"), blank=True, null=True
    )
    hidden = models.BooleanField(_("hidden"), default=False)
    mobile_available = models.BooleanField(_("for mobile devices"), default=False)
    course_overridden = models.BooleanField(_("differs from its course"), default=False)
    reporting_type = models.CharField(
        _("reporting type"),
        max_length=255,
        choices=ReportingType.choices,
        default=ReportingType.MOOC,
    )
    eligible_for_financial_aid = models.BooleanField(_("financial aid"), default=True)
    license = models.CharField(_("license"), max_length=255, blank=True, default="", db_index=True)
    enrollment_count = models.IntegerField(_("enrollments"), default=0)
    recent_enrollment_count = models.IntegerField(_("enrollments of late"), default=0)
    has_ofac_restrictions = models.BooleanField(
        _("closed in embargoed countries"), blank=True, null=True
    )
    ofac_comment = models.TextField(_("comment on embargoes"), blank=True, default="")
    expected_program_type = models.ForeignKey(
        ProgramType, models.SET_NULL, verbose_name=_("expected program type"), blank=True, null=True
    )
    expected_program_name = models.CharField(
        _("expected program"), max_length=255, blank=True, default=""
    )
    enterprise_subscription_inclusion = models.BooleanField(
        _("in enterprise subscriptions"), default=False, editable=False
    )
    variant_id = models.UUIDField(_("variant"), blank=True, null=True)
    fixed_price_usd = models.DecimalField(
        _("fixed price in US dollars"), max_digits=10, decimal_places=2, blank=True, null=True
    )

    history = HistoricalRecords(excluded_fields=["slug", "key_folded"])

    class Meta(DraftModel.Meta):
        verbose_name = _("course run")
        verbose_name_plural = _("course runs")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["key_folded", "draft"], name="course_run_key"),
            models.UniqueConstraint(fields=["uuid", "draft"], name="course_run_uuid"),
        ]

    def __str__(self) -> str:
        return self.key
