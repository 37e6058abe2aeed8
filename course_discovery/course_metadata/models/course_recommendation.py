"""What somebody who likes one course may like too."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course


def _ratio(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=4, decimal_places=2, default=0)


class CourseRecommendation(TimeStampedModel):
    """How much two courses have in common; both are official rows."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="recommendations"
    )
    recommended_course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("recommended course"), related_name="+"
    )
    skills_intersection_ratio = _ratio(_("share of common skills"))
    skills_intersection_length = models.PositiveIntegerField(_("common skills"), default=0)
    subjects_intersection_ratio = _ratio(_("share of common subjects"))
    subjects_intersection_length = models.PositiveIntegerField(_("common subjects"), default=0)

    class Meta:
        verbose_name = _("course recommendation")
        verbose_name_plural = _("course recommendations")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "recommended_course"], name="course_recommendation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.recommended_course_id}"
