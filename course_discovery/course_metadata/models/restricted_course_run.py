"""Runs that only some clients may see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.models.course_run import CourseRun


class RestrictionType(models.TextChoices):
    """Whom a run is for."""

    CUSTOM_B2B_ENTERPRISE = "custom-b2b-enterprise", _("Custom B2B enterprise")
    CUSTOM_B2C = "custom-b2c", _("Custom B2C")


class RestrictedCourseRun(DraftModel):
    """Marks a run as restricted: hidden everywhere unless a caller names its restriction type."""

    course_run = models.OneToOneField(
        CourseRun, models.CASCADE, verbose_name=_("course run"), related_name="restricted_run"
    )
    restriction_type = models.CharField(
        _("restriction type"), max_length=255, choices=RestrictionType.choices, null=True
    )

    class Meta(DraftModel.Meta):
        verbose_name = _("restricted course run")
        verbose_name_plural = _("restricted course runs")

    def __str__(self) -> str:
        return f"{self.course_run_id}: {self.restriction_type}"
