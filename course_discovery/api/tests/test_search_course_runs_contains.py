"""`course_runs/contains`, and `q` of programs: exact sets for query strings."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import build_indexes
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, ProgramType
from course_discovery.course_metadata.tests.factories import PartnerFactory, ProgramFactory
from search.tests.catalog import make_course, make_run, restrict

CONTAINS = "/api/v1/course_runs/contains/"
PROGRAMS = "/api/v1/programs/"
MIT, HARVARD, B2B = (
    "course-v1:MITx+6.00x+1T2030", "course-v1:HarvardX+CS50+1T2030", "course-v1:MITx+6.00x+B2B",
)  # fmt: skip


@pytest.fixture
def catalog(no_index: Any, partner: Partner) -> Course:
    course = make_course("MITx+6.00x", partner=partner, runs=1, title="Python")
    restrict(make_run(course, B2B))
    make_course("HarvardX+CS50", partner=partner, runs=1, title="History")
    make_course("OtherU+1", partner=PartnerFactory(), runs=1, title="Python elsewhere")
    for slug, title in (("masters", "Physics of Python"), ("xseries", "History of Art")):
        ProgramFactory(
            partner=partner, title=title, type=ProgramType.objects.get(slug=slug),
            status="active" if slug == "masters" else "retired",
        )  # fmt: skip
    ProgramFactory(partner=PartnerFactory(), title="Python elsewhere")
    build_indexes()
    return course


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("*:*", {MIT: True, HARVARD: True, B2B: False}),
        ("*", {MIT: True, HARVARD: True, B2B: False}),
        ("title:python", {MIT: True, HARVARD: False}),
        ("org:HarvardX or number:nothing", {MIT: False, HARVARD: True}),
        ("*:*", {MIT.lower(): True, "course-v1:no+no+no": False}),
        ("*:*", {"course-v1:OtherU+1+1T2030": False}),
        ("*:*", {f" {MIT}": False, "zzz": False}),
    ],
)
def test_keys_come_back_as_they_were_sent(
    as_alice: APIClient, catalog: Course, query: str, found: dict[str, bool]
) -> None:
    answer = as_alice.get(CONTAINS, {"query": query, "course_run_ids": ",".join(found)})
    assert (answer.status_code, answer.json()) == (200, {"course_runs": found})


def test_restricted_runs_count_where_they_are_asked_for(
    as_alice: APIClient, catalog: Course
) -> None:
    asked = {"query": "*", "course_run_ids": B2B, "include_restricted": "custom-b2c"}
    assert as_alice.get(CONTAINS, asked).json() == {"course_runs": {B2B: True}}


def test_without_query_or_keys_it_is_400_without_a_body(
    as_alice: APIClient, catalog: Course
) -> None:
    for query in ("", "?query=a", f"?course_run_ids={MIT}", "?query=a&course_run_ids=,"):
        answer = as_alice.get(f"{CONTAINS}{query}")
        assert (answer.status_code, answer.content) == (400, b"")
    # The address also answers without its slash.
    assert as_alice.get(f"{CONTAINS[:-1]}?query=*&course_run_ids=x").status_code == 200


def test_a_bad_query_is_400_with_the_reason(as_alice: APIClient, catalog: Course) -> None:
    answer = as_alice.get(CONTAINS, {"query": "title:((", "course_run_ids": MIT})
    assert answer.status_code == 400
    assert "query: " in answer.json()["detail"]
    assert "character" in answer.json()["detail"]


def test_who_is_not_signed_in_is_told_so(anonymous: APIClient, catalog: Course) -> None:
    assert anonymous.get(f"{CONTAINS}?query=*&course_run_ids=x").status_code == 401


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"q": "python"}, {"Physics of Python"}),
        ({"q": "title:history OR type:Masters"}, {"Physics of Python", "History of Art"}),
        ({"q": "status:retired"}, {"History of Art"}),
        ({"q": "physics AND NOT title:history"}, {"Physics of Python"}),
        ({"q": "history", "status": "active"}, set()),
        ({"q": "history", "types": "xseries"}, {"History of Art"}),
        ({"q": "*"}, {"Physics of Python", "History of Art"}),
        ({"q": "*:*", "editable": "1"}, {"Physics of Python", "History of Art"}),
        ({"q": "nothing"}, set()),
    ],
)
def test_programs_are_found_by_a_query_string(
    as_alice: APIClient, catalog: Course, parameters: dict[str, str], found: set[str]
) -> None:
    body = as_alice.get(PROGRAMS, parameters).json()
    assert {each["title"] for each in body["results"]} == found
    assert body["count"] == len(found)


def test_uuids_of_programs_can_be_searched_too(as_alice: APIClient, catalog: Course) -> None:
    assert len(as_alice.get(f"{PROGRAMS}?uuids_only=1&q=python").json()) == 1


def test_a_bad_query_of_programs_is_400_with_the_reason(
    as_alice: APIClient, catalog: Course
) -> None:
    answer = as_alice.get(PROGRAMS, {"q": "title:(("})
    assert answer.status_code == 400
    assert "character" in answer.json()["detail"]
