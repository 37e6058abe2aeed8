"""Degrees: programs with what a university's admission tells (decision 1)."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.core.fields import HtmlField
from course_discovery.core.images import StdImageField
from course_discovery.course_metadata.models.base import OrderedLink, TimeStampedModel
from course_discovery.course_metadata.models.degree_distinction import Ranking, Specialization
from course_discovery.course_metadata.models.program import BANNER_VARIATIONS, Program

MICROMASTERS_VARIATIONS = {
    "large": (1440, 480),
    "medium": (726, 242),
    "small": (435, 145),
}


def _picture(label: Any, folder: str) -> models.ImageField:
    return models.ImageField(label, upload_to=folder, max_length=255, blank=True, null=True)


def _short(label: Any) -> "models.CharField[str | None, str | None]":
    return models.CharField(label, max_length=50, blank=True, null=True)


class Degree(Program):
    """A degree; what it has in common with other programs stands in the program's row."""

    apply_url = models.URLField(_("address to apply at"), max_length=255, blank=True, default="")
    overall_ranking = models.CharField(_("overall ranking"), max_length=255, blank=True, default="")
    banner_border_color = models.CharField(
        _("colour of the banner's border"),
        max_length=6,
        validators=[RegexValidator(r"^([0-9a-fA-F]{3}|[0-9a-fA-F]{6})?$")],
        blank=True,
        default="",
    )
    campus_image = _picture(_("campus"), "media/degree_marketing/campus_images")
    title_background_image = _picture(
        _("background of the title"), "media/degree_marketing/title_background_images"
    )
    prerequisite_coursework = HtmlField(_("prerequisite coursework"), default="TBD")
    application_requirements = HtmlField(_("application requirements"), default="TBD")
    costs_fine_print = HtmlField(_("fine print of the costs"), blank=True, null=True)
    deadlines_fine_print = HtmlField(_("fine print of the deadlines"), blank=True, null=True)
    rankings = models.ManyToManyField(
        Ranking, through="DegreeRanking", verbose_name=_("rankings"), blank=True
    )
    specializations = models.ManyToManyField(
        Specialization,
        through="DegreeSpecialization",
        verbose_name=_("specializations"),
        blank=True,
    )
    lead_capture_list_name = models.CharField(
        _("list of leads"), max_length=255, default="Master_default"
    )
    lead_capture_image = StdImageField(
        _("image of the lead form"),
        upload_to="media/degree_marketing/lead_capture_images",
        variations=BANNER_VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    hubspot_lead_capture_form_id = models.CharField(
        _("lead form"), max_length=128, blank=True, null=True
    )
    micromasters_url = models.URLField(
        _("address of the MicroMasters"), max_length=255, blank=True, null=True
    )
    micromasters_long_title = models.CharField(
        _("title of the MicroMasters"), max_length=255, blank=True, null=True
    )
    micromasters_long_description = HtmlField(
        _("description of the MicroMasters"), blank=True, null=True
    )
    micromasters_background_image = StdImageField(
        _("background of the MicroMasters"),
        upload_to="media/degree_marketing/mm_images",
        variations=MICROMASTERS_VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    micromasters_org_name_override = models.CharField(
        _("organization of the MicroMasters"), max_length=50, blank=True, null=True
    )
    search_card_ranking = _short(_("ranking on the search card"))
    search_card_cost = _short(_("cost on the search card"))
    search_card_courses = _short(_("courses on the search card"))
    display_on_org_page = models.BooleanField(_("on the organization's page"), default=False)

    history = HistoricalRecords(excluded_fields=["marketing_slug_folded"])

    class Meta:
        verbose_name = _("degree")
        verbose_name_plural = _("degrees")
        ordering = ("pk",)


class DegreeRanking(OrderedLink):
    """A ranking of a degree."""

    degree = models.ForeignKey(Degree, models.CASCADE, related_name="ranking_links")
    ranking = models.ForeignKey(
        Ranking, models.CASCADE, verbose_name=_("ranking"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("ranking")
        constraints = [models.UniqueConstraint(fields=["degree", "ranking"], name="degree_ranking")]

    def __str__(self) -> str:
        return f"{self.degree_id}: {self.ranking_id}"


class DegreeSpecialization(OrderedLink):
    """A specialization of a degree."""

    degree = models.ForeignKey(Degree, models.CASCADE, related_name="specialization_links")
    specialization = models.ForeignKey(
        Specialization, models.CASCADE, verbose_name=_("specialization"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("specialization")
        constraints = [
            models.UniqueConstraint(
                fields=["degree", "specialization"], name="degree_specialization"
            )
        ]

    def __str__(self) -> str:
        return f"{self.degree_id}: {self.specialization_id}"


class DegreeAdditionalMetadata(TimeStampedModel):
    """The provider's side of a degree that lives elsewhere."""

    degree = models.OneToOneField(
        Degree,
        models.CASCADE,
        verbose_name=_("degree"),
        related_name="additional_metadata",
        blank=True,
        null=True,
    )
    external_url = models.URLField(_("external address"), max_length=511)
    external_identifier = models.CharField(_("external identifier"), max_length=255)
    organic_url = models.URLField(_("organic address"), max_length=511, blank=True, default="")

    class Meta:
        verbose_name = _("additional metadata of a degree")
        verbose_name_plural = _("additional metadata of degrees")

    def __str__(self) -> str:
        return f"{self.external_identifier}: {self.external_url}"


class QuickFactIcon(models.TextChoices):
    """The icons that quick facts may have."""

    BELL = "fa-bell", _("Bell")
    CERTIFICATE = "fa-certificate", _("Certificate")
    CHECK_CIRCLE = "fa-check-circle", _("Check mark in a circle")
    CLOCK = "fa-clock-o", _("Clock")
    DESKTOP = "fa-desktop", _("Desktop")
    INFO_CIRCLE = "fa-info-circle", _("Info in a circle")
    SITEMAP = "fa-sitemap", _("Sitemap")
    USER = "fa-user", _("User")
    DOLLAR = "fa-dollar", _("Dollar sign")
    BOOK = "fa-book", _("Book")
    MORTARBOARD = "fa-mortar-board", _("Mortar board")
    STAR = "fa-star", _("Star")
    TROPHY = "fa-trophy", _("Trophy")


class IconTextPairing(TimeStampedModel):
    """A quick fact of a degree."""

    degree = models.ForeignKey(
        Degree, models.CASCADE, verbose_name=_("degree"), related_name="quick_facts"
    )
    icon = models.CharField(_("icon"), max_length=100, choices=QuickFactIcon.choices)
    text = models.CharField(_("text"), max_length=255)

    class Meta:
        verbose_name = _("quick fact")
        verbose_name_plural = _("quick facts")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class DegreeDeadline(TimeStampedModel):
    """A date that applicants must keep, as the university writes it."""

    degree = models.ForeignKey(
        Degree, models.CASCADE, verbose_name=_("degree"), related_name="deadlines"
    )
    semester = models.CharField(_("semester"), max_length=255)
    name = models.CharField(_("name"), max_length=255)
    date = models.CharField(_("date"), max_length=255)
    time = models.CharField(_("time"), max_length=255, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return f"{self.name} {self.date}"


class DegreeCost(TimeStampedModel):
    """Something that a degree costs, as the university writes it."""

    degree = models.ForeignKey(
        Degree, models.CASCADE, verbose_name=_("degree"), related_name="costs"
    )
    description = models.CharField(_("description"), max_length=255)
    amount = models.CharField(_("amount"), max_length=255)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return f"{self.description}: {self.amount}"
