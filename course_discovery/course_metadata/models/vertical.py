"""The taxonomy of verticals, by which the catalog's owners sort their courses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course


class _Named(TimeStampedModel):
    """A part of the taxonomy that can be taken out of use."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    slug = models.SlugField(_("slug"), max_length=255, unique=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Vertical(_Named):
    """A broad field, such as Computer Science."""

    history = HistoricalRecords()

    class Meta(_Named.Meta):
        verbose_name = _("vertical")
        verbose_name_plural = _("verticals")


class SubVertical(_Named):
    """A narrower field within a vertical; out of use when its vertical is."""

    vertical = models.ForeignKey(
        Vertical, models.CASCADE, verbose_name=_("vertical"), related_name="sub_verticals"
    )

    history = HistoricalRecords()

    class Meta(_Named.Meta):
        verbose_name = _("sub-vertical")
        verbose_name_plural = _("sub-verticals")


class CourseVertical(TimeStampedModel):
    """Where an official course stands in the taxonomy."""

    course = models.OneToOneField(
        Course,
        models.CASCADE,
        verbose_name=_("course"),
        related_name="vertical",
        limit_choices_to={"draft": False},
    )
    vertical = models.ForeignKey(
        Vertical, models.CASCADE, verbose_name=_("vertical"), blank=True, null=True
    )
    sub_vertical = models.ForeignKey(
        SubVertical, models.CASCADE, verbose_name=_("sub-vertical"), blank=True, null=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("vertical of a course")
        verbose_name_plural = _("verticals of courses")

    def __str__(self) -> str:
        return f"{self.course_id}: {self.vertical_id}, {self.sub_vertical_id}"

    def clean(self) -> None:
        """Fill in the vertical of the sub-vertical.

        Raises ValidationError for a draft, or a sub-vertical of another vertical.
        """
        if self.course_id and self.course.draft:
            raise ValidationError({"course": _("Drafts have no place in the taxonomy.")})
        if self.sub_vertical and not self.vertical:
            self.vertical = self.sub_vertical.vertical
        if self.sub_vertical and self.sub_vertical.vertical_id != self.vertical_id:
            raise ValidationError({"sub_vertical": _("It belongs to another vertical.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is valid only."""
        self.full_clean()
        super().save(*args, **kwargs)
