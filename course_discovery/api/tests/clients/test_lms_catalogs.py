"""The page of the platform on which staff keeps catalogs for users of its API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, rows
from course_discovery.core.models import Partner, User

URL = "/api/v1/catalogs/"


@pytest.fixture
def found(partner: Partner, indexes: Any, drain: Callable[[], None]) -> None:
    """Three courses that a search finds."""
    for number in range(3):
        sold_run(sold_course(partner, f"NorthU+PHY{number}"), "1T2030")
    sold_course(partner, "NorthU+MUS", title="Songs")
    drain()


def test_catalogs_of_a_user_are_kept(as_sam: APIClient, alice: User, found: None) -> None:
    assert rows(as_sam, URL, {"username": "alice"}) == []
    body = {"name": "For Alice", "query": "title:waves", "viewers": ["alice", "newcomer"]}
    made = as_sam.post(URL, body)
    assert made.status_code == 201
    (row,) = rows(as_sam, URL, {"username": "alice"})
    has(row, "id name query courses_count viewers")
    assert (row["courses_count"], row["viewers"]) == (3, ["alice", "newcomer"])
    assert as_sam.get(f"{URL}{row['id']}/").json() == row
    patched = as_sam.patch(f"{URL}{row['id']}/", {**body, "query": "*", "viewers": ["alice"]})
    assert patched.json() == row | {"query": "*", "courses_count": 4, "viewers": ["alice"]}
    assert as_sam.delete(f"{URL}{row['id']}/").status_code == 204
    assert rows(as_sam, URL, {"username": "alice"}) == []


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name", "query"}),
        ({"name": "", "query": ""}, {"name", "query"}),
        ({"name": "N", "query": "*", "viewers": ["no such name"]}, {"viewers"}),
    ],
)
def test_errors_are_told_by_field(
    as_sam: APIClient, found: None, body: dict[str, Any], fields: set[str]
) -> None:
    answer = as_sam.post(URL, body)
    assert answer.status_code == 400
    assert set(answer.json()) == fields
    assert all(isinstance(text, str) for texts in answer.json().values() for text in texts)


def test_a_query_is_previewed(as_sam: APIClient, found: None) -> None:
    page = as_sam.get("/api/v1/courses/?q=title:waves&limit=2&offset=1").json()
    assert list(page) == ["count", "next", "previous", "results"]
    assert (page["count"], len(page["results"]), page["next"]) == (3, 2, None)
    bad = as_sam.get("/api/v1/courses/?q=title:(&limit=2")
    assert bad.status_code == 400
    assert "character" in bad.json()["detail"]


def test_whoever_was_made_a_viewer_reads_the_catalog(
    as_sam: APIClient, as_alice: APIClient, found: None
) -> None:
    number = as_sam.post(URL, {"name": "N", "query": "title:waves", "viewers": ["alice"]}).json()[
        "id"
    ]
    assert [row["id"] for row in rows(as_alice, URL)] == [number]
    assert len(rows(as_alice, f"{URL}{number}/courses/")) == 3
    contains = as_alice.get(f"{URL}{number}/contains/", {"course_id": "NorthU+PHY1,NorthU+MUS"})
    assert contains.json() == {"courses": {"NorthU+PHY1": True, "NorthU+MUS": False}}
    assert as_alice.patch(f"{URL}{number}/", {"name": "Mine"}).status_code == 403
    assert as_alice.delete(f"{URL}{number}/").status_code == 403
