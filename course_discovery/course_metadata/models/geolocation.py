"""Places."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class GeoLocation(TimeStampedModel):
    """A place that a product belongs to; no two have the same coordinates."""

    location_name = models.CharField(_("name"), max_length=128, blank=True, null=True)
    lat = models.DecimalField(
        _("latitude"),
        max_digits=14,
        decimal_places=11,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees."),
        blank=True,
        null=True,
    )
    lng = models.DecimalField(
        _("longitude"),
        max_digits=14,
        decimal_places=11,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees."),
        blank=True,
        null=True,
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        # Places without coordinates may be many: nulls are never equal, on any database.
        constraints = [models.UniqueConstraint(fields=["lat", "lng"], name="geolocation_place")]

    def __str__(self) -> str:
        return f"{self.location_name}: {self.lat}, {self.lng}"
