"""Where products are offered, and where not."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from localflavor.us.us_states import CONTIGUOUS_STATES

from course_discovery.course_metadata.models.base import TimeStampedModel


class RestrictionKind(models.TextChoices):
    """What a list of places means."""

    ALLOW = "allowlist", _("Offered there only")
    BLOCK = "blocklist", _("Not offered there")


def _check(codes: Any, known: Collection[str]) -> None:
    if not isinstance(codes, list):
        raise ValidationError(_("A list of codes."))
    strange = [str(code) for code in codes if code not in known]
    if strange:
        raise ValidationError(_("No such code: %(codes)s."), params={"codes": ", ".join(strange)})


def validate_countries(codes: Any) -> None:
    """Raise ValidationError unless `codes` is a list of ISO 3166-1 alpha-2 codes."""
    _check(codes, {code for code, _name in countries})


def validate_states(codes: Any) -> None:
    """Raise ValidationError unless `codes` is a list of contiguous US states."""
    _check(codes, {code for code, _name in CONTIGUOUS_STATES})


class _LocationRestriction(TimeStampedModel):
    """Countries (ISO 3166-1 alpha-2) and contiguous US states that a product is offered in."""

    restriction_type = models.CharField(
        _("meaning"),
        max_length=255,
        choices=RestrictionKind.choices,
        default=RestrictionKind.ALLOW,
        blank=True,
        null=True,
    )
    countries = models.JSONField(
        _("countries"), default=list, validators=[validate_countries], blank=True
    )
    states = models.JSONField(
        _("US states"), default=list, validators=[validate_states], blank=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.restriction_type}: {', '.join([*self.countries, *self.states])}"


class CourseLocationRestriction(_LocationRestriction):
    """Where courses are offered; draft and official rows share it."""

    class Meta:
        verbose_name = _("location restriction of courses")
        verbose_name_plural = _("location restrictions of courses")


class ProgramLocationRestriction(_LocationRestriction):
    """Where a program is offered."""

    program = models.OneToOneField(
        "course_metadata.Program",
        models.CASCADE,
        verbose_name=_("program"),
        related_name="location_restriction",
        blank=True,
        null=True,
    )

    class Meta:
        verbose_name = _("location restriction of a program")
        verbose_name_plural = _("location restrictions of programs")
