"""Kinds of seats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class SeatType(TimeStampedModel):
    """A product of the shop: what an enrollment is sold as (decision 9)."""

    name = models.CharField(_("name"), max_length=64)
    slug = models.SlugField(_("slug"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("seat type")
        verbose_name_plural = _("seat types")

    def __str__(self) -> str:
        return self.name
