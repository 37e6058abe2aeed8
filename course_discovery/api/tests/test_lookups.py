"""Rows to choose from in the forms of staff, as select boxes ask for them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course_discovery.api.lookups import LOOKUPS
from course_discovery.core.models import User
from course_discovery.course_metadata.tests import factories as make

EMPTY = {"results": [], "pagination": {"more": False}}
# What makes a row that `starfish` finds.
FOUND: dict[str, Callable[[], Any]] = {
    "collaborator": lambda: make.CollaboratorFactory(name="The Starfish"),
    "corporate-endorsement": lambda: make.CorporateEndorsementFactory(
        corporation_name="Starfish Ltd"
    ),
    "course": lambda: make.CourseFactory(title="Of starfish"),
    "course-run": lambda: make.CourseRunFactory(course=make.CourseFactory(title="Starfish")),
    "endorsement": lambda: make.EndorsementFactory(quote="<p>Starfish!</p>"),
    "expected-learning-item": lambda: make.ExpectedLearningItemFactory(value="Know starfish"),
    "faq": lambda: make.FAQFactory(question="<p>Starfish?</p>"),
    "job-outlook-item": lambda: make.JobOutlookItemFactory(value="Starfish keeper"),
    "organisation": lambda: make.OrganizationFactory(name="Starfish University"),
    "person": lambda: make.PersonFactory(given_name="Starfish"),
    "program": lambda: make.ProgramFactory(title="Starfish for all"),
}


def address(name: str) -> str:
    return f"/admin/course_metadata/{name}-autocomplete/"


def client_of(**values: Any) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"user-{uuid.uuid4()}", **values))
    return client


@pytest.fixture
def staff(db: None) -> Client:
    """Who may sign in to the admin."""
    return client_of(is_staff=True)


@pytest.fixture
def learner(db: None) -> Client:
    """Who is signed in, and no more."""
    return client_of()


def test_every_look_up_of_the_contract_is_there() -> None:
    assert LOOKUPS.keys() == FOUND.keys()


@pytest.mark.parametrize("name", FOUND)
def test_a_row_is_found_by_a_part_of_what_it_is_called(staff: Client, name: str) -> None:
    row, other = FOUND[name](), FOUND[name]()
    other.delete()

    (result,) = staff.get(address(name), {"q": " sTarfish "}).json()["results"]

    assert result["id"] == str(row.pk)
    assert result["text"] == result["selected_text"]
    assert "tarfish" in result["text"]
    assert staff.get(address(name), {"q": "jellyfish"}).json() == EMPTY


@pytest.mark.parametrize("name", FOUND)
def test_who_is_not_staff_gets_none(db: None, learner: Client, name: str) -> None:
    FOUND[name]()
    anonymous = Client().get(address(name), {"q": "starfish"})
    signed_in = learner.get(address(name), {"q": "starfish"})

    if name == "person":
        assert anonymous.status_code == 302
        assert anonymous.headers["Location"].startswith("/admin/login/?next=")
        assert len(signed_in.json()["results"]) == 1
    else:
        assert anonymous.status_code == signed_in.status_code == 200
        assert anonymous.json() == signed_in.json() == EMPTY


@pytest.mark.parametrize("name", FOUND)
def test_choices_cost_the_same_however_many(staff: Client, name: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(address(name), {"q": "starfish"}).json()["results"]
        return len(queries)

    FOUND[name]()
    few = cost()
    for _ in range(12):
        FOUND[name]()
    assert cost() == few <= 5
    assert staff.get(address(name), {"q": "starfish"}).json()["pagination"]["more"] is True


@pytest.mark.parametrize("name", FOUND)
def test_what_cannot_be_looked_for_is_refused(staff: Client, name: str) -> None:
    assert staff.get(address(name), {"q": "a\0"}).status_code == 400
    assert staff.get(address(name), {"q": "x", "page": "zzz"}).status_code == 404
    assert staff.get(address(name), {"q": "%_'"}).json() == EMPTY
    assert staff.post(address(name), {"q": "x"}).status_code in (403, 405)


def test_every_word_must_be_a_part_of_a_persons_name(staff: Client) -> None:
    ada = make.PersonFactory(given_name="Ada", family_name="Lovelace")
    make.PersonFactory(given_name="Ada", family_name="Yonath")

    def found(q: str) -> list[str]:
        results = staff.get(address("person"), {"q": q}).json()["results"]
        return [each["id"] for each in results]

    for q in ("ada love", "LOVELACE ada", " lace ", str(ada.uuid)):
        assert found(q) == [str(ada.pk)]
    assert len(found("ada")) == 2
    for q in ("", "  ", "ada curie", str(uuid.uuid4())):
        assert found(q) == []


def test_without_a_question_there_are_all_but_people(staff: Client) -> None:
    for name, build in FOUND.items():
        build()
        results = staff.get(address(name)).json()["results"]
        assert bool(results) is (name != "person")


def test_courses_and_runs_are_official_ones(staff: Client) -> None:
    make.CourseRunFactory(course=make.CourseFactory(title="Starfish", draft=True))
    for name in ("course", "course-run"):
        assert staff.get(address(name), {"q": "starfish"}).json() == EMPTY
