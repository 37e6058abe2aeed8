"""Keys of new course runs (decision 6): derived, and held until their run is written."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.operations.course_run_key import parse_course_run_key
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.publisher.models import CourseRunKeyReservation
from course_discovery.publisher.queries.course_run_key import (
    course_part,
    free_term,
    term_of,
)

# Longer than a call to Studio with all its tries takes.
HELD = timedelta(minutes=5)
_TRIES = 20


class CourseRunKeyTaken(Refusal):
    """A key that somebody else took at the same moment."""


def reserve_course_run_key(
    *,
    course: Course,
    start: datetime,
    term: str | None = None,
    now: datetime,
    authors: Iterable[Organization] | None = None,
) -> str:
    """A key for a new run of the course, that nobody else gets meanwhile.

    `term` is its run part where one of the authors does not have run keys made automatically;
    elsewhere that is made of the start. `authors` are those of a course that is not
    stored yet. Raises BadCourseRunKey, CourseRunKeyTaken.
    """
    organization, number = course_part(course)
    run = term_of(start)
    if term:
        written_by = course.authoring_organizations.all() if authors is None else authors
        if any(not each.auto_generate_course_run_keys for each in written_by):
            run = term
    for _try in range(_TRIES):
        free = free_term(organization, number, run, now=now)
        key = f"course-v1:{organization}+{number}+{free}"
        parse_course_run_key(key)
        if _hold(key, now):
            return key
    raise CourseRunKeyTaken("too many runs of this course are being made")


def release_course_run_key(*, key: str) -> None:
    """Let others have the key: its run was written, or will not be."""
    CourseRunKeyReservation.objects.filter(key_folded=fold(key)).delete()


def _hold(key: str, now: datetime) -> bool:
    """Reserve the key; whether nobody was faster."""
    folded = fold(key)
    try:
        with transaction.atomic():
            CourseRunKeyReservation.objects.filter(expires__lte=now).delete()
            CourseRunKeyReservation.objects.create(key=key, key_folded=folded, expires=now + HELD)
            # Whoever held it may have written the run and gone since we looked.
            if CourseRun.everything.filter(key_folded=folded).exists():
                raise IntegrityError
    except IntegrityError:
        return False
    return True
