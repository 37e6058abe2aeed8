"""Images that live elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class Image(TimeStampedModel):
    """An image by its address."""

    src = models.URLField(_("address"), max_length=255, unique=True)
    description = models.CharField(_("description"), max_length=255, blank=True, null=True)
    height = models.IntegerField(_("height"), blank=True, null=True)
    width = models.IntegerField(_("width"), blank=True, null=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.src
