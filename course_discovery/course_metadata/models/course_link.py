"""The ordered lists of a course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import OrderedLink
from course_discovery.course_metadata.models.collaborator import Collaborator
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.expected_learning_item import ExpectedLearningItem
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.subject import Subject


class CourseAuthor(OrderedLink):
    """An authoring organization of a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="author_links")
    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("authoring organization"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("authoring organization")
        constraints = [
            models.UniqueConstraint(fields=["course", "organization"], name="course_author")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.organization_id}"


class CourseSponsor(OrderedLink):
    """A sponsoring organization of a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sponsor_links")
    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("sponsoring organization"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("sponsoring organization")
        constraints = [
            models.UniqueConstraint(fields=["course", "organization"], name="course_sponsor")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.organization_id}"


class CourseSubject(OrderedLink):
    """A subject of a course; the first is the primary one."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="subject_links")
    subject = models.ForeignKey(
        Subject, models.CASCADE, verbose_name=_("subject"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("subject")
        constraints = [models.UniqueConstraint(fields=["course", "subject"], name="course_subject")]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.subject_id}"


class CourseCollaborator(OrderedLink):
    """Who made a course together with its authors."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="collaborator_links")
    collaborator = models.ForeignKey(
        Collaborator, models.CASCADE, verbose_name=_("collaborator"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("collaborator")
        constraints = [
            models.UniqueConstraint(fields=["course", "collaborator"], name="course_collaborator")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.collaborator_id}"


class CourseLearningItem(OrderedLink):
    """What learners of a course can do afterwards."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="learning_item_links")
    expected_learning_item = models.ForeignKey(
        ExpectedLearningItem,
        models.CASCADE,
        verbose_name=_("expected learning item"),
        related_name="+",
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("expected learning item")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "expected_learning_item"], name="course_learning_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.expected_learning_item_id}"
