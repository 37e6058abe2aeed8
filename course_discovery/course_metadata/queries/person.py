"""Finding people."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

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


def people_named(people: QuerySet[Person], words: Sequence[str]) -> QuerySet[Person]:
    """Those of the people of whom every word is a part of a name, in any case.

    Where there is nobody, the one whose uuid the only word is.
    """
    named = people
    for word in words:
        named = named.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    mark = _uuid(words[0]) if len(words) == 1 else None
    return people.filter(uuid=mark) if mark and not named.exists() else named


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
