"""Documents of people."""

from typing import Any

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models import CourseRunType, Person
from course_discovery.course_metadata.tests.factories import PositionFactory
from search.documents.base import Body
from search.documents.kinds import PERSON
from search.documents.person import teachers_of
from search.tests.catalog import NOW, make_course, make_person, make_run, restrict, unmarketable

pytestmark = pytest.mark.django_db


def body_of(person: Person) -> Body:
    return PERSON.bodies([person.pk], NOW)[str(person.uuid)]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"given_name": "Ada", "family_name": "Okafor"}, "Ada Okafor"),
        ({"given_name": "Ada", "family_name": "Okafor", "salutation": "Prof."}, "Prof. Ada Okafor"),
        ({"given_name": "Ada", "family_name": None, "salutation": "Prof."}, "Ada"),
    ],
)
def test_name_is_the_one_that_the_row_tells(values: dict[str, Any], name: str) -> None:
    person = make_person(**values)
    body = body_of(person)
    assert body["full_name"] == body["stored"]["row"]["full_name"] == person.full_name == name
    assert name in body["text"]


def test_organizations_are_those_of_the_runs_that_everybody_can_find() -> None:
    open_to_all = [make_course(key, runs=1) for key in ("MITx+1", "ETHx+2", "MITx+3")]
    closed = make_run(make_course("HiddenX+4"), type=unmarketable())
    restricted = restrict(make_run(make_course("ClosedX+5")))
    draft = make_run(make_course("DraftX+6", draft=True), draft=True)
    runs = [course.course_runs.get() for course in open_to_all]
    body = body_of(make_person(*runs, closed, restricted, draft))
    assert body["organizations"] == body["stored"]["row"]["organizations"] == ["ETHx", "MITx"]
    assert body["teaches"] == sorted(str(run.uuid) for run in runs)


def test_runs_of_retired_types_do_not_count(settings: Settings) -> None:
    person = make_person(make_run(make_course()))
    settings.RETIRED_RUN_TYPES = [CourseRunType.objects.get(slug="verified-audit").slug]
    assert body_of(person)["organizations"] == []


@pytest.mark.parametrize(
    ("position", "shown"),
    [
        ({"organization_override": None}, ["Professor", None]),
        ({"organization_override": "Institute"}, ["Professor", "Institute"]),
    ],
)
def test_position_names_another_organization_than_the_catalogs(
    position: dict[str, Any], shown: list[str | None]
) -> None:
    person = make_person()
    assert body_of(person)["position"] == []
    PositionFactory(person=person, **position)
    assert body_of(person)["position"] == shown


@pytest.mark.parametrize("published", [True, False])
def test_unpublished_people_have_a_document_too(published: bool) -> None:
    body = body_of(make_person(published=published))
    assert (body["published"], body["hidden"]) == (published, False)
    assert body["start"] is body["status"] is None


def test_language_is_told_without_its_country() -> None:
    assert body_of(make_person(bio_language_id="es-mx"))["bio_language"] == "Spanish"
    assert body_of(make_person())["bio_language"] is None


def test_teachers_are_those_of_the_official_run() -> None:
    course = make_course(runs=1)
    run = course.course_runs.get()
    ada, bob = make_person(run), make_person()
    draft = make_run(make_course(draft=True), run.key, draft=True, uuid=run.uuid)
    draft.staff_links.create(person=bob)
    assert teachers_of([str(run.uuid)]) == {str(ada.uuid)}
    assert teachers_of([]) == set()
