"""Where products come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class Source(TimeStampedModel):
    """A product source: the platform's own, or an outside provider."""

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, unique=True)
    description = models.CharField(_("description"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name
