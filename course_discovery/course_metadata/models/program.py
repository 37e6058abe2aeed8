"""Programs: courses that belong together."""

import uuid
from typing import Any

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from course_discovery.core.fields import FoldedField, HtmlField
from course_discovery.core.images import StdImageField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.endorsement import CorporateEndorsement, Endorsement
from course_discovery.course_metadata.models.expected_learning_item import ExpectedLearningItem
from course_discovery.course_metadata.models.faq import FAQ
from course_discovery.course_metadata.models.geolocation import GeoLocation
from course_discovery.course_metadata.models.job_outlook_item import JobOutlookItem
from course_discovery.course_metadata.models.language_tag import LanguageTag
from course_discovery.course_metadata.models.level_type import LevelType
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.person import Person
from course_discovery.course_metadata.models.product_value import ProductValue
from course_discovery.course_metadata.models.program_type import ProgramType
from course_discovery.course_metadata.models.source import Source
from course_discovery.course_metadata.models.subject import Subject
from course_discovery.course_metadata.models.taxi_form import TaxiForm
from course_discovery.course_metadata.models.video import Video


class ProgramStatus(models.TextChoices):
    """Whether a program can be seen and bought."""

    UNPUBLISHED = "unpublished", _("Unpublished")
    ACTIVE = "active", _("Active")
    RETIRED = "retired", _("Retired")
    DELETED = "deleted", _("Deleted")


BANNER_VARIATIONS = {
    "large": (1440, 480),
    "medium": (726, 242),
    "small": (435, 145),
    "x-small": (348, 116),
}


def _hours(label: Any) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(label, blank=True, null=True)


def _set_null(model: Any, label: Any, **options: Any) -> Any:
    return models.ForeignKey(
        model, models.SET_NULL, verbose_name=label, blank=True, null=True, **options
    )


def _ordered(model: Any, label: Any, through: str, **options: Any) -> Any:
    return models.ManyToManyField(model, through=through, verbose_name=label, blank=True, **options)


class Program(TimeStampedModel):
    """A program. It has no draft; its courses and runs are official rows (decision 1)."""

    CARD_VARIATIONS = {"card": (378, 225)}

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    title = models.CharField(_("title"), max_length=255)
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True, default="")
    marketing_hook = models.CharField(_("marketing hook"), max_length=255, blank=True, default="")
    type = models.ForeignKey(
        ProgramType, models.PROTECT, verbose_name=_("type"), blank=True, null=True
    )
    status = models.CharField(
        _("status"),
        max_length=24,
        choices=ProgramStatus.choices,
        default=ProgramStatus.UNPUBLISHED,
        db_index=True,
    )
    marketing_slug = models.CharField(_("marketing slug"), max_length=255, db_index=True)
    marketing_slug_folded = FoldedField(source="marketing_slug", unique=True)
    courses = _ordered(Course, _("courses"), "ProgramCourse", related_name="programs")
    order_courses_by_start_date = models.BooleanField(
        _("order courses by start"),
        help_text=_("Otherwise they stand as they are ordered here."),
        default=True,
    )
    excluded_course_runs = models.ManyToManyField(
        CourseRun,
        verbose_name=_("excluded runs"),
        related_name="excluded_from_programs",
        blank=True,
    )
    product_source = _set_null(Source, _("product source"))
    overview = HtmlField(_("overview"), blank=True, null=True, default=None)
    total_hours_of_effort = _hours(_("total hours of effort"))
    weeks_to_complete = _hours(_("weeks to complete"))
    min_hours_effort_per_week = _hours(_("least hours a week"))
    max_hours_effort_per_week = _hours(_("most hours a week"))
    authoring_organizations = _ordered(
        Organization,
        _("authoring organizations"),
        "ProgramAuthor",
        related_name="authored_programs",
    )
    credit_backing_organizations = _ordered(
        Organization,
        _("credit backing organizations"),
        "ProgramCreditBacker",
        related_name="credit_backed_programs",
    )
    banner_image = StdImageField(
        _("banner"),
        upload_to="media/programs/banner_images",
        variations=BANNER_VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    card_image = StdImageField(
        _("card image"),
        upload_to="media/programs/card_images",
        variations=CARD_VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    video = _set_null(Video, _("video"))
    expected_learning_items = _ordered(
        ExpectedLearningItem, _("expected learning items"), "ProgramLearningItem"
    )
    faq = _ordered(FAQ, _("questions and answers"), "ProgramFaq")
    instructor_ordering = _ordered(
        Person, _("order of instructors"), "ProgramInstructor", related_name="+"
    )
    corporate_endorsements = _ordered(
        CorporateEndorsement, _("corporate endorsements"), "ProgramCorporateEndorsement"
    )
    individual_endorsements = _ordered(
        Endorsement, _("individual endorsements"), "ProgramEndorsement"
    )
    job_outlook_items = _ordered(JobOutlookItem, _("job outlook"), "ProgramJobOutlookItem")
    credit_redemption_overview = models.TextField(_("how to redeem credit"), blank=True, null=True)
    one_click_purchase_enabled = models.BooleanField(_("can be bought at once"), default=True)
    hidden = models.BooleanField(_("hidden"), default=False, db_index=True)
    enrollment_count = models.IntegerField(_("enrollments"), default=0)
    recent_enrollment_count = models.IntegerField(_("enrollments of late"), default=0)
    credit_value = models.PositiveSmallIntegerField(_("credit value"), default=0, blank=True)
    enterprise_subscription_opted_out = models.BooleanField(
        _("opted out of enterprise subscriptions"), default=False
    )
    enterprise_subscription_inclusion = models.BooleanField(
        _("in enterprise subscriptions"), default=False, editable=False
    )
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
    primary_subject_override = _set_null(Subject, _("primary subject override"))
    level_type_override = _set_null(LevelType, _("level override"))
    language_override = _set_null(LanguageTag, _("language override"), related_name="+")
    geolocation = _set_null(GeoLocation, _("place"))
    in_year_value = _set_null(ProductValue, _("value within a year"))
    excluded_from_search = models.BooleanField(_("excluded from search"), default=False)
    excluded_from_seo = models.BooleanField(_("excluded from search engines"), default=False)
    taxi_form = models.OneToOneField(
        TaxiForm,
        models.SET_NULL,
        verbose_name=_("lead form"),
        related_name="program",
        blank=True,
        null=True,
    )
    program_duration_override = models.CharField(
        _("duration override"), max_length=20, blank=True, null=True
    )
    labels = TaggableManager(
        verbose_name=_("labels"),
        through="course_metadata.ProgramLabel",
        related_name="labelled_programs",
        blank=True,
    )
    has_ofac_restrictions = models.BooleanField(
        _("closed in embargoed countries"), blank=True, null=True
    )
    ofac_comment = models.TextField(_("comment on embargoes"), blank=True, default="")
    data_modified_timestamp = models.DateTimeField(
        _("data modified"), editable=False, blank=True, null=True
    )

    history = HistoricalRecords(excluded_fields=["marketing_slug_folded"])

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.title} - {self.marketing_slug}"
