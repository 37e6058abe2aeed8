"""Giving types to the courses and runs that a load brought."""

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.course_type import (
    TypeTable,
    courses_without_type,
    infer_course_type,
    read_type_table,
)
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import guarded

_BATCH = 500


def infer_types(partner: Partner, report: SourceReport) -> None:
    """Infer the types of all courses of the partner that lack one; failures are reported.

    Called once at the end of a load, because a course's type hangs on all of its runs.
    """
    types, keys = (
        read_type_table(),
        list(courses_without_type(partner).values_list("pk", flat=True)),
    )
    for start in range(0, len(keys), _BATCH):
        batch = courses_without_type(partner).filter(pk__in=keys[start : start + _BATCH])
        for course in list(batch):
            _infer_type(course, types, report)


def _infer_type(course: Course, types: TypeTable, report: SourceReport) -> None:
    inference = guarded(
        report,
        lambda now: infer_course_type(course=course, types=types, now=now),
        key=course.key,
        part="type",
    )
    for reason in inference.failures if inference else ():
        report.refuse(f"type: {reason}", key=course.key)
