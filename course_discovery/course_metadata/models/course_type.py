"""Types of courses."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.core.changes.logged import LoggedModel
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course_run_type import CourseRunType
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.seat_type import SeatType


class CourseType(TimeStampedModel):
    """What a course is sold as, and which types its runs may have (decision 9).

    `rank` orders inference: the first type that fits an untyped course wins.
    """

    EMPTY = "empty"
    EXECUTIVE_EDUCATION, BOOTCAMP = "executive-education-2u", "bootcamp-2u"
    # Of courses that are taught and sold elsewhere.
    EXTERNAL = (EXECUTIVE_EDUCATION, BOOTCAMP)

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("name"), max_length=64)
    slug = models.CharField(_("slug"), max_length=64, unique=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1000)
    entitlement_types = models.ManyToManyField(
        SeatType, verbose_name=_("entitlement types"), blank=True
    )
    course_run_types = models.ManyToManyField(
        CourseRunType, through="CourseTypeRunType", verbose_name=_("course run types"), blank=True
    )
    white_listed_orgs = models.ManyToManyField(
        Organization,
        verbose_name=_("organizations that may use it"),
        help_text=_("None = all may."),
        blank=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("course type")
        verbose_name_plural = _("course types")
        ordering = ("rank", "pk")

    def __str__(self) -> str:
        return self.name


class CourseTypeRunType(LoggedModel):
    """A run type of a course type, in the order in which they are offered."""

    course_type = models.ForeignKey(CourseType, models.CASCADE, related_name="run_type_links")
    course_run_type = models.ForeignKey(
        CourseRunType, models.CASCADE, verbose_name=_("course run type"), related_name="+"
    )
    sort_value = models.PositiveSmallIntegerField(_("sort value"), default=0)

    class Meta:
        verbose_name = _("course run type of a course type")
        ordering = ("sort_value", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["course_type", "course_run_type"], name="course_type_run_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_type_id}: {self.course_run_type_id}"
