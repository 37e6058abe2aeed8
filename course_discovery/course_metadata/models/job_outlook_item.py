"""What a program helps to become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class JobOutlookItem(TimeStampedModel):
    """One prospect that a program opens."""

    value = models.CharField(_("text"), max_length=255)

    class Meta:
        verbose_name = _("job outlook item")
        verbose_name_plural = _("job outlook items")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.value
