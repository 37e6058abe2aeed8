"""Curricula: what the students of a program take (decision 11)."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.core.fields import HtmlField
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.program import Program


def _moment(label: Any) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(label, editable=False, blank=True, null=True)


class Curriculum(TimeStampedModel):
    """A curriculum of a program, with courses and with other programs as a whole.

    `activated_at` and `deactivated_at` tell since when it is active, or is not any more.
    """

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    program = models.ForeignKey(
        Program,
        models.CASCADE,
        verbose_name=_("program"),
        related_name="curricula",
        blank=True,
        null=True,
    )
    name = models.CharField(_("name"), max_length=255, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)
    activated_at = _moment(_("active since"))
    deactivated_at = _moment(_("inactive since"))
    marketing_text_brief = HtmlField(
        _("short marketing text"), max_length=750, blank=True, null=True
    )
    marketing_text = HtmlField(_("marketing text"), blank=True, null=True)
    programs = models.ManyToManyField(
        Program,
        through="CurriculumProgramMembership",
        verbose_name=_("programs"),
        related_name="degree_program_curricula",
        blank=True,
    )
    courses = models.ManyToManyField(
        Course,
        through="CurriculumCourseMembership",
        verbose_name=_("courses"),
        related_name="degree_course_curricula",
        blank=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name or str(self.uuid)


class CurriculumProgramMembership(TimeStampedModel):
    """A program that is part of a curriculum."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name=_("program"))
    curriculum = models.ForeignKey(
        Curriculum,
        models.CASCADE,
        verbose_name=_("curriculum"),
        related_name="program_memberships",
    )
    is_active = models.BooleanField(_("active"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("program of a curriculum")
        verbose_name_plural = _("programs of curricula")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "program"], name="curriculum_program")
        ]

    def __str__(self) -> str:
        return f"{self.curriculum_id}: {self.program_id}"


class CurriculumCourseMembership(TimeStampedModel):
    """An official course that is part of a curriculum, with all its runs but the excluded ones."""

    curriculum = models.ForeignKey(
        Curriculum,
        models.CASCADE,
        verbose_name=_("curriculum"),
        related_name="course_memberships",
    )
    course = models.ForeignKey(
        Course,
        models.CASCADE,
        verbose_name=_("course"),
        related_name="curriculum_memberships",
        limit_choices_to={"draft": False},
    )
    is_active = models.BooleanField(_("active"), default=True)
    course_run_exclusions = models.ManyToManyField(
        CourseRun,
        through="CurriculumCourseRunExclusion",
        verbose_name=_("excluded runs"),
        related_name="curriculum_course_memberships",
        blank=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("course of a curriculum")
        verbose_name_plural = _("courses of curricula")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "course"], name="curriculum_course")
        ]

    def __str__(self) -> str:
        return f"{self.curriculum_id}: {self.course_id}"


class CurriculumCourseRunExclusion(TimeStampedModel):
    """A run that is no part of a curriculum although its course is."""

    course_membership = models.ForeignKey(
        CurriculumCourseMembership,
        models.CASCADE,
        verbose_name=_("course of the curriculum"),
        related_name="exclusions",
    )
    course_run = models.ForeignKey(
        CourseRun, models.CASCADE, verbose_name=_("course run"), related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("excluded run")
        verbose_name_plural = _("excluded runs")
        constraints = [
            models.UniqueConstraint(
                fields=["course_membership", "course_run"], name="curriculum_run_exclusion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_membership_id}: {self.course_run_id}"
