"""The platform caches programs, pathways and types of programs for its dashboard."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, rows
from course_discovery.api.tests.programs import make_full_degree, make_pathway
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Degree, Program
from course_discovery.course_metadata.tests.factories import ProgramFactory

URL = "/api/v1/programs/"


@pytest.fixture
def degree(partner: Partner) -> Degree:
    return make_full_degree(partner)


def test_the_uuids_of_programs_that_are_offered_are_a_bare_list(
    as_alice: APIClient, partner: Partner
) -> None:
    programs = {
        status: ProgramFactory(partner=partner, status=status)
        for status in ("unpublished", "active", "retired", "deleted")
    }
    query: dict[str, Any] = {"exclude_utm": 1, "status": ["active", "retired"], "uuids_only": 1}
    uuids = as_alice.get(URL, query).json()
    assert uuids == [str(programs["active"].uuid), str(programs["retired"].uuid)]


def test_one_program(as_alice: APIClient, degree: Degree) -> None:
    program = as_alice.get(f"{URL}{degree.uuid}/", {"exclude_utm": 1}).json()
    has(
        program,
        "uuid title subtitle status hidden marketing_slug marketing_url authoring_organizations"
        " curricula price_ranges min_hours_effort_per_week max_hours_effort_per_week"
        " location_restriction banner_image applicable_seat_types instructor_ordering"
        " is_program_eligible_for_one_click_purchase",
    )
    assert program["type"] == "MicroMasters"
    has(program["type_attrs"], "uuid slug coaching_supported")
    assert program["price_ranges"][0]["total"] == 149.0
    assert isinstance(program["applicable_seat_types"], list)
    assert isinstance(program["is_program_eligible_for_one_click_purchase"], bool)
    has(program["instructor_ordering"][0], "given_name family_name")
    has(program["authoring_organizations"][0], "key uuid")
    [course] = program["courses"]
    has(course, "uuid key title")
    has(course["entitlements"][0], "mode sku")
    [run] = course["course_runs"]
    has(run, "key title status pacing_type weeks_to_complete")
    assert run["type"] == "verified"
    has(run["seats"][0], "type price upgrade_deadline sku")


def test_programs_inside_curricula_are_walked(as_alice: APIClient, degree: Degree) -> None:
    def children(program: dict[str, Any]) -> list[str]:
        found = []
        for curriculum in program["curricula"]:
            has(curriculum, "uuid is_active courses")
            for child in curriculum["programs"]:
                found += [child["uuid"], *children(child)]
        return found

    program = as_alice.get(f"{URL}{degree.uuid}/", {"exclude_utm": 1}).json()
    nested = Program.objects.exclude(pk=degree.pk).get()
    assert children(program) == [str(nested.uuid)]


def test_pathways_name_the_programs_that_the_platform_knows(
    as_sam: APIClient, partner: Partner, degree: Degree
) -> None:
    for _ in range(3):
        make_pathway(partner, degree)
    known = set(as_sam.get(URL, {"uuids_only": 1}).json())
    found = rows(as_sam, "/api/v1/pathways/", {"exclude_utm": 1, "page": 1, "page_size": 2})
    assert len(found) == 3
    for pathway in found:
        has(pathway, "uuid name email org_name pathway_type status")
        assert isinstance(pathway["id"], int)
        assert {program["uuid"] for program in pathway["programs"]} <= known


def test_the_type_of_a_program_is_found_by_its_name(as_alice: APIClient, degree: Degree) -> None:
    program = as_alice.get(f"{URL}{degree.uuid}/").json()
    types = {each["name"]: each for each in rows(as_alice, "/api/v1/program_types/")}
    assert types[program["type"]]["slug"] == program["type_attrs"]["slug"]
    has(types[program["type"]], "uuid logo_image applicable_seat_types coaching_supported")


def test_a_program_with_a_course_that_is_sold(as_alice: APIClient, partner: Partner) -> None:
    course = sold_course(partner)
    sold_run(course)
    program = as_alice.get(f"{URL}{course.programs.get().uuid}/", {"exclude_utm": 1}).json()
    assert program["is_program_eligible_for_one_click_purchase"] is True
    assert program["price_ranges"] == [
        {"currency": "USD", "min": 199.0, "max": 199.0, "total": 199.0}
    ]
    assert program["courses"][0]["entitlements"][0]["sku"] == "4C1F0A7"
