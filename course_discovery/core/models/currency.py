"""Currencies of prices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.changes.logged import LoggedModel


class Currency(LoggedModel):
    """A currency, by its ISO 4217 code."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} - {self.name}"
