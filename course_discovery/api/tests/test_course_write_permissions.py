"""Who may write which course: persons, verbs and states of a course."""

from typing import Any

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import north
from course_discovery.api.tests.course_writing import URL, new_course
from course_discovery.api.tests.drafts import with_draft
from course_discovery.course_metadata.models import Course, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory
from course_discovery.publisher.tests.people import edits
from course_discovery.publisher.tests.persons import PERSONS, cast

__all__ = ["north"]

VERBS = ("get", "options", "post", "put", "patch", "delete")
# By person: GET and OPTIONS of what is official, POST, then PUT, PATCH and DELETE of a course that
# Carol edits. Whoever may delete is told 409 of a course that was published.
EDITED = {
    "anonymous": (401, 401, 401, 401, 401, 401),
    "alice": (200, 200, 403, 403, 403, 403),
    "bob": (200, 200, 201, 404, 404, 404),
    "carol": (200, 200, 201, 200, 200, 409),
    "frank": (200, 200, 403, 403, 403, 403),
    "dave": (200, 200, 403, 404, 404, 404),
    "erin": (200, 200, 201, 404, 404, 404),
    "lena": (200, 200, 403, 404, 404, 404),
    "connie": (200, 200, 201, 404, 404, 404),
    "sam": (200, 200, 201, 200, 200, 409),
    "paula": (200, 200, 201, 200, 200, 409),
    "root": (200, 200, 403, 403, 403, 403),
}
# The same of a course that nobody edits any more: it is its organization's.
ORPHANED = {
    **EDITED,
    **dict.fromkeys(("bob", "erin", "connie"), (200, 200, 201, 200, 200, 409)),
    "carol": (200, 200, 201, 200, 200, 409),
}
# While internal users are restricted; Erin and Connie are internal, Connie coordinates.
RESTRICTED = {
    **EDITED,
    "erin": (200, 200, 403, 403, 403, 403),
    "connie": (200, 200, 201, 403, 403, 403),
    "sam": (200, 200, 403, 403, 403, 403),
}


def client_of(user: Any) -> APIClient:
    client = APIClient()
    if user.is_authenticated:
        client.force_authenticate(user)
    return client


def statuses(client: APIClient, key: str = "NorthU+A") -> tuple[int, ...]:
    address = f"{URL}{key}/"
    whole = {"key": key, "type": new_course()["type"], "partner": 1, "title": "New"}
    answers = {
        "get": client.get(address),
        "options": client.options(address),
        "post": client.post(URL, new_course(), format="json"),
        "put": client.put(address, whole, format="json"),
        "patch": client.patch(address, {"title": "Newer"}, format="json"),
        "delete": client.delete(address),
    }
    return tuple(answers[verb].status_code for verb in VERBS)


@pytest.mark.parametrize("name", PERSONS)
def test_of_a_course_with_an_editor(north: Organization, name: str) -> None:
    draft, _official = with_draft(north, "NorthU+A")
    assert statuses(client_of(cast(north, draft)[name])) == EDITED[name]


@pytest.mark.parametrize("name", PERSONS)
def test_of_a_course_without_editors(north: Organization, name: str) -> None:
    with_draft(north, "NorthU+A")
    assert statuses(client_of(cast(north)[name])) == ORPHANED[name]


@pytest.mark.parametrize("name", PERSONS)
@override_settings(PUBLISHER_RESTRICT_INTERNAL_USERS=True)
def test_while_internal_users_are_restricted(north: Organization, name: str) -> None:
    draft, _official = with_draft(north, "NorthU+A")
    assert statuses(client_of(cast(north, draft)[name])) == RESTRICTED[name]


@pytest.mark.parametrize("name", PERSONS)
def test_of_a_draft_that_was_never_published(north: Organization, name: str) -> None:
    """Nobody finds it officially, and whoever may edit it may delete it."""
    draft = CourseFactory(partner=north.partner, key="NorthU+A", organizations=[north], draft=True)
    get, _options, *writes = EDITED[name]
    wanted = (404 if get == 200 else get, get, *(204 if each == 409 else each for each in writes))
    assert statuses(client_of(cast(north, draft)[name])) == wanted


@pytest.mark.parametrize("name", PERSONS)
def test_of_an_official_course_without_a_draft(north: Organization, name: str) -> None:
    course = CourseFactory(partner=north.partner, key="NorthU+A", organizations=[north])
    assert statuses(client_of(cast(north, course)[name])) == EDITED[name]
    may = EDITED[name][4] == 200
    assert Course.everything.filter(key="NorthU+A", draft=True).exists() is may


@pytest.mark.parametrize("name", PERSONS)
def test_of_what_is_not_there(north: Organization, name: str) -> None:
    user = cast(north)[name]
    client = client_of(user)
    refused = EDITED[name][4] if EDITED[name][4] in (401, 403) else 404
    for key in ("NorthU+Z", "11111111-1111-1111-1111-111111111111"):
        for verb in ("put", "patch", "delete"):
            assert getattr(client, verb)(f"{URL}{key}/").status_code == refused


@pytest.mark.parametrize("name", PERSONS)
def test_a_course_without_organization_is_a_bad_request(north: Organization, name: str) -> None:
    answer = client_of(cast(north)[name]).post(URL, new_course(org=None), format="json")
    assert answer.status_code == (401 if name == "anonymous" else 400)


@pytest.mark.parametrize("name", PERSONS)
def test_options_describe_a_course_to_whoever_may_write_it(north: Organization, name: str) -> None:
    draft, _official = with_draft(north, "NorthU+A")
    client = client_of(cast(north, draft)[name])
    if name == "anonymous":
        assert client.options(URL).status_code == 401
        return
    assert list(client.options(URL).json()["actions"]) == ["POST"]
    found = client.options(f"{URL}NorthU+A/").json().get("actions", {})
    assert list(found) == (["PUT"] if EDITED[name][3] == 200 else [])


def test_courses_of_other_tenants_are_not_found(north: Organization) -> None:
    stranger = CourseFactory(key="Moon+A", draft=True)
    people = cast(north)
    edits(people["bob"], stranger)
    for name in ("bob", "sam"):
        answer = client_of(people[name]).patch(f"{URL}Moon+A/", {"title": "x"}, format="json")
        assert answer.status_code == 404
