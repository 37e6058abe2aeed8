"""Tracks: a mode and what it is sold as."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.mode import Mode
from course_discovery.course_metadata.models.seat_type import SeatType


class Track(TimeStampedModel):
    """Joins a mode to its seat type; without one the shop knows no product for it (decision 9)."""

    mode = models.ForeignKey(Mode, models.CASCADE, verbose_name=_("mode"))
    seat_type = models.ForeignKey(
        SeatType, models.CASCADE, verbose_name=_("seat type"), blank=True, null=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")

    def __str__(self) -> str:
        return self.mode.name
