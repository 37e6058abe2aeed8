"""Modes of the platform."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models.base import TimeStampedModel


class CertificateType(models.TextChoices):
    """What a learner of a mode can earn."""

    NONE = "", _("no certificate")
    HONOR = "honor", _("honor")
    CREDIT = "credit", _("credit")
    VERIFIED = "verified", _("verified")
    PROFESSIONAL = "professional", _("professional")
    EXECUTIVE_EDUCATION = "executive-education", _("executive education")
    PAID_EXECUTIVE_EDUCATION = "paid-executive-education", _("paid executive education")
    UNPAID_EXECUTIVE_EDUCATION = "unpaid-executive-education", _("unpaid executive education")
    PAID_BOOTCAMP = "paid-bootcamp", _("paid bootcamp")
    UNPAID_BOOTCAMP = "unpaid-bootcamp", _("unpaid bootcamp")


class Payee(models.TextChoices):
    """Who is paid."""

    NONE = "", _("nobody")
    PLATFORM = "platform", _("platform")
    ORGANIZATION = "organization", _("organization")


class Mode(TimeStampedModel):
    """How a learner is enrolled on the platform (decision 9)."""

    name = models.CharField(_("name"), max_length=64)
    slug = models.CharField(_("slug"), max_length=64, unique=True)
    is_id_verified = models.BooleanField(_("identity is verified"), default=False)
    is_credit_eligible = models.BooleanField(_("gives credit"), default=False)
    certificate_type = models.CharField(
        _("certificate"), max_length=64, choices=CertificateType.choices, blank=True
    )
    payee = models.CharField(_("payee"), max_length=64, choices=Payee.choices, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mode")
        verbose_name_plural = _("modes")

    def __str__(self) -> str:
        return self.name
