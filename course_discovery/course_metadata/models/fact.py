"""Short texts on the page of an external product."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import HtmlField
from course_discovery.course_metadata.models.base import TimeStampedModel


class _Blurb(TimeStampedModel):
    """A text with its heading."""

    heading = models.CharField(_("heading"), max_length=255, blank=True, default="")
    blurb = HtmlField(_("text"), blank=True, null=True, default=None)

    class Meta:
        abstract = True
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.heading


class Fact(_Blurb):
    """A fact about a product."""

    class Meta(_Blurb.Meta):
        verbose_name = _("fact")
        verbose_name_plural = _("facts")


class CertificateInfo(_Blurb):
    """What the certificate of a product is worth."""

    class Meta(_Blurb.Meta):
        verbose_name = _("certificate information")
        verbose_name_plural = _("certificate information")
