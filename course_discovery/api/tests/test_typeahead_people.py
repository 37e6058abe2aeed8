"""Suggestions of people for course teams."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import V1
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRunStaff, Person
from course_discovery.course_metadata.tests.factories import PartnerFactory, PersonFactory
from search.tests.catalog import make_course, make_run

URL = f"{V1}/person_typeahead/"


@pytest.fixture
def people(partner: Partner) -> dict[str, Person]:
    """Ada Okafor teaches at MITx, Ada Garcia elsewhere; Bo is of another partner."""
    made = {
        "okafor": PersonFactory(partner=partner, given_name="Ada", family_name="Okafor"),
        "garcia": PersonFactory(
            partner=partner, given_name="Ada", family_name="Garcia", published=False
        ),
        "bo": PersonFactory(partner=PartnerFactory(), given_name="Bo", family_name="Madsen"),
    }
    for name, key in (("okafor", "MITx+1"), ("garcia", "HarvardX+1")):
        run = make_run(make_course(key, partner=partner))
        CourseRunStaff.objects.create(course_run=run, person=made[name])
    return made


def families(client: APIClient, **parameters: Any) -> list[str]:
    answer = client.get(URL, parameters)
    assert answer.status_code == 200, answer.content
    return [each["family_name"] for each in answer.json()]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("ada", ["Garcia", "Okafor"]),
        ("ADA  oka", ["Okafor"]),
        ("oka ada", ["Okafor"]),
        ("d", ["Garcia", "Madsen", "Okafor"]),
        ("ada bo", []),
        ("%", []),
        ("nobody", []),
    ],
)
def test_every_word_is_a_part_of_a_name(
    as_alice: APIClient, people: dict[str, Person], q: str, found: list[str]
) -> None:
    assert families(as_alice, q=q) == found


def test_who_is_not_found_by_name_is_found_by_uuid(
    as_alice: APIClient, people: dict[str, Person]
) -> None:
    assert families(as_alice, q=str(people["bo"].uuid)) == ["Madsen"]
    assert families(as_alice, q=f"{people['bo'].uuid} x") == []


def test_people_are_those_who_teach_for_one_of_the_organizations(
    as_alice: APIClient, people: dict[str, Person]
) -> None:
    assert families(as_alice, q="ada", org="mitx") == ["Okafor"]
    assert families(as_alice, q="ada", org=["MITx", "HarvardX"]) == ["Garcia", "Okafor"]
    assert families(as_alice, q="ada", org="NoU") == []
    assert families(as_alice, q="ada", org="") == ["Garcia", "Okafor"]


def test_people_are_as_their_own_address_shows_them(
    as_alice: APIClient, people: dict[str, Person]
) -> None:
    [found] = as_alice.get(f"{URL}?q=okafor").json()
    assert found == as_alice.get(f"/api/v1/people/{people['okafor'].uuid}/").json()


def test_without_q_it_says_so(as_alice: APIClient, people: dict[str, Person]) -> None:
    for query in ("", "?q=", "?q=%20%20", "?org=MITx"):
        answer = as_alice.get(f"{URL}{query}")
        assert answer.status_code == 400
        assert answer.json() == ["The 'q' querystring parameter is required for searching."]


def test_what_no_database_can_look_for_is_refused(
    as_alice: APIClient, people: dict[str, Person]
) -> None:
    for query, field in (("q=a%00", "q"), ("q=a&org=%00", "org"), ("q=" + "a+" * 50, "q")):
        answer = as_alice.get(f"{URL}?{query}")
        assert (answer.status_code, list(answer.json())) == (400, [field])


def test_cost_does_not_depend_on_the_number_of_people(
    as_alice: APIClient, people: dict[str, Person], partner: Partner
) -> None:
    def cost() -> int:
        as_alice.get(f"{URL}?q=ada&org=MITx&org=HarvardX")
        with CaptureQueriesContext(connection) as queries:
            assert as_alice.get(f"{URL}?q=ada&org=MITx&org=HarvardX").status_code == 200
        return len(queries)

    few = cost()
    for number in range(20):
        run = make_run(make_course(f"MITx+{number + 2}", partner=partner))
        person = PersonFactory(partner=partner, given_name="Ada", family_name=f"F{number}")
        CourseRunStaff.objects.create(course_run=run, person=person)
    assert cost() == few <= 5
