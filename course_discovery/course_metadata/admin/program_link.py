"""The lists of a program, on its page."""

from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.models import (
    ProgramAuthor,
    ProgramCorporateEndorsement,
    ProgramCourse,
    ProgramCreditBacker,
    ProgramEndorsement,
    ProgramFaq,
    ProgramInstructor,
    ProgramJobOutlookItem,
    ProgramLearningItem,
)


class CourseInline(LinkInline):
    """The courses; official ones only."""

    model = ProgramCourse


class AuthorInline(LinkInline):
    """The authoring organizations; the first one stands in the program's address."""

    model = ProgramAuthor


class CreditBackerInline(LinkInline):
    """Who gives credit."""

    model = ProgramCreditBacker


class LearningItemInline(LinkInline):
    """What learners can do afterwards."""

    model = ProgramLearningItem


class FaqInline(LinkInline):
    """Questions and answers."""

    model = ProgramFaq
    verbose_name_plural = _("questions and answers")


class InstructorInline(LinkInline):
    """People whose place among the instructors is fixed."""

    model = ProgramInstructor
    verbose_name_plural = _("order of instructors")


class CorporateEndorsementInline(LinkInline):
    """Corporations that endorse."""

    model = ProgramCorporateEndorsement


class EndorsementInline(LinkInline):
    """People who endorse."""

    model = ProgramEndorsement


class JobOutlookInline(LinkInline):
    """What it helps to become."""

    model = ProgramJobOutlookItem


LINKS = (
    CourseInline, AuthorInline, CreditBackerInline, InstructorInline, LearningItemInline,
    JobOutlookInline, FaqInline, CorporateEndorsementInline, EndorsementInline,
)  # fmt: skip
