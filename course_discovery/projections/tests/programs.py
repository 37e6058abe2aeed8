"""Programs for the tests of projections."""

from datetime import UTC, datetime, timedelta
from typing import Any

from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatFactory,
)
from course_discovery.projections.program import render_programs

NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def make_run(course: models.Course, **values: Any) -> models.CourseRun:
    """A run that takes learners, with a verified seat."""
    run = CourseRunFactory(course=course, **values)
    SeatFactory(course_run=run)
    return run


def make_course(key: str, *, runs: int = 1, **values: Any) -> models.Course:
    course = CourseFactory(key=key, **values)
    for number in range(runs):
        make_run(course, key=f"course-v1:{key}+{number}", start=NOW + number * DAY)
    course.canonical_course_run = course.course_runs.order_by("start").first()
    course.save()
    return course


def rendered(program: models.Program, now: datetime = NOW) -> dict[str, Any]:
    return render_programs([program.pk], now=now)[program.pk]


def run_keys(course: dict[str, Any]) -> list[str]:
    return [run["key"] for run in course["course_runs"]]


def keys(program: dict[str, Any]) -> list[str]:
    return [course["key"] for course in program["courses"]]
