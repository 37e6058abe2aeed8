"""The ordered lists of a program."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import OrderedLink
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.endorsement import CorporateEndorsement, Endorsement
from course_discovery.course_metadata.models.expected_learning_item import ExpectedLearningItem
from course_discovery.course_metadata.models.faq import FAQ
from course_discovery.course_metadata.models.job_outlook_item import JobOutlookItem
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.person import Person
from course_discovery.course_metadata.models.program import Program


class ProgramCourse(OrderedLink):
    """A course of a program; always an official row."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="course_links")
    course = models.ForeignKey(
        Course,
        models.CASCADE,
        verbose_name=_("course"),
        related_name="program_links",
        limit_choices_to={"draft": False},
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("course")
        constraints = [models.UniqueConstraint(fields=["program", "course"], name="program_course")]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.course_id}"


class ProgramAuthor(OrderedLink):
    """An authoring organization of a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="author_links")
    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("authoring organization"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("authoring organization")
        constraints = [
            models.UniqueConstraint(fields=["program", "organization"], name="program_author")
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.organization_id}"


class ProgramCreditBacker(OrderedLink):
    """An organization that gives credit for a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="credit_backer_links")
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name=_("credit backing organization"),
        related_name="+",
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("credit backing organization")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "organization"], name="program_credit_backer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.organization_id}"


class ProgramLearningItem(OrderedLink):
    """What learners of a program can do afterwards."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="learning_item_links")
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
                fields=["program", "expected_learning_item"], name="program_learning_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.expected_learning_item_id}"


class ProgramFaq(OrderedLink):
    """A question and its answer on a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="faq_links")
    faq = models.ForeignKey(
        FAQ, models.CASCADE, verbose_name=_("question and answer"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("question and answer")
        constraints = [models.UniqueConstraint(fields=["program", "faq"], name="program_faq")]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.faq_id}"


class ProgramInstructor(OrderedLink):
    """A person whose place among a program's instructors is fixed."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="instructor_links")
    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("instructor"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("instructor")
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="program_instructor")
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.person_id}"


class ProgramCorporateEndorsement(OrderedLink):
    """A corporation that endorses a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="corporate_endorsement_links")
    corporate_endorsement = models.ForeignKey(
        CorporateEndorsement,
        models.CASCADE,
        verbose_name=_("corporate endorsement"),
        related_name="+",
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("corporate endorsement")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "corporate_endorsement"], name="program_corporate_endorsement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.corporate_endorsement_id}"


class ProgramEndorsement(OrderedLink):
    """A person who endorses a program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="endorsement_links")
    endorsement = models.ForeignKey(
        Endorsement, models.CASCADE, verbose_name=_("individual endorsement"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("individual endorsement")
        constraints = [
            models.UniqueConstraint(fields=["program", "endorsement"], name="program_endorsement")
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.endorsement_id}"


class ProgramJobOutlookItem(OrderedLink):
    """What a program helps to become."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="job_outlook_links")
    job_outlook_item = models.ForeignKey(
        JobOutlookItem, models.CASCADE, verbose_name=_("job outlook item"), related_name="+"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("job outlook item")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "job_outlook_item"], name="program_job_outlook_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.job_outlook_item_id}"
