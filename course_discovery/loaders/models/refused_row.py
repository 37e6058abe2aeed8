"""Rows that the catalog could not take."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.loaders.models.loaded_source import LoadedSource


class RefusedRow(models.Model):
    """A row of a source, or a part of one, that was not taken, and why."""

    source = models.ForeignKey(
        LoadedSource, models.CASCADE, verbose_name=_("source"), related_name="refused_rows"
    )
    line = models.PositiveIntegerField(_("line"), blank=True, null=True)
    key = models.CharField(_("key"), max_length=255, blank=True)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.key or self.line}: {self.reason}"
