"""What learners can do afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class ExpectedLearningItem(TimeStampedModel):
    """One thing that learners of a course or a program can do afterwards."""

    value = models.CharField(_("text"), max_length=255)

    class Meta:
        verbose_name = _("expected learning item")
        verbose_name_plural = _("expected learning items")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.value
