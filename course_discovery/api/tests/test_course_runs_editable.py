"""Runs as course teams see them: `editable=1`. Stricter than for courses: who may not edit a
course does not see its draft runs."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseRun, RestrictedCourseRun
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
)
from course_discovery.publisher.tests.people import edits, person, works_for

URL = "/api/v1/course_runs/"


@pytest.fixture
def courses(partner: Partner) -> dict[str, tuple[Course, Course]]:
    """Two courses of North and one of South, each with a run whose draft has another title."""
    made = {}
    organizations = {key: OrganizationFactory(partner=partner, key=key) for key in ("N", "S")}
    for key in ("N+A", "N+B", "S+C"):
        made[key] = with_draft(organizations[key[0]], key)
        draft, _official = run_with_draft(made[key], title_override=key)
        CourseRun.everything.filter(pk=draft.pk).update(title_override=f"Draft {key}")
    return made


@pytest.fixture
def people(courses: dict[str, tuple[Course, Course]]) -> dict[str, User]:
    """Bob and Carol work for North, where Carol edits B; Dave for South; Erin is in a group."""
    north = courses["N+A"][0].authoring_organizations.get()
    south = courses["S+C"][0].authoring_organizations.get()
    erin = person("erin")
    erin.groups.add(Group.objects.create(name="General Staff"))
    return {
        "alice": person("alice"),
        "bob": works_for(person("bob"), north),
        "carol": edits(works_for(person("carol"), north), courses["N+B"][0]),
        "dave": works_for(person("dave"), south),
        "erin": erin,
        "sam": person("sam", is_staff=True),
        "root": person("root", is_superuser=True),
    }


def titles(client: APIClient, query: str = "") -> list[str]:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.content
    return [each["title"] for each in answer.json()["results"]]


@pytest.mark.parametrize(
    ("name", "drafts"),
    [
        ("alice", None),
        ("root", None),
        ("erin", ""),
        ("bob", "A"),
        ("carol", "AB"),
        ("dave", "C"),
        ("sam", "ABC"),
    ],
)
def test_who_reads_which_runs(people: dict[str, User], name: str, drafts: str | None) -> None:
    client = signed_in(people[name])
    assert titles(client) == ["N+A", "N+B", "S+C"]
    if drafts is None:
        for address in (f"{URL}?editable=1", f"{URL}course-v1:N+A+1/?editable=1"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert answer.json() == {"detail": "You do not have permission to perform this action."}
        return
    assert titles(client, "editable=1") == [
        f"Draft {key}" for key in ("N+A", "N+B", "S+C") if key[-1] in drafts
    ]
    for key in ("N+A", "N+B", "S+C"):
        answer = client.get(f"{URL}course-v1:{key}+1/?editable=1")
        assert answer.status_code == (200 if key[-1] in drafts else 404)
        if key[-1] in drafts:
            assert answer.json()["title"] == f"Draft {key}"


def test_official_runs_without_a_draft_are_shown_as_they_are(people: dict[str, User]) -> None:
    north = Course.objects.get(key="N+A").authoring_organizations.get()
    course = CourseFactory(partner=north.partner, key="N+Z", organizations=[north], title="Z")
    CourseRunFactory(course=course, key="course-v1:N+Z+1")
    client = signed_in(people["bob"])
    assert titles(client, "editable=1") == ["Draft N+A", "Z"]
    body = client.get(f"{URL}course-v1:N+Z+1/?editable=1").json()
    assert body["has_unpublished_changes"] is False


def test_draft_runs_of_other_partners_are_not_shown(people: dict[str, User]) -> None:
    run_with_draft(with_draft(OrganizationFactory(partner=PartnerFactory()), "O+X"))
    client = signed_in(people["sam"])
    assert len(titles(client, "editable=1")) == 3
    assert client.get(f"{URL}course-v1:O+X+1/?editable=1").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("active=1", 3),
        ("marketable=1", 0),
        ("hidden=0", 3),
        ("keys=course-v1:N%2BA%2B1", 1),
        ("license=mit", 0),
        ("has_unpublished_changes=1", 2),
        ("has_unpublished_changes=0", 1),
    ],
)
def test_filters_hold_for_drafts(people: dict[str, User], query: str, count: int) -> None:
    CourseRun.everything.filter(key="course-v1:N+A+1").update(title_override="the same")
    assert len(titles(signed_in(people["sam"]), f"editable=1&{query}")) == count


def test_restricted_drafts_are_hidden_unless_named(
    people: dict[str, User], courses: dict[str, Any]
) -> None:
    RestrictedCourseRun.everything.create(
        course_run=courses["N+A"][0].course_runs.get(), restriction_type="custom-b2c", draft=True
    )
    client = signed_in(people["bob"])
    assert titles(client, "editable=1") == []
    assert client.get(f"{URL}course-v1:N+A+1/?editable=1").status_code == 404
    shown = client.get(f"{URL}course-v1:N+A+1/?editable=1&include_restricted=custom-b2c")
    assert shown.json()["restriction_type"] == "custom-b2c"


def test_a_query_string_does_not_search_drafts(people: dict[str, User], indexes: Any) -> None:
    answer = signed_in(people["sam"]).get(f"{URL}?editable=1&q=north")
    assert (answer.status_code, list(answer.json())) == (400, ["q"])


def test_whether_a_draft_has_unpublished_changes_is_said_of_drafts_only(
    people: dict[str, User],
) -> None:
    client = signed_in(people["sam"])
    address = f"{URL}course-v1:N+A+1/"
    assert "has_unpublished_changes" not in client.get(address).json()
    assert client.get(f"{address}?editable=1").json()["has_unpublished_changes"] is True
