"""Finding people."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseAuthor, CourseRunStaff, Person
from course_discovery.course_metadata.models.course_run import CourseRunStatus


def people_of_organizations(
    people: QuerySet[Person],
    keys: Iterable[str],
    *,
    partner: Partner,
    open_to_all: bool = False,
) -> QuerySet[Person]:
    """Those of the people who teach runs of courses that one of the organizations authors.

    Organizations are those of the partner with one of these keys, in any case. Runs that teams
    still prepare count too; with `open_to_all` only those that everybody may know of.
    """
    authors = CourseAuthor.objects.filter(
        course=OuterRef("course_run__course"),
        organization__partner=partner,
        organization__key_folded__in={fold(key) for key in keys},
    )
    staff = CourseRunStaff.objects.filter(Exists(authors), person=OuterRef("pk"))
    if open_to_all:
        staff = staff.filter(
            course_run__draft=False,
            course_run__status=CourseRunStatus.PUBLISHED,
            course_run__hidden=False,
            course_run__restricted_run__restriction_type__isnull=True,
        )
    return people.filter(Exists(staff))
