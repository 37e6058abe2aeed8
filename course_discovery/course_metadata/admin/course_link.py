"""The lists of a course, on its page."""

from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.models import (
    CourseAuthor,
    CourseCollaborator,
    CourseLearningItem,
    CourseSponsor,
    CourseSubject,
)


class AuthorInline(LinkInline):
    """The authoring organizations."""

    model = CourseAuthor


class SponsorInline(LinkInline):
    """The sponsoring organizations."""

    model = CourseSponsor


class SubjectInline(LinkInline):
    """The subjects; the first one is the primary one."""

    model = CourseSubject
    verbose_name_plural = _("subjects, the primary one first")


class CollaboratorInline(LinkInline):
    """Who made it together with the authors."""

    model = CourseCollaborator


class LearningItemInline(LinkInline):
    """What learners can do afterwards."""

    model = CourseLearningItem


LINKS = (AuthorInline, SubjectInline, SponsorInline, CollaboratorInline, LearningItemInline)
