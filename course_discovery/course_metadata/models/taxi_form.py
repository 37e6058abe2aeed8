"""Forms by which somebody asks to be told more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class TaxiForm(TimeStampedModel):
    """A lead form of the marketing site."""

    form_id = models.CharField(_("form"), max_length=75, blank=True, default="")
    grouping = models.CharField(_("grouping"), max_length=50, blank=True, default="")
    title = models.CharField(_("title"), max_length=255, blank=True, null=True)
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True, null=True)
    post_submit_url = models.URLField(
        _("address after sending"), max_length=255, blank=True, null=True
    )

    class Meta:
        verbose_name = _("lead form")
        verbose_name_plural = _("lead forms")

    def __str__(self) -> str:
        return self.form_id
