"""What is edited of programs, people and learner pathways, or of what they show, is found."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from elasticsearch import NotFoundError
from pytest_django import Settings

from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunStaff,
    LanguageTag,
    Organization,
    Person,
    Program,
    ProgramCourse,
)
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.tests.factories import OrganizationFactory, PositionFactory
from learner_pathway.models import LearnerPathway, LearnerPathwayStatus
from learner_pathway.tests.factories import LearnerPathwayScopeFactory
from search.documents.connection import client
from search.documents.kinds import KINDS, LEARNER_PATHWAY, PERSON, PROGRAM, Kind
from search.indexing import comparing
from search.indexing.comparing import count
from search.indexing.names import in_use
from search.indexing.touched import touched_documents
from search.tests.catalog import (
    make_course,
    make_pathway,
    make_person,
    make_program,
    partner,
    restrict,
)

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


def document(kind: Kind, row: Any) -> dict[str, Any]:
    body: dict[str, Any] = client().get(index=kind.alias, id=str(row.uuid))["_source"]
    return body


def is_found(kind: Kind, row: Any) -> bool:
    try:
        client().get(index=kind.alias, id=str(row.uuid))
    except NotFoundError:
        return False
    return True


@pytest.fixture
def course(indexes: Settings, drain: Drain) -> Course:
    """A course with a run; in a program and a pathway, and taught by somebody."""
    course = make_course(runs=1)
    program = make_program(course, title="Data")
    make_person(course.course_runs.get())
    make_pathway(course, program)
    drain()
    assert [count(kind.alias) for kind in KINDS] == [1, 1, 1, 1, 1]
    return course


@pytest.fixture
def program(course: Course) -> Program:
    return course.programs.get()


@pytest.fixture
def person(course: Course) -> Person:
    return Person.objects.get()


@pytest.fixture
def pathway(course: Course) -> LearnerPathway:
    return LearnerPathway.objects.get()


@pytest.fixture(autouse=True)
def equal_at_last(indexes: Settings, drain: Drain) -> Iterator[None]:
    """Whatever a test does: when the log is drained, indexes and database are equal."""
    yield
    drain()
    for kind in KINDS:
        [index] = in_use(kind.alias)
        assert list(comparing.differing(kind, index, timezone.now())) == [], kind.name


def test_saved_rows_are_found_as_they_are_now(
    program: Program, person: Person, pathway: LearnerPathway, drain: Drain
) -> None:
    program.title, person.given_name, pathway.title = "Rovers", "Grace", "Become a pilot"
    for row in (program, person, pathway):
        row.save()
    drain()
    assert document(PROGRAM, program)["title"] == "Rovers"
    assert document(PERSON, person)["full_name"].startswith("Grace ")
    assert document(LEARNER_PATHWAY, pathway)["title"] == "Become a pilot"
    assert document(LEARNER_PATHWAY, pathway)["stored"]["row"]["steps"][0]["programs"][0][
        "title"
    ] == "Rovers"  # fmt: skip


def test_updated_query_sets_are_found(
    program: Program, person: Person, pathway: LearnerPathway, drain: Drain
) -> None:
    Program.objects.update(status=ProgramStatus.RETIRED)
    Person.objects.update(published=False)
    LearnerPathway.objects.update(status=LearnerPathwayStatus.INACTIVE)
    drain()
    rows: list[tuple[Kind, Any]] = [
        (PROGRAM, program), (PERSON, person), (LEARNER_PATHWAY, pathway),
    ]  # fmt: skip
    assert [document(kind, row)["published"] for kind, row in rows] == [False] * 3


def test_deleted_rows_are_not_found(
    program: Program, person: Person, pathway: LearnerPathway, drain: Drain
) -> None:
    for row in (program, person, pathway):
        type(row).objects.filter(pk=row.pk).delete()
    drain()
    assert not is_found(PROGRAM, program)
    assert not is_found(PERSON, person)
    assert not is_found(LEARNER_PATHWAY, pathway)


def test_course_that_changes_or_goes_changes_what_shows_it(
    course: Course, program: Program, pathway: LearnerPathway, drain: Drain
) -> None:
    course.title = "Justice"
    course.save()
    drain()
    assert "Justice" in document(PROGRAM, program)["text"]
    assert "Justice" in document(LEARNER_PATHWAY, pathway)["text"]
    Course.everything.filter(pk=course.pk).delete()
    drain()
    assert "Justice" not in document(PROGRAM, program)["text"]
    assert document(PROGRAM, program)["seat_types"] == []
    assert document(LEARNER_PATHWAY, pathway)["stored"]["row"]["steps"][0]["courses"] == []


def test_course_that_joins_or_leaves_a_program_is_seen(program: Program, drain: Drain) -> None:
    other = make_course("ETHx+1", title="Rovers", runs=1)
    link = ProgramCourse.objects.create(program=program, course=other)
    drain()
    assert "Rovers" in document(PROGRAM, program)["text"]
    link.delete()
    drain()
    assert "Rovers" not in document(PROGRAM, program)["text"]


def test_organization_is_seen_wherever_it_is_shown(
    course: Course, program: Program, person: Person, drain: Drain
) -> None:
    Organization.objects.update(key="Renamed", name="New")
    drain()
    assert document(PROGRAM, program)["organizations"] == ["Renamed: New"]
    assert document(PERSON, person)["organizations"] == ["Renamed"]


def test_position_of_a_person_is_seen(person: Person, drain: Drain) -> None:
    position = PositionFactory(person=person, organization_override="Institute")
    drain()
    assert document(PERSON, person)["position"] == ["Professor", "Institute"]
    position.delete()
    drain()
    assert document(PERSON, person)["position"] == []


def test_translated_names_are_seen(program: Program, person: Person, drain: Drain) -> None:
    person.bio_language_id = "es-mx"
    person.save()
    type_ = program.type
    assert type_ is not None
    type_.name_t = "Renamed"
    type_.save()
    LanguageTag.objects.filter(code="es-mx").update(name="Castilian - Mexico")
    drain()
    assert document(PERSON, person)["bio_language"] == "Castilian"
    assert document(PROGRAM, program)["type"] == "Renamed"


def test_partner_is_seen_by_those_who_show_nothing_else(drain: Drain) -> None:
    program, person, pathway = make_program(), make_person(), make_pathway()
    drain()
    tenant = partner()
    tenant.short_code = "other"
    tenant.save()
    drain()
    rows: list[tuple[Kind, Any]] = [
        (PROGRAM, program), (PERSON, person), (LEARNER_PATHWAY, pathway),
    ]  # fmt: skip
    assert [document(kind, row)["partner"] for kind, row in rows] == ["other"] * 3


def test_scope_of_a_pathway_is_seen(pathway: LearnerPathway, drain: Drain) -> None:
    scope = LearnerPathwayScopeFactory(pathway=pathway)
    drain()
    assert document(LEARNER_PATHWAY, pathway)["scopes"] == [f"enterprise:{scope.uuid}"]
    scope.delete()
    drain()
    assert document(LEARNER_PATHWAY, pathway)["scopes"] == []


def test_who_stops_teaching_loses_the_organization(
    course: Course, person: Person, drain: Drain
) -> None:
    run = course.course_runs.get()
    successor = make_person()
    drain()
    CourseRunStaff.objects.filter(person=person).delete()
    CourseRunStaff.objects.create(person=successor, course_run=run)
    drain()
    assert document(PERSON, person)["organizations"] == []
    assert document(PERSON, successor)["organizations"] == ["MITx"]


def test_run_that_goes_or_is_closed_takes_the_organization_with_it(
    course: Course, person: Person, drain: Drain
) -> None:
    run = course.course_runs.get()
    restricted = restrict(run).restricted_run
    drain()
    assert document(PERSON, person)["organizations"] == []
    restricted.delete()
    drain()
    assert document(PERSON, person)["organizations"] == ["MITx"]
    CourseRun.everything.filter(pk=run.pk).delete()
    drain()
    assert document(PERSON, person)["organizations"] == []


def test_course_of_another_organization_changes_who_teaches_it(
    course: Course, person: Person, drain: Drain
) -> None:
    other = OrganizationFactory(partner=course.partner, key="ETHx")
    course.author_links.update(organization=other)
    drain()
    assert document(PERSON, person)["organizations"] == ["ETHx"]


def test_rebuild_holds_every_kind(course: Course, drain: Drain) -> None:
    before = [in_use(kind.alias) for kind in KINDS]
    call_command("update_index", stdout=StringIO())
    assert all(in_use(kind.alias) != old for kind, old in zip(KINDS, before, strict=True))
    assert [count(kind.alias) for kind in KINDS] == [1, 1, 1, 1, 1]


def test_change_of_a_course_leaves_the_other_courses_of_its_programs_alone(
    course: Course, program: Program, drain: Drain
) -> None:
    other = make_course("ETHx+1", runs=1)
    ProgramCourse.objects.create(program=program, course=other)
    drain()
    last = Change.objects.order_by("number").last()
    assert last is not None
    course.title = "Justice"
    course.save()
    drain()
    entries = Change.objects.filter(number__gt=last.number)
    touched = touched_documents(entries, {kind: in_use(kind.alias) for kind in KINDS})
    run = course.course_runs.get()
    assert {kind.name: uuids for kind, uuids in touched.items()} == {
        "course": [str(course.uuid)],
        "course_run": [str(run.uuid)],
        "program": [str(program.uuid)],
        "person": [str(Person.objects.get().uuid)],
        "learner_pathway": [str(LearnerPathway.objects.get().uuid)],
    }
