"""What is known of courses that live on an outside provider's site."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.fact import CertificateInfo, Fact
from course_discovery.course_metadata.models.product_meta import ProductMeta
from course_discovery.course_metadata.models.taxi_form import TaxiForm


class ProductStatus(models.TextChoices):
    """Whether the provider still offers a product."""

    ARCHIVED = "archived", _("Archived")
    PUBLISHED = "published", _("Published")


class ExternalCourseMarketingType(models.TextChoices):
    """How the provider calls its product."""

    SHORT_COURSE = "short_course", _("Short course")
    SPRINT = "sprint", _("Sprint")
    COURSE_STACK = "course_stack", _("Course stack")


def _moment(label: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(label, blank=True, null=True)


class AdditionalMetadata(TimeStampedModel):
    """The provider's side of an external course; draft and official rows share it."""

    external_url = models.URLField(_("external address"), max_length=511)
    external_identifier = models.CharField(_("external identifier"), max_length=255)
    lead_capture_form_url = models.URLField(
        _("address of the lead form"), max_length=511, blank=True, default=""
    )
    organic_url = models.URLField(_("organic address"), max_length=511, blank=True, default="")
    facts = models.ManyToManyField(Fact, verbose_name=_("facts"), blank=True)
    certificate_info = models.ForeignKey(
        CertificateInfo, models.SET_NULL, verbose_name=_("certificate"), blank=True, null=True
    )
    start_date = _moment(_("start"))
    end_date = _moment(_("end"))
    registration_deadline = _moment(_("registration deadline"))
    variant_id = models.UUIDField(_("variant"), blank=True, null=True)
    course_term_override = models.CharField(
        _("course term override"),
        max_length=20,
        help_text=_("What the product is called instead of a course."),
        blank=True,
        null=True,
    )
    product_meta = models.OneToOneField(
        ProductMeta,
        models.SET_NULL,
        verbose_name=_("product meta data"),
        related_name="additional_metadata",
        blank=True,
        null=True,
    )
    taxi_form = models.OneToOneField(
        TaxiForm,
        models.SET_NULL,
        verbose_name=_("lead form"),
        related_name="additional_metadata",
        blank=True,
        null=True,
    )
    product_status = models.CharField(
        _("status"),
        max_length=50,
        choices=ProductStatus.choices,
        default=ProductStatus.PUBLISHED,
    )
    external_course_marketing_type = models.CharField(
        _("kind of product"),
        max_length=50,
        choices=ExternalCourseMarketingType.choices,
        blank=True,
        null=True,
    )
    display_on_org_page = models.BooleanField(_("on the organization's page"), default=True)

    class Meta:
        verbose_name = _("additional metadata")
        verbose_name_plural = _("additional metadata")

    def __str__(self) -> str:
        return f"{self.external_identifier}: {self.external_url}"
