"""Filters and fields, of programs, people and learner pathways too."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models.program import ProgramStatus
from learner_pathway.models import LearnerPathwayStatus
from search.documents.kinds import KINDS, PROGRAM
from search.queries.fields import field_types
from search.queries.page import search_page
from search.tests.catalog import (
    DAY,
    NOW,
    make_course,
    make_pathway,
    make_person,
    make_program,
    make_run,
)
from search.tests.finding import asking

pytestmark = pytest.mark.django_db
COURSE, RUN = "MITx+6.00x", "course-v1:MITx+6.00x+1T2030"


@pytest.fixture
def names(indexes: Settings, drain_at_now: Callable[[], None]) -> dict[str, str]:
    """What things are called in these tests, by uuid."""
    course = make_course(COURSE, title="Justice", subject="Law")
    run = make_run(course, RUN, start=NOW, end=NOW + 9 * DAY, language_id="en")
    program = make_program(course, title="Data")
    other = make_program(status=ProgramStatus.RETIRED, hidden=True, title="Old", type=None)
    teacher = make_person(run, given_name="Ada", family_name="Okafor")
    nobody = make_person(published=False, given_name="Ada", family_name="Mwangi")
    pathway = make_pathway(program, title="Become a lawyer")
    closed = make_pathway(status=LearnerPathwayStatus.INACTIVE, title="Become nothing")
    drain_at_now()
    called: dict[str, Any] = {
        "course": course, "run": run, "program": program, "retired": other, "teacher": teacher,
        "nobody": nobody, "pathway": pathway, "closed": closed,
    }  # fmt: skip
    return {str(row.uuid): name for name, row in called.items()}


FOUND: list[tuple[dict[str, Any], set[str]]] = [
    ({"content_type": "program"}, {"program", "retired"}),
    ({"content_type": ["person", "learnerpathway"]}, {"teacher", "nobody", "pathway", "closed"}),
    ({"content_type__terms": "program__person", "published": "1"}, {"program", "teacher"}),
    ({"published": False}, {"retired", "nobody", "closed"}),
    ({"hidden": "true"}, {"retired"}),
    ({"status": "active"}, {"program", "pathway"}),
    ({"status": "retired"}, {"retired"}),
    ({"type": "micromasters"}, {"program"}),
    ({"authoring_organizations": "MITX: mitx university"}, {"course", "run", "program"}),
    ({"authoring_organizations__exclude": "MITx: MITx University", "content_type": "program"},
     {"retired"}),
    ({"start__gte": "now", "content_type": "program"}, {"program"}),
    ({"q": "Ada"}, {"teacher", "nobody"} | {"run"}),
    ({"q": "full_name:=ada okafor"}, {"teacher"}),
    ({"q": "position:=Professor"}, set()),
    ({"q": "overview:=where it leads"}, {"pathway", "closed"}),
    ({"q": "visible_via_association:=true"}, {"pathway", "closed"}),
    ({"q": "organizations:=MITx"}, {"course", "run", "program", "teacher"}),
    ({"q": "is_2u_degree_program:=false", "status": "retired"}, {"retired"}),
    ({"q": "subtitle:=x"}, set()),
    ({"q": "skills.name:=Python"}, set()),
    ({"q": "Law"}, {"course", "run", "program"}),
    ({"q": "Become a lawyer"}, {"pathway"}),
]  # fmt: skip


def test_filter_narrows(names: dict[str, str], subtests: pytest.Subtests) -> None:
    for parameters, expected in FOUND:
        with subtests.test(parameters=parameters):
            hits = search_page(asking(**parameters)).hits
            assert {names[hit.source["uuid"]] for hit in hits} == expected


def test_every_field_can_be_asked(names: dict[str, str], subtests: pytest.Subtests) -> None:
    samples = {"boolean": "true", "date": "2030-01-01", "float": "1.5", "integer": "1"}
    for field, kind in field_types().items():
        if kind != "nested":
            with subtests.test(field=field):
                search_page(asking(q=f"{field}:={samples.get(kind, 'x')}"))


@pytest.mark.parametrize("name", ["scopes", "stored", "teaches", "next_boundary"])
def test_what_documents_keep_for_themselves_cannot_be_asked(name: str) -> None:
    assert name not in field_types()


def test_parts_of_programs_are_found_of_programs_alone(names: dict[str, str]) -> None:
    found = [hit.source["uuid"] for hit in search_page(asking([PROGRAM], q="Justice")).hits]
    assert [names[uuid] for uuid in found] == ["program"]
    assert search_page(asking(KINDS, q="Justice")).count == 3
