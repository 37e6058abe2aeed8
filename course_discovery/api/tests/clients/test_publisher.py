"""The front end of course teams: its list of courses, and one course or run to edit."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import organization, restricted
from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, RestrictedCourseRun
from course_discovery.publisher.tests.people import edits, person, works_for

URL = "/api/v1/courses/"
LIST: dict[str, Any] = {
    "page": 1, "page_size": 50,
    "fields": "uuid,key,key_for_reruns,title,modified,editors,course_run_statuses",
    "editable": 1, "exclude_utm": 1, "ordering": "title", "course_type": "open-courses",
    "include_restricted": "custom-b2b-enterprise,custom-b2c",
}  # fmt: skip


@pytest.fixture
def bob(partner: Partner) -> User:
    """Works for NorthU."""
    return works_for(person("bob"), organization(partner))


@pytest.fixture
def as_bob(bob: User) -> APIClient:
    return signed_in(bob)


@pytest.fixture
def courses(partner: Partner, bob: User) -> dict[str, Course]:
    """Drafts of four courses of NorthU, one in each status, and one of SouthU."""
    made = {}
    for title, status in {
        "alpha": "published", "Beta": "review_by_legal", "gamma": "reviewed",
        "Delta": "unpublished",
    }.items():  # fmt: skip
        rows = with_draft(organization(partner), f"NorthU+{title}", title=title)
        run_with_draft(rows, status=status)
        made[title] = rows[0]
    with_draft(organization(partner, "SouthU"), "SouthU+X", title="Another's")
    edits(bob, made["gamma"])
    return made


def titles(client: APIClient, **more: Any) -> list[str]:
    answer = client.get(URL, LIST | more)
    assert answer.status_code == 200, answer.content
    return [course["title"] for course in answer.json()["results"]]


def test_the_list_of_courses(as_bob: APIClient, courses: dict[str, Course], bob: User) -> None:
    body = as_bob.get(URL, LIST).json()
    assert body["count"] == 4
    assert [course["title"] for course in body["results"]] == ["alpha", "Beta", "Delta", "gamma"]
    for course in body["results"]:
        assert list(course) == [
            "key", "uuid", "title", "course_run_statuses", "modified", "key_for_reruns", "editors",
        ]  # fmt: skip
    (editor,) = body["results"][3]["editors"]
    assert editor["user"]["id"] == bob.pk
    assert editor["user"]["email"] == "bob@example.com"


def test_the_list_goes_by_pages(as_bob: APIClient, courses: dict[str, Course]) -> None:
    assert titles(as_bob, page_size=3, page=2) == ["gamma"]
    assert titles(as_bob, ordering="-title") == ["gamma", "Delta", "Beta", "alpha"]


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("in_review", ["Beta"]),
        ("published", ["alpha"]),
        ("reviewed", ["gamma"]),
        ("unsubmitted", ["Delta"]),
        ("archived", []),
        ("in_review,published", ["alpha", "Beta"]),
    ],
)
def test_its_filters(
    as_bob: APIClient, courses: dict[str, Course], bob: User, status: str, found: list[str]
) -> None:
    assert titles(as_bob, course_run_statuses=status) == found
    assert titles(as_bob, pubq="ALPH", course_run_statuses=status) == [
        title for title in found if title == "alpha"
    ]
    assert titles(as_bob, editors=bob.pk, course_run_statuses=status) == [
        title for title in found if title == "gamma"
    ]


def test_one_course_to_edit(as_bob: APIClient, courses: dict[str, Course]) -> None:
    draft = courses["alpha"]
    Course.everything.filter(pk=draft.pk).update(title="alpha, changed")
    query: dict[str, Any] = {
        "editable": 1,
        "exclude_utm": 1,
        "include_restricted": LIST["include_restricted"],
    }
    body = as_bob.get(f"{URL}{draft.uuid}/", query).json()
    assert (body["title"], body["editable"]) == ("alpha, changed", True)
    assert body["has_unpublished_changes"] is True
    assert [run["status"] for run in body["course_runs"]] == ["published"]
    gamma = as_bob.get(f"{URL}{courses['gamma'].uuid}/", query).json()
    assert [editor["user"]["full_name"] for editor in gamma["editors"]] == ["bob"]


def test_restricted_runs_are_edited_like_others(
    as_bob: APIClient, courses: dict[str, Course]
) -> None:
    run = courses["alpha"].course_runs.get()
    restricted(run, "custom-b2c")
    RestrictedCourseRun.everything.filter(course_run=run).update(draft=True)
    query: dict[str, Any] = {"editable": 1, "include_restricted": LIST["include_restricted"]}
    body = as_bob.get(f"/api/v1/course_runs/{run.key}/", query).json()
    assert body["restriction_type"] == "custom-b2c"
    assert titles(as_bob, course_run_statuses="published") == ["alpha"]
