"""A second description of a course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class AdditionalPromoArea(TimeStampedModel):
    """A titled text beside the description of a course."""

    title = models.CharField(_("title"), max_length=255, blank=True, null=True)
    description = models.TextField(_("description"), blank=True, null=True)

    class Meta:
        verbose_name = _("additional promotion")
        verbose_name_plural = _("additional promotions")

    def __str__(self) -> str:
        return self.title or ""
