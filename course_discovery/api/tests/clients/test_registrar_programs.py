"""The service by which universities enroll students of degrees reads curricula."""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has, rows
from course_discovery.api.tests.programs import make_course
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import ProgramType
from course_discovery.course_metadata.tests.factories import (
    CurriculumFactory,
    DegreeFactory,
    OrganizationFactory,
    ProgramFactory,
)


def test_a_degree_is_read_without_the_final_slash(as_sam: APIClient, partner: Partner) -> None:
    course = make_course(partner, "NorthU+M1")
    run = course.course_runs.get()
    run.external_key = "M-1"
    run.save()
    degree = DegreeFactory(
        partner=partner,
        marketing_slug="masters/northu-letters",
        organizations=[OrganizationFactory(partner=partner, key="NorthU")],
    )
    old = CurriculumFactory(program=degree, is_active=False)
    new = CurriculumFactory(program=degree, courses_in=[course])
    program = as_sam.get(f"/api/v1/programs/{degree.uuid}", follow=True).json()
    has(program, "uuid title")
    assert program["type"] == "Masters"
    assert program["marketing_slug"] == "masters/northu-letters"
    assert program["marketing_url"] == "https://www.example.com/masters/northu-letters"
    has(program["authoring_organizations"][0], "uuid")
    active = {each["uuid"]: each["is_active"] for each in program["curricula"]}
    assert active == {str(old.uuid): False, str(new.uuid): True}
    [found] = program["curricula"][1]["courses"][0]["course_runs"]
    has(found, "key title marketing_url")
    assert found["external_key"] == "M-1"


@pytest.mark.parametrize(
    ("types", "slugs"),
    [
        ("masters", ["masters"]),
        (
            "micromasters,masters,professional-certificate,microbachelors,xseries",
            ["masters", "micromasters", "xseries"],
        ),
    ],
)
def test_programs_by_their_types_on_all_pages(
    as_sam: APIClient, partner: Partner, types: str, slugs: list[str]
) -> None:
    for slug in ("masters", "micromasters", "xseries"):
        for _ in range(8):
            ProgramFactory(partner=partner, type=ProgramType.objects.get(slug=slug))
    programs = rows(as_sam, "/api/v1/programs/", {"types": types})
    assert sorted({each["type_attrs"]["slug"] for each in programs}) == slugs
    assert len(programs) == 8 * len(slugs)


def test_organizations_have_what_is_copied(as_sam: APIClient, partner: Partner) -> None:
    OrganizationFactory(partner=partner, key="NorthU")
    [organization] = rows(as_sam, "/api/v1/organizations/")
    has(organization, "uuid name key")
