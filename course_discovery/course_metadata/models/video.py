"""Videos that live elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.image import Image


class Video(TimeStampedModel):
    """A video by its address."""

    src = models.URLField(_("address"), max_length=255, unique=True)
    description = models.CharField(_("description"), max_length=255, blank=True, null=True)
    image = models.ForeignKey(
        Image, models.SET_NULL, verbose_name=_("image"), blank=True, null=True
    )

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return self.src
