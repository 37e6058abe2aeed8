"""Giving types to the courses and runs that a load brought."""

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.course_type import (
    courses_without_type,
    infer_course_type,
    read_type_table,
)
from course_discovery.loaders.pace import write_turn
from course_discovery.loaders.report import SourceReport

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
            with write_turn():
                inference = infer_course_type(course=course, types=types, now=report.clock())
            for reason in inference.failures:
                report.refuse(f"type: {reason}", key=course.key)
