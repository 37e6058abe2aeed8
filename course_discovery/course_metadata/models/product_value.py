"""What a visitor of a product is worth within a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class ProductValue(TimeStampedModel):
    """US dollars for each lead and each click, by where they come from."""

    per_lead_usa = models.IntegerField(_("US lead"), default=0, blank=True, null=True)
    per_lead_international = models.IntegerField(
        _("international lead"), default=0, blank=True, null=True
    )
    per_click_usa = models.IntegerField(_("US click"), default=5, blank=True, null=True)
    per_click_international = models.IntegerField(
        _("international click"), default=5, blank=True, null=True
    )

    class Meta:
        verbose_name = _("product value")
        verbose_name_plural = _("product values")

    def __str__(self) -> str:
        return (
            f"{self.per_lead_usa}/{self.per_lead_international}, "
            f"{self.per_click_usa}/{self.per_click_international}"
        )
