"""Nodes: what learners complete in a step."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, Program
from course_discovery.course_metadata.models.base import OrderedLink
from learner_pathway.models.learner_pathway_step import LearnerPathwayStep


def validate_block_id(value: str) -> None:
    """Raise ValidationError unless `value` is the usage key of a block of a course."""
    try:
        key = UsageKey.from_string(value)
        is_of_course = key.context_key.is_course
    except InvalidKeyError as error:
        raise ValidationError(_("This is no usage key."), code="invalid") from error
    if not is_of_course:
        raise ValidationError(_("This is no block of a course."), code="invalid")


def course_key_of_block(block_id: str) -> str:
    """The key `ORG+NUMBER` that the usage key of a block says."""
    key: Any = UsageKey.from_string(block_id).context_key
    return f"{key.org}+{key.course}"


def _step(related_name: str) -> Any:
    return models.ForeignKey(
        LearnerPathwayStep, models.CASCADE, verbose_name=_("step"), related_name=related_name
    )


def _course() -> Any:
    return models.ForeignKey(
        Course,
        models.CASCADE,
        verbose_name=_("course"),
        related_name="+",
        limit_choices_to={"draft": False},
    )


class LearnerPathwayNode(OrderedLink):
    """One piece of content in a step; each kind of content has a model."""

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)

    class Meta(OrderedLink.Meta):
        abstract = True


class LearnerPathwayCourse(LearnerPathwayNode):
    """A course; always an official row."""

    step = _step("course_nodes")
    course = _course()

    class Meta(LearnerPathwayNode.Meta):
        verbose_name = _("course of a step")
        verbose_name_plural = _("courses of steps")
        constraints = [
            models.UniqueConstraint(fields=["step", "course"], name="learner_pathway_course_once")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.course_id}"


class LearnerPathwayProgram(LearnerPathwayNode):
    """A program with its courses."""

    step = _step("program_nodes")
    program = models.ForeignKey(
        Program, models.CASCADE, verbose_name=_("program"), related_name="+"
    )

    class Meta(LearnerPathwayNode.Meta):
        verbose_name = _("program of a step")
        verbose_name_plural = _("programs of steps")
        constraints = [
            models.UniqueConstraint(fields=["step", "program"], name="learner_pathway_program_once")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.program_id}"


class LearnerPathwayBlock(LearnerPathwayNode):
    """A block of a course, for learners who need no more of it."""

    step = _step("block_nodes")
    course = _course()
    block_id = models.CharField(
        _("block"),
        help_text=_("The usage key, such as block-v1:edX+DemoX+1T2026+type@video+block@intro."),
        max_length=255,
        validators=[validate_block_id],
    )

    class Meta(LearnerPathwayNode.Meta):
        verbose_name = _("block of a step")
        verbose_name_plural = _("blocks of steps")
        constraints = [
            models.UniqueConstraint(fields=["step", "block_id"], name="learner_pathway_block_once")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.block_id}"

    def clean(self) -> None:
        """Raise ValidationError for a block of another course."""
        super().clean()
        try:
            validate_block_id(self.block_id)
        except ValidationError:
            return  # the field says so
        if self.course_id is not None and not is_block_of(self.block_id, self.course):
            reason = _("This block is not of the course %(key)s.") % {"key": self.course.key}
            raise ValidationError({"block_id": reason})


def is_block_of(block_id: str, course: Course) -> bool:
    """Whether the usage key names the course, by the key that it has or gives to new runs."""
    named = {fold(key) for key in (course.key, course.key_for_reruns) if key}
    return fold(course_key_of_block(block_id)) in named
