"""What is part of enterprise subscriptions (decision 12), as conditions on rows.

Two things are said by hand: that an organization takes part, and that a course or a program opted
out. The rest follows from them.
"""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from course_discovery.course_metadata.models import CourseAuthor, CourseType, ProgramCourse
from course_discovery.course_metadata.models.course_run import CourseRunPacing


def included_courses() -> Q:
    """Courses all of whose authors take part, and that did not opt out.

    A course without authors belongs to nobody who takes part.
    """
    authors = CourseAuthor.objects.filter(course=OuterRef("pk"))
    staying_out = authors.filter(organization__enterprise_subscription_inclusion=False)
    return (
        Q(enterprise_subscription_opted_out=False)
        & ~Q(type__slug__in=CourseType.EXTERNAL)
        & Exists(authors)
        & ~Exists(staying_out)
    )


def included_course_runs() -> Q:
    """Runs of courses that are part, unless an instructor sets the pace."""
    # A run whose pacing nobody told is not led by an instructor.
    led = Q(pacing_type=CourseRunPacing.INSTRUCTOR, pacing_type__isnull=False)
    return Q(course__enterprise_subscription_inclusion=True) & ~led


def included_programs() -> Q:
    """Programs of a type that is allowed, all of whose courses are part; MicroMasters are not."""
    courses = ProgramCourse.objects.filter(program=OuterRef("pk"))
    staying_out = courses.filter(course__enterprise_subscription_inclusion=False)
    return (
        Q(enterprise_subscription_opted_out=False)
        & Q(type__slug__in=settings.ENTERPRISE_SUBSCRIPTION_PROGRAM_TYPES)
        & Exists(courses)
        & ~Exists(staying_out)
    )
