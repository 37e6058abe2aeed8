"""Adding and removing editors of courses."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import with_draft
from course_discovery.api.tests.persons import client_of, expected, statuses
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseEditor, Organization
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    PartnerFactory,
)
from course_discovery.publisher.tests.people import edits, person, works_for
from course_discovery.publisher.tests.persons import cast

URL = "/api/v1/course_editors/"
MODES = pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])


@pytest.fixture
def north(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return organization


@pytest.fixture
def course(north: Organization) -> Course:
    return with_draft(north, "NorthU+PHY101")[0]


@pytest.fixture
def people(north: Organization, course: Course) -> dict[str, Any]:
    return cast(north, course)


@MODES
def test_who_may_add_whom(
    people: dict[str, Any], course: Course, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    body = {"course": str(course.uuid), "user_id": people["bob"].pk}
    table = {201: "carol sam+ paula"}
    found = statuses(people, lambda client: client.post(URL, body))
    assert found == expected(people, table, restricted)


@MODES
def test_who_may_add_themselves(
    people: dict[str, Any], course: Course, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    CourseEditor.objects.all().delete()
    # Staff who work for no author are no editors.
    found = statuses(people, lambda client: client.post(URL, {"course": str(course.uuid)}))
    assert found == expected(people, {201: "bob carol erin+ connie"}, restricted)


@MODES
def test_who_may_remove_an_editor(
    people: dict[str, Any], course: Course, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    editor = CourseEditor.objects.get(user=people["carol"])
    # Who works for no author does not even see her.
    table = {204: "carol sam+ paula", 404: "alice dave frank lena root"}
    found = statuses(people, lambda client: client.delete(f"{URL}{editor.pk}/"))
    assert found == expected(people, table, restricted)


def test_nobody_changes_an_editor_into_another(people: dict[str, Any]) -> None:
    editor = CourseEditor.objects.get(user=people["carol"])
    for verb in ("put", "patch"):
        answer = getattr(client_of(people["sam"]), verb)(f"{URL}{editor.pk}/", {})
        assert answer.status_code == 405


def test_an_editor_is_answered_and_hangs_on_the_draft(
    people: dict[str, Any], course: Course
) -> None:
    body = {"course": str(course.uuid), "user_id": people["bob"].pk, "junk": 1}
    answer = client_of(people["carol"]).post(URL, body)
    editor = CourseEditor.objects.get(user=people["bob"])
    assert editor.course == course
    assert answer.json() == {
        "id": editor.pk,
        "user": {"id": people["bob"].pk, "full_name": "bob", "email": "bob@example.com"},
        "course": str(course.uuid),
    }


@pytest.mark.parametrize("name", ["dave", "sam", "frank"])
def test_editors_work_for_an_author(people: dict[str, Any], course: Course, name: str) -> None:
    CourseEditor.objects.filter(user=people["frank"]).delete()
    body = {"course": str(course.uuid), "user_id": people[name].pk}
    answer = client_of(people["sam"]).post(URL, body)
    assert answer.status_code == 403
    assert answer.json() == {
        "detail": "Editor does not belong to an authoring organization of this course."
    }


def test_an_editor_twice(people: dict[str, Any], course: Course) -> None:
    answer = client_of(people["carol"]).post(URL, {"course": str(course.uuid)})
    assert answer.status_code == 400
    assert CourseEditor.objects.filter(user=people["carol"]).count() == 1


def test_editors_of_different_organizations_remove_each_other(
    people: dict[str, Any], course: Course, partner: Partner
) -> None:
    south = OrganizationFactory(partner=partner, key="SouthU")
    course.author_links.create(organization=south, sort_value=1)
    gina = edits(works_for(person("gina"), south), course)
    editor = CourseEditor.objects.get(user=gina)
    assert client_of(people["carol"]).delete(f"{URL}{editor.pk}/").status_code == 204


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ([], 400),
        ("x", 400),
        ({"course": None}, 400),
        ({"course": "junk"}, 400),
        ({"course": ["a"]}, 400),
        ({"course": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"course": "{uuid}", "user_id": 10**9}, 404),
        ({"course": "{uuid}", "user_id": 2**63 - 1}, 404),
        ({"course": "{uuid}", "user_id": 2**70}, 400),
        ({"course": "{uuid}", "user_id": -1}, 400),
        ({"course": "{uuid}", "user_id": "bob"}, 400),
        ({"course": "{uuid}", "user_id": {}}, 400),
    ],
)
def test_bad_bodies(as_sam: APIClient, course: Course, body: Any, status: int) -> None:
    if isinstance(body, dict) and body.get("course") == "{uuid}":
        body = {**body, "course": str(course.uuid)}
    assert as_sam.post(URL, body).status_code == status


def test_courses_of_another_partner_are_unknown(as_sam: APIClient) -> None:
    other = CourseFactory(partner=PartnerFactory(short_code="other"), draft=True)
    assert as_sam.post(URL, {"course": str(other.uuid)}).status_code == 404
    editor = CourseEditor.objects.create(course=other, user=person("olga"))
    assert as_sam.delete(f"{URL}{editor.pk}/").status_code == 404
