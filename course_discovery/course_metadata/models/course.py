"""Courses: what runs are runs of."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from course_discovery.core.fields import FoldedField, HtmlField
from course_discovery.core.images import StdImageField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.additional_metadata import AdditionalMetadata
from course_discovery.course_metadata.models.additional_promo_area import AdditionalPromoArea
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.models.collaborator import Collaborator
from course_discovery.course_metadata.models.course_type import CourseType
from course_discovery.course_metadata.models.expected_learning_item import ExpectedLearningItem
from course_discovery.course_metadata.models.geolocation import GeoLocation
from course_discovery.course_metadata.models.level_type import LevelType
from course_discovery.course_metadata.models.location_restriction import (
    CourseLocationRestriction,
)
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.prerequisite import Prerequisite
from course_discovery.course_metadata.models.product_value import ProductValue
from course_discovery.course_metadata.models.source import Source
from course_discovery.course_metadata.models.subject import Subject
from course_discovery.course_metadata.models.video import Video


def _html(label: Any) -> HtmlField:
    return HtmlField(label, blank=True, null=True, default=None)


def _shared(model: Any, label: Any) -> Any:
    """A row that draft and official course may share."""
    return models.ForeignKey(
        model, models.SET_NULL, verbose_name=label, related_name="courses", blank=True, null=True
    )


def validate_emails(addresses: Any) -> None:
    """Raise ValidationError unless `addresses` is a list of mail addresses."""
    if not isinstance(addresses, list):
        raise ValidationError(_("A list of mail addresses."))
    for each in addresses:
        validate_email(each)


class CourseLength(models.TextChoices):
    """How long a course is, roughly."""

    SHORT = "short", _("Short")
    MEDIUM = "medium", _("Medium")
    LONG = "long", _("Long")


class Course(DraftModel):
    """A course, by its key `ORG+NUMBER`, which never changes (decision 6)."""

    IMAGE_VARIATIONS = {"original": (1134, 675), "small": (378, 225)}

    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=255)
    key_folded = FoldedField(source="key")
    # ORG+NUMBER of new runs, where the course was renamed (decision 6).
    key_for_reruns = models.CharField(
        _("key for reruns"), max_length=255, blank=True, default="", db_index=True
    )
    type = models.ForeignKey(CourseType, models.PROTECT, verbose_name=_("type"))
    product_source = models.ForeignKey(
        Source, models.SET_NULL, verbose_name=_("product source"), blank=True, null=True
    )
    canonical_course_run = models.OneToOneField(
        "course_metadata.CourseRun",
        models.SET_NULL,
        verbose_name=_("canonical run"),
        related_name="canonical_for_course",
        blank=True,
        null=True,
    )
    title = models.CharField(_("title"), max_length=255, blank=True, null=True)
    short_description = _html(_("short description"))
    full_description = _html(_("full description"))
    outcome = _html(_("what you will learn"))
    prerequisites_raw = _html(_("prerequisites"))
    syllabus_raw = _html(_("syllabus"))
    faq = _html(_("questions and answers"))
    learner_testimonials = _html(_("what learners say"))
    additional_information = models.TextField(
        _("additional information"), blank=True, null=True, default=None
    )
    course_length = models.CharField(
        _("length"), max_length=16, choices=CourseLength.choices, blank=True, default=""
    )
    level_type = models.ForeignKey(
        LevelType, models.SET_NULL, verbose_name=_("level"), blank=True, null=True
    )
    image = StdImageField(
        _("image"),
        upload_to="media/course/image",
        variations=IMAGE_VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    card_image_url = models.URLField(_("card image"), max_length=255, blank=True, null=True)
    video = models.ForeignKey(
        Video, models.SET_NULL, verbose_name=_("video"), blank=True, null=True
    )
    authoring_organizations = models.ManyToManyField(
        Organization,
        through="CourseAuthor",
        verbose_name=_("authoring organizations"),
        related_name="authored_courses",
        blank=True,
    )
    sponsoring_organizations = models.ManyToManyField(
        Organization,
        through="CourseSponsor",
        verbose_name=_("sponsoring organizations"),
        related_name="sponsored_courses",
        blank=True,
    )
    subjects = models.ManyToManyField(
        Subject, through="CourseSubject", verbose_name=_("subjects"), blank=True
    )
    prerequisites = models.ManyToManyField(
        Prerequisite, verbose_name=_("prerequisites"), related_name="courses", blank=True
    )
    expected_learning_items = models.ManyToManyField(
        ExpectedLearningItem,
        through="CourseLearningItem",
        verbose_name=_("expected learning items"),
        related_name="courses",
        blank=True,
    )
    collaborators = models.ManyToManyField(
        Collaborator,
        through="CourseCollaborator",
        verbose_name=_("collaborators"),
        related_name="courses",
        blank=True,
    )
    topics = TaggableManager(
        verbose_name=_("topics"),
        through="course_metadata.CourseTopic",
        related_name="courses",
        blank=True,
    )
    extra_description = _shared(AdditionalPromoArea, _("additional promotion"))
    additional_metadata = _shared(AdditionalMetadata, _("additional metadata"))
    geolocation = _shared(GeoLocation, _("place"))
    location_restriction = _shared(CourseLocationRestriction, _("location restriction"))
    in_year_value = _shared(ProductValue, _("value within a year"))
    enrollment_count = models.IntegerField(_("enrollments"), default=0)
    recent_enrollment_count = models.IntegerField(_("enrollments of late"), default=0)
    organization_short_code_override = models.CharField(
        _("organization short code override"), max_length=255, blank=True, default=""
    )
    organization_logo_override = models.ImageField(
        _("organization logo override"),
        upload_to="organization/logo_override",
        max_length=255,
        validators=[FileExtensionValidator(["png"])],
        blank=True,
        null=True,
    )
    watchers = models.JSONField(
        _("watchers"),
        help_text=_("Who hears by mail of runs that were reviewed."),
        default=list,
        validators=[validate_emails],
        blank=True,
    )
    enterprise_subscription_opted_out = models.BooleanField(
        _("opted out of enterprise subscriptions"), default=False
    )
    enterprise_subscription_inclusion = models.BooleanField(
        _("in enterprise subscriptions"), default=False, editable=False
    )
    excluded_from_search = models.BooleanField(_("excluded from search"), default=False)
    excluded_from_seo = models.BooleanField(_("excluded from search engines"), default=False)
    data_modified_timestamp = models.DateTimeField(
        _("data modified"), editable=False, blank=True, null=True
    )

    history = HistoricalRecords(excluded_fields=["key_folded"])

    class Meta(DraftModel.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["partner", "key_folded", "draft"], name="course_key"),
            models.UniqueConstraint(fields=["partner", "uuid", "draft"], name="course_uuid"),
        ]
        indexes = [models.Index(fields=["uuid"], name="course_by_uuid")]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"
