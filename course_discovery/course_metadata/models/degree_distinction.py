"""What distinguishes degrees."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class Ranking(TimeStampedModel):
    """A place that somebody gives to a degree."""

    rank = models.CharField(_("rank"), max_length=10)
    description = models.CharField(_("description"), max_length=255)
    source = models.CharField(_("source"), max_length=100)

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")

    def __str__(self) -> str:
        return f"{self.rank} {self.description}"


class Specialization(TimeStampedModel):
    """A field in which a degree can be deepened."""

    value = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("specialization")
        verbose_name_plural = _("specializations")

    def __str__(self) -> str:
        return self.value
