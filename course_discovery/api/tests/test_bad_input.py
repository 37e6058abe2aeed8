"""Whatever is sent, the answer is a 4xx with a reason or what the contract says, never a 5xx."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory

RESOURCES = ("courses", "course_runs", "organizations", "subjects", "level_types")
SEARCHES = ("search/all", "search/courses", "search/course_runs", "search/all/facets",
            "search/courses/facets", "search/course_runs/facets")  # fmt: skip
PARAMETERS = ("page", "page_size", "limit", "offset", "q", "keys", "uuids", "ordering", "fields",
              "omit", "timestamp", "hidden", "marketable", "active", "include_restricted",
              "exclude_utm", "language_code", "course_type", "course_run_statuses", "start__gte",
              "selected_facets", "selected_query_facets", "partner", "content_type",
              "first_enrollable_paid_seat_price__lte", "published", "format")  # fmt: skip


@pytest.fixture
def catalog(partner: Partner, indexes: Any) -> None:
    CourseRunFactory(course=CourseFactory(partner=partner, key="NorthU+PHY101"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    resource=st.sampled_from(RESOURCES + SEARCHES),
    parameters=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.text(max_size=30) | st.sampled_from(["-1", "9" * 30, "1e9", "\x00", "null", "[]", "%"]),
        max_size=4,
    ),
)
def test_no_parameter_breaks_a_list(
    as_sam: APIClient, catalog: None, resource: str, parameters: dict[str, str]
) -> None:
    answer = as_sam.get(f"/api/v1/{resource}/", parameters)
    assert answer.status_code in {200, 400, 404}, (answer.status_code, answer.content[:300])
    if answer.status_code != 200:
        assert json.loads(answer.content)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(resource=st.sampled_from(RESOURCES + SEARCHES), name=st.text(min_size=1, max_size=60))
def test_no_address_breaks_a_detail(
    as_sam: APIClient, catalog: None, resource: str, name: str
) -> None:
    answer = as_sam.get(f"/api/v1/{resource}/{quote(name, safe='')}/")
    assert answer.status_code in {200, 301, 404}, answer.content[:300]


def nested(depth: int) -> str:
    return '{"q":' + "[" * depth + "]" * depth + "}"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (nested(40), "application/json", {400}),
        (nested(60), "application/json", {400}),
        (nested(100_000), "application/json", {400}),
        ("[1, 2]", "application/json", {400}),
        ('"text"', "application/json", {400}),
        ("{", "application/json", {400}),
        ("\x00", "application/json", {400}),
        ("q=physics", "application/x-www-form-urlencoded", {200}),
        ("q=physics", "text/plain", {415}),
        ("<q/>", "application/xml", {415}),
        ('{"q": null, "published": true, "hidden": false}', "application/json", {200}),
        ('{"published": "maybe"}', "application/json", {400}),
        ('{"q": {"match_all": {}}}', "application/json", {400}),
    ],
)
def test_bodies_of_search(
    as_alice: APIClient, catalog: None, body: str, content_type: str, status: set[int]
) -> None:
    answer: Any = as_alice.post("/api/v1/search/all/", body, content_type=content_type)
    assert answer.status_code in status, answer.content[:300]
    if answer.status_code >= 400:
        assert answer.json()


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_verbs_that_are_not_there_are_405(as_sam: APIClient, resource: str, verb: str) -> None:
    answer = getattr(as_sam, verb)(f"/api/v1/{resource}/", {})
    if verb == "post" and resource in ("courses", "course_runs"):
        assert answer.status_code == 400
        return
    assert answer.status_code == 405
    assert answer.json()["detail"]


def test_addresses_of_nothing_are_answered_in_json(anonymous: APIClient) -> None:
    answer = anonymous.get("/api/v1/nonsense/")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}


def test_formats_that_are_not_spoken_are_refused(as_alice: APIClient, catalog: None) -> None:
    assert as_alice.get("/api/v1/courses/", headers={"Accept": "text/csv"}).status_code == 406
    assert as_alice.get("/api/v1/courses/?format=xyz").status_code == 404
