"""Entitlements: the right to any run of a course."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.core.models import Currency, Partner
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.seat_type import SeatType


class CourseEntitlement(DraftModel):
    """A product that gives one enrollment in a run of the buyer's choice. One for a course row."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="entitlements"
    )
    mode = models.ForeignKey(SeatType, models.PROTECT, verbose_name=_("mode"))
    partner = models.ForeignKey(
        Partner, models.CASCADE, verbose_name=_("partner"), blank=True, null=True
    )
    price = models.DecimalField(
        _("price"), max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    currency = models.ForeignKey(
        Currency, models.PROTECT, verbose_name=_("currency"), default="USD"
    )
    sku = models.CharField(_("SKU"), max_length=128, blank=True, null=True)

    history = HistoricalRecords()

    class Meta(DraftModel.Meta):
        verbose_name = _("entitlement")
        verbose_name_plural = _("entitlements")
        constraints = [
            models.UniqueConstraint(fields=["course", "draft"], name="course_entitlement")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.mode_id}"
