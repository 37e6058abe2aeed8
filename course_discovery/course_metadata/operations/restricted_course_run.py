"""Restricting runs to some clients."""

from course_discovery.course_metadata.models import CourseRun, RestrictedCourseRun
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import locked, write_differences


def write_restriction(row: CourseRun, restriction_type: str | None) -> bool:
    """Restrict the run row to one kind of clients; with None lift that. Whether it was new.

    A part of a larger operation, which says that the course changed. Raises UnfitValue for an
    unknown type.
    """
    stored = locked(RestrictedCourseRun.everything.filter(course_run=row))
    if not restriction_type:
        for each in stored:
            each.delete()
        return bool(stored)
    values = fitting(RestrictedCourseRun, {"restriction_type": restriction_type})
    if stored:
        return write_differences(stored[0], values)
    made = RestrictedCourseRun.everything.create(course_run=row, draft=row.draft, **values)
    _join(made, row)
    return True


def restriction_of(row: CourseRun) -> str | None:
    """The run row's restriction type; no query if it was selected with the row."""
    try:
        return row.restricted_run.restriction_type
    except RestrictedCourseRun.DoesNotExist:
        return None


def _join(made: RestrictedCourseRun, row: CourseRun) -> None:
    """Let the official one of two marks point to its draft."""
    twins = RestrictedCourseRun.everything.filter(course_run__uuid=row.uuid, draft=not row.draft)
    twin = twins.first()
    if twin is not None:
        official, draft = (twin, made) if row.draft else (made, twin)
        write_differences(official, {"draft_version": draft})
