"""What stored pathways take: of the runs that are advertised now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.course_metadata.models import RestrictedCourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    ProgramFactory,
    SeatFactory,
)
from learner_pathway.queries.estimate import estimate_courses, estimate_pathway, estimate_steps
from learner_pathway.queries.workload import NOTHING, Workload
from learner_pathway.tests.factories import (
    LearnerPathwayBlockFactory,
    LearnerPathwayFactory,
    LearnerPathwayStepFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def run(course: Any, weeks: int, least: int | None = 2, most: int | None = 4, **values: Any) -> Any:
    """A run under way that can be upgraded for three more months."""
    when = {"start": NOW - WEEK, "end": NOW + 13 * WEEK} | values
    made = CourseRunFactory(
        course=course, min_effort=least, max_effort=most, weeks_to_complete=weeks, **when
    )
    SeatFactory(course_run=made, upgrade_deadline=made.end)
    return made


def course_of(weeks: int, **values: Any) -> Any:
    """A course of three hours a week."""
    course = CourseFactory()
    run(course, weeks, **values)
    return course


def test_a_course_takes_what_its_advertised_run_takes() -> None:
    course = course_of(10)
    run(course, 5, start=NOW - 9 * WEEK)
    assert estimate_courses([course.pk], NOW) == {course.pk: Workload(30, 30, 2, 4)}
    # The first one starts later than this moment: then the other is under way.
    earlier = NOW - 2 * WEEK
    assert estimate_courses([course.pk], earlier)[course.pk].hours == 15


@pytest.mark.parametrize("unknown", [{"least": None}, {"most": None}, {"weeks": None}])
def test_hours_that_a_run_does_not_tell_are_none(unknown: dict[str, Any]) -> None:
    course = CourseFactory()
    run(course, **({"weeks": 10} | unknown))
    assert estimate_courses([course.pk], NOW)[course.pk].hours == 0


def test_runs_that_are_not_advertised_tell_nothing() -> None:
    course = CourseFactory()
    run(course, 10, status=CourseRunStatus.UNPUBLISHED)
    closed = run(course, 20)
    RestrictedCourseRun.everything.create(course_run=closed, restriction_type="custom-b2c")
    assert estimate_courses([course.pk], NOW) == {}


def test_a_program_takes_its_courses_together_and_a_block_nothing() -> None:
    short, long = course_of(2), course_of(10, least=5, most=7)
    program = ProgramFactory(courses_in_order=[short, long])
    step = LearnerPathwayStepFactory(courses=[short], programs=[program], min_requirement=2)
    LearnerPathwayBlockFactory(step=step, course=long)
    found = estimate_steps([step.pk], NOW)
    assert found.nodes[step.program_nodes.get().uuid] == Workload(66, 66, 2, 7)
    assert found.nodes[step.course_nodes.get().uuid] == Workload(6, 6, 2, 4)
    # The block and the course, or the course and the program.
    assert found.steps[step.pk] == Workload(6, 72, 2, 7)


def test_the_effort_that_a_program_tells_outweighs_that_of_its_courses() -> None:
    program = ProgramFactory(
        courses_in_order=[course_of(2)],
        min_hours_effort_per_week=8,
        max_hours_effort_per_week=9,
    )
    step = LearnerPathwayStepFactory(programs=[program])
    assert estimate_steps([step.pk], NOW).whole == Workload(6, 6, 8, 9)


def test_a_pathway_takes_its_steps_one_after_another() -> None:
    pathway = LearnerPathwayFactory()
    LearnerPathwayStepFactory(
        pathway=pathway, courses=[course_of(1), course_of(2), course_of(3)], min_requirement=2
    )
    LearnerPathwayStepFactory(pathway=pathway, courses=[course_of(4), course_of(6)])
    whole = estimate_pathway(pathway.pk, NOW).whole
    # Three to five weeks, then four to six, of three hours each.
    assert (whole.least_hours, whole.most_hours, whole.hours) == (21, 33, 27)


def test_steps_that_lost_nodes_take_what_is_left() -> None:
    step = LearnerPathwayStepFactory(courses=[course_of(1)], min_requirement=3)
    assert estimate_steps([step.pk], NOW).whole.hours == 3
    step.course_nodes.all().delete()
    assert estimate_steps([step.pk], NOW).whole == NOTHING


def test_what_there_is_not_takes_nothing() -> None:
    assert estimate_pathway(0, NOW).whole == NOTHING
    assert estimate_courses([], NOW) == {}


def test_the_number_of_queries_does_not_depend_on_that_of_steps() -> None:
    pathway = LearnerPathwayFactory()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            estimate_pathway(pathway.pk, NOW)
        return len(queries)

    def add(count: int) -> None:
        for _ in range(count):
            course = course_of(3)
            program = ProgramFactory(courses_in_order=[course, course_of(2)])
            LearnerPathwayStepFactory(pathway=pathway, courses=[course], programs=[program])

    add(1)
    assert cost() == 7
    add(5)
    assert cost() == 7
