"""The service that awards certificates copies organizations, courses, programs, then pathways.

What a later list names must have been in an earlier one: otherwise the copy ends with an error.
"""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has, rows
from course_discovery.api.tests.programs import (
    make_course,
    make_full_degree,
    make_pathway,
    restrict,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CurriculumCourseMembership
from course_discovery.course_metadata.tests.factories import ProgramFactory


@pytest.mark.parametrize("paging", [{}, {"page": 1, "page_size": 2}, {"page": 1}])
def test_everything_named_has_been_copied_before(
    as_sam: APIClient, partner: Partner, paging: dict[str, int]
) -> None:
    degree = make_full_degree(partner)
    course = make_course(partner, "B+1", runs=4)
    runs = dict(enumerate(course.course_runs.order_by("start")))
    runs[0].hidden, runs[1].status = True, "unpublished"
    runs[0].save()
    runs[1].save()
    restrict(runs[2])
    for status in ("unpublished", "active", "retired", "deleted"):
        program = ProgramFactory(partner=partner, status=status, courses_in_order=[course])
    make_pathway(partner, degree, program)
    query = {"exclude_utm": 1, **paging}

    organizations = rows(as_sam, "/api/v1/organizations/", query)
    for organization in organizations:
        has(organization, "uuid key name certificate_logo_image_url")
    courses = rows(as_sam, "/api/v1/courses/", query | {"include_hidden_course_runs": 1})
    known_courses = {each["uuid"] for each in courses}
    known_runs = {run["uuid"] for each in courses for run in each["course_runs"]}
    known_organizations = {each["uuid"] for each in organizations}

    programs = rows(as_sam, "/api/v1/programs/", query)
    assert len(programs) == 6
    for each in programs:
        has(each, "uuid title type status total_hours_of_effort")
        has(each["type_attrs"], "slug")
        assert {one["uuid"] for one in each["authoring_organizations"]} <= known_organizations
        assert {one["uuid"] for one in each["courses"]} <= known_courses
        assert {run["uuid"] for one in each["courses"] for run in one["course_runs"]} <= known_runs
    assert CurriculumCourseMembership.objects.exists()

    known_programs = {each["uuid"] for each in programs}
    for pathway in rows(as_sam, "/api/v1/pathways/", query):
        has(pathway, "uuid name email org_name status pathway_type")
        assert {each["uuid"] for each in pathway["programs"]} <= known_programs
