"""What learners should know before a course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class Prerequisite(TimeStampedModel):
    """A named prerequisite."""

    name = models.CharField(_("name"), max_length=255, unique=True)

    class Meta:
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.name
