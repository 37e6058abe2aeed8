"""Paths of the marketing site that lead to courses, beside their slugs."""

from datetime import datetime

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, CourseUrlRedirect
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
)


class UrlRedirectTaken(Refusal):
    """A path that leads to another course of the partner."""


@operation
def add_url_redirect(*, course: Course, path: str, now: datetime) -> Written[CourseUrlRedirect]:
    """Let a path lead to the course row; what leads there already, or to its twin, stays.

    Raises UrlRedirectTaken, UnfitValue.
    """
    value = str(fitting(CourseUrlRedirect, {"value": path.strip().strip("/")})["value"])
    paths = CourseUrlRedirect.objects.filter(partner=course.partner_id, value_folded=fold(value))
    stored = paths.select_related("course").first()
    if stored is not None:
        if stored.course.uuid != course.uuid:
            raise UrlRedirectTaken("value: the path leads to another course")
        return Written(stored, Outcome.UNCHANGED)
    made = CourseUrlRedirect.objects.create(
        course=course, partner_id=course.partner_id, value=value
    )
    touch_course(course=course, now=now)
    return Written(made, Outcome.CREATED)


@operation
def remove_url_redirect(*, course: Course, path: str, now: datetime) -> bool:
    """Let a path lead to the course no more; whether it did."""
    wanted = {"partner": course.partner_id, "value_folded": fold(path.strip().strip("/"))}
    stored = locked(CourseUrlRedirect.objects.filter(course__uuid=course.uuid, **wanted))
    for row in stored:
        row.delete()
    if stored:
        touch_course(course=course, now=now)
    return bool(stored)
