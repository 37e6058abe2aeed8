"""Rendering costs the same number of queries for three rows and for thirty."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    SeatFactory,
    SubjectFactory,
)
from course_discovery.projections.course import render_courses
from course_discovery.projections.course_run import render_course_runs
from course_discovery.projections.organization import render_organizations

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def make_courses(count: int) -> None:
    for _ in range(count):
        organization = OrganizationFactory()
        course = CourseFactory(
            partner=organization.partner,
            organizations=[organization],
            subjects_in_order=[SubjectFactory(partner=organization.partner)],
            level_type=LevelTypeFactory(),
        )
        CourseEntitlementFactory(course=course)
        for _ in range(2):
            SeatFactory(course_run=CourseRunFactory(course=course, language_id="es"))


def cost_of_rendering_everything() -> list[int]:
    costs = []
    for render, model in (
        (lambda pks: render_courses(pks, now=NOW), Course.everything),
        (lambda pks: render_course_runs(pks, now=NOW), CourseRun.everything),
        (render_organizations, Organization.objects),
    ):
        pks = list(model.values_list("pk", flat=True))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(render(pks)) == len(pks)
        costs.append(len(queries))
    return costs


@pytest.mark.django_db
def test_cost_does_not_depend_on_the_number_of_rows() -> None:
    make_courses(3)
    few = cost_of_rendering_everything()
    make_courses(27)
    assert cost_of_rendering_everything() == few
    assert max(few) <= 20
