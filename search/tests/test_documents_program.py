"""Documents of programs: what they say themselves, and what their courses and runs say."""

import json
from typing import Any

import pytest

from course_discovery.course_metadata.models import (
    Program,
    ProgramCreditBacker,
    ProgramFaq,
    ProgramInstructor,
)
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.tests.factories import (
    DegreeFactory,
    FAQFactory,
    OrganizationFactory,
)
from search.documents.base import Body
from search.documents.kinds import PROGRAM
from search.tests.catalog import (
    DAY,
    NOW,
    make_course,
    make_person,
    make_program,
    make_run,
    partner,
    restrict,
)

pytestmark = pytest.mark.django_db
KEY = "MITx+6.00x"


def body_of(program: Program) -> Body:
    return PROGRAM.bodies([program.pk], NOW)[str(program.uuid)]


def test_program_tells_what_its_runs_are() -> None:
    course = make_course(KEY, subject="Law")
    make_run(course, f"course-v1:{KEY}+2", start=NOW + DAY, language_id="es")
    make_run(course, f"course-v1:{KEY}+1", start=NOW, language_id="en")
    body = body_of(make_program(course, title="Data"))
    assert body["start"] == "2030-01-01T00:00:00Z"
    assert body["language"] == ["English", "Spanish"]
    assert body["seat_types"] == ["verified"]
    assert body["subject_uuids"] == [str(course.subjects.get().uuid)]
    assert body["authoring_organizations"] == body["organizations"] == ["MITx: MITx University"]
    assert body["aggregation_key"] == body["aggregation_uuid"] == f"program:{body['uuid']}"
    assert (body["type"], body["partner"], body["content_type"]) == (
        "MicroMasters",
        "edX",
        "program",
    )
    assert json.loads(body["authoring_organization_bodies"][0])["key"] == "MITx"


def test_restricted_and_excluded_runs_do_not_count() -> None:
    course = make_course(KEY)
    restrict(make_run(course, f"course-v1:{KEY}+1", start=NOW - DAY, language_id="fr"))
    left_out = make_run(course, f"course-v1:{KEY}+2", start=NOW - DAY, language_id="de")
    make_run(course, f"course-v1:{KEY}+3", start=NOW, language_id="en")
    program = make_program(course)
    program.excluded_course_runs.add(left_out)
    body = body_of(program)
    assert body["start"] == "2030-01-01T00:00:00Z"
    assert body["language"] == ["English"]
    assert f"{KEY}+3" in body["text"]
    assert f"{KEY}+1" not in body["text"]
    assert f"{KEY}+2" not in body["text"]


def test_seats_of_types_that_do_not_count_in_the_program_are_not_told() -> None:
    body = body_of(make_program(make_course(KEY, runs=1), type=None))
    assert (body["seat_types"], body["type"]) == ([], None)


@pytest.mark.parametrize("status", ProgramStatus.values)
def test_programs_of_every_status_have_a_document_and_active_ones_are_published(
    status: str,
) -> None:
    program = make_program(status=status, hidden=True)
    assert PROGRAM.rows().get() == program
    body = body_of(program)
    assert body["published"] is (status == "active")
    assert (body["hidden"], body["status"], body["start"]) == (True, status, None)


def test_what_hangs_on_a_program_can_be_found_by_it() -> None:
    course = make_course(KEY, runs=1, title="Justice")
    program = make_program(course, overview="<p>Wise words.</p>")
    teacher = make_person(given_name="Ada", family_name="Okafor", salutation="Prof.")
    ProgramInstructor.objects.create(program=program, person=teacher)
    ProgramFaq.objects.create(program=program, faq=FAQFactory(question="How long?"))
    backer = OrganizationFactory(partner=partner(), key="ETHx", name="ETH")
    ProgramCreditBacker.objects.create(program=program, organization=backer)
    body = body_of(program)
    for words in ("Prof. Ada Okafor", "How long?", "ETHx: ETH", "Wise words.", "Justice", "active"):
        assert words in body["text"]
    assert body["credit_backing_organizations"] == ["ETHx: ETH"]
    assert body["organizations"] == ["ETHx: ETH", "MITx: MITx University"]
    assert body["authoring_organizations"] == ["MITx: MITx University"]


def test_boundary_of_a_program_is_the_first_of_its_courses() -> None:
    course = make_course(KEY)
    make_run(course, start=NOW + 3 * DAY)
    assert body_of(make_program(course))["next_boundary"] == "2030-01-04T00:00:00Z"
    assert body_of(make_program())["next_boundary"] is None


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, [None, None, None]),
        (
            {f"search_card_{name}": name for name in ("ranking", "cost", "courses")},
            ["ranking", "cost", "courses"],
        ),
    ],
)
def test_card_is_shown_of_degrees(values: dict[str, Any], shown: list[str | None]) -> None:
    degree = DegreeFactory(partner=partner(), **values)
    body = body_of(degree)
    assert body["search_card_display"] == body["stored"]["row"]["search_card_display"] == shown
    assert body["is_2u_degree_program"] is False
    assert body_of(make_program())["search_card_display"] == []


def test_row_tells_who_made_the_program_in_full() -> None:
    row = body_of(make_program(make_course(KEY)))["stored"]["row"]
    [organization] = row["authoring_organizations"]
    assert (organization["key"], organization["tags"]) == ("MITx", [])
    assert not [name for name in organization if name.startswith("_")]
