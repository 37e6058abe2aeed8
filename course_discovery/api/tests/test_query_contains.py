"""Which of some courses and runs a query matches."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import PartnerFactory
from search.tests.catalog import make_course, make_run, restrict, unmarketable

V1, V2 = "/api/v1/catalog/query_contains/", "/api/v2/catalog/query_contains/"
Drain = Callable[[], None]
pytestmark = pytest.mark.parametrize("url", [V1, V2])


@pytest.fixture(autouse=True)
def index(indexes: Settings) -> Settings:
    return indexes


@pytest.fixture
def course(partner: Partner, drain: Drain) -> Course:
    made = make_course("MITx+1", runs=2, partner=partner, title="Physics")
    make_run(made, "course-v1:MITx+1+bare", type=unmarketable())
    restrict(make_run(made, "course-v1:MITx+1+B2C"))
    make_course("MITx+2", runs=1, partner=partner, title="Chemistry")
    other = PartnerFactory(short_code="other")
    make_course("OtherX+1", runs=1, partner=other, title="Physics")
    drain()
    return made


def ask(client: APIClient, url: str, **parameters: Any) -> Any:
    return client.get(url, parameters)


def test_runs_by_key_and_courses_by_uuid(as_alice: APIClient, course: Course, url: str) -> None:
    other = Course.objects.get(key="OtherX+1")
    keys = ["course-v1:MITx+1+1T2030", "COURSE-V1:mitx+1+2T2030", "course-v1:MITx+2+1T2030", "no"]
    uuids = [str(course.uuid).upper(), str(other.uuid), str(uuid4())]
    answer = ask(
        as_alice, url, query="title:physics", course_run_ids=",".join([*keys, keys[0]]),
        course_uuids=",".join(uuids),
    )  # fmt: skip
    assert answer.json() == {
        keys[0]: True, keys[1]: True, keys[2]: False, "no": False,
        str(course.uuid): True, str(other.uuid): False, uuids[2]: False,
    }  # fmt: skip


def test_a_star_means_every_official_one_of_the_partner(
    as_alice: APIClient, course: Course, url: str
) -> None:
    other = Course.objects.get(key="OtherX+1")
    runs = {
        "course-v1:MITx+1+1T2030": True,
        "course-v1:MITx+1+bare": True,
        "course-v1:MITx+1+B2C": False,
        "course-v1:OtherX+1+1T2030": False,
        "no": False,
    }
    uuids = {str(course.uuid): True, str(other.uuid): False, str(uuid4()): False}
    answer = ask(
        as_alice, url, query=" * ", course_run_ids=",".join(runs), course_uuids=",".join(uuids)
    )
    assert answer.json() == runs | uuids


@pytest.mark.parametrize("query", ["*", "title:physics"])
def test_retired_types_and_restricted_runs(
    as_alice: APIClient, course: Course, settings: Settings, url: str, query: str
) -> None:
    key = "course-v1:MITx+1+B2C"
    for shown, contained in (("", False), ("custom-b2c", True)):
        answer = ask(as_alice, url, query=query, course_run_ids=key, include_restricted=shown)
        assert answer.json() == {key: contained}
    settings.RETIRED_COURSE_TYPES = [course.type.slug]
    settings.RETIRED_RUN_TYPES = [course.course_runs.earliest("pk").type.slug]
    answer = ask(
        as_alice, url, query=query, course_run_ids="course-v1:MITx+1+1T2030",
        course_uuids=str(course.uuid),
    )  # fmt: skip
    assert set(answer.json().values()) == {False}


def test_any_number_of_keys(as_alice: APIClient, course: Course, url: str) -> None:
    keys = [f"course-v1:MITx+1+{number}T2030" for number in range(1200)]
    found = ask(as_alice, url, query="title:physics", course_run_ids=",".join(keys)).json()
    assert [key for key in keys if found[key]] == keys[1:3]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"query": "a"}, {"course_run_ids": "a"}, {"query": " ", "course_run_ids": "a"},
     {"query": "a", "course_run_ids": " , "}],
)  # fmt: skip
def test_without_a_query_or_identifiers(
    as_alice: APIClient, url: str, parameters: dict[str, str]
) -> None:
    answer = ask(as_alice, url, **parameters)
    detail = "CatalogQueryContains endpoint requires query and identifiers list(s)"
    assert (answer.status_code, answer.json()) == (400, detail)


@pytest.mark.parametrize("named", [{"course_run_ids": "a"}, {"course_uuids": str(uuid4())}])
def test_a_bad_query_is_told(as_alice: APIClient, url: str, named: dict[str, str]) -> None:
    answer = ask(as_alice, url, query="title:((", **named)
    assert answer.status_code == 400
    assert "character" in answer.json()["detail"]


def test_a_malformed_uuid_is_told(as_alice: APIClient, url: str) -> None:
    answer = ask(as_alice, url, query="a", course_uuids="zzz")
    assert (answer.status_code, list(answer.json())) == (400, ["course_uuids"])


def test_keys_that_no_database_holds_are_not_matched(as_alice: APIClient, url: str) -> None:
    answer = ask(as_alice, url, query="*", course_run_ids="a\x00b")
    assert answer.json() == {"a\x00b": False}


def test_with_and_without_the_final_slash(as_alice: APIClient, course: Course, url: str) -> None:
    answer = ask(as_alice, url.rstrip("/"), query="*", course_run_ids="no")
    assert answer.json() == {"no": False}


def test_only_for_those_who_are_signed_in(anonymous: APIClient, url: str) -> None:
    assert ask(anonymous, url, query="*", course_run_ids="no").status_code == 401


@needs_samples
def test_the_answer_for_too_little_is_as_recorded(as_alice: APIClient, url: str) -> None:
    path = sample_path("query_contains_missing")
    recorded = json.loads(path.read_text(encoding="utf-8"))
    answer = ask(as_alice, url, query="a")
    assert (answer.status_code, answer.json()) == (recorded["_status"], recorded["body"])
