"""Seats: how a run can be enrolled in, and for how much."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.core.models import Currency
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.seat_type import SeatType


class Seat(DraftModel):
    """A product for one run. Two credit seats may differ by their provider alone."""

    AUDIT, CREDIT, HONOR = "audit", "credit", "honor"
    PROFESSIONAL, VERIFIED = "professional", "verified"

    course_run = models.ForeignKey(
        CourseRun, models.CASCADE, verbose_name=_("course run"), related_name="seats"
    )
    type = models.ForeignKey(
        SeatType, models.PROTECT, to_field="slug", db_column="type", verbose_name=_("type")
    )
    price = models.DecimalField(
        _("price"), max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    currency = models.ForeignKey(
        Currency, models.PROTECT, verbose_name=_("currency"), default="USD"
    )
    upgrade_deadline = models.DateTimeField(_("upgrade deadline"), blank=True, null=True)
    upgrade_deadline_override = models.DateTimeField(
        _("upgrade deadline override"), blank=True, null=True
    )
    # "" where there is none: NULL would let twins through the constraint below.
    credit_provider = models.CharField(_("credit provider"), max_length=255, blank=True, default="")
    credit_hours = models.IntegerField(_("credit hours"), blank=True, null=True)
    sku = models.CharField(_("SKU"), max_length=128, blank=True, null=True)
    bulk_sku = models.CharField(_("bulk SKU"), max_length=128, blank=True, null=True)

    history = HistoricalRecords()

    class Meta(DraftModel.Meta):
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["course_run", "type", "currency", "credit_provider", "draft"],
                name="seat_of_course_run",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_run_id}: {self.type_id}"
