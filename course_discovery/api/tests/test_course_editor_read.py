"""Reading editors of courses: staff see all, others the editors of their own organizations."""

from base64 import b64encode
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.test_contract_keys import fits
from course_discovery.api.v1.shapes.course_editor import CourseEditorShape
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseEditor
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    PartnerFactory,
)
from course_discovery.publisher.models import OrganizationExtension

URL = "/api/v1/course_editors/"


def group_of(partner: Partner, key: str) -> Group:
    """The group of a new organization."""
    extension = OrganizationExtension.objects.create(
        organization=OrganizationFactory(partner=partner, key=key),
        group=Group.objects.create(name=key),
    )
    group: Group = extension.group
    return group


@pytest.fixture
def north(partner: Partner) -> Group:
    return group_of(partner, "NorthU")


@pytest.fixture
def south(partner: Partner) -> Group:
    return group_of(partner, "SouthU")


@pytest.fixture
def course(partner: Partner) -> Course:
    made: Course = CourseFactory(partner=partner, draft=True)
    return made


def editor(course: Course, name: str, *groups: Group) -> CourseEditor:
    user = User.objects.create_user(name, f"{name}@example.com")
    user.groups.add(*groups)
    made: CourseEditor = CourseEditor.objects.create(course=course, user=user)
    return made


def names(client: APIClient, query: str = "") -> list[str]:
    return [each["user"]["full_name"] for each in client.get(f"{URL}{query}").json()["results"]]


def test_an_editor_is_told_with_user_and_course(as_sam: APIClient, course: Course) -> None:
    ann = editor(course, "ann")
    expected = {
        "id": ann.pk,
        "user": {"id": ann.user_id, "full_name": "ann", "email": "ann@example.com"},
        "course": str(course.uuid),
    }
    assert as_sam.get(f"{URL}{ann.pk}/").json() == expected
    body = as_sam.get(URL).json()
    assert body == {"next": None, "previous": None, "results": [expected]}
    fits(expected, CourseEditorShape(), "editor")


def test_who_sees_whom(
    as_sam: APIClient, as_alice: APIClient, anonymous: APIClient, alice: User, course: Course,
    north: Group, south: Group,
) -> None:  # fmt: skip
    plain = Group.objects.create(name="Legal Team Members")
    rows = {
        "colleague": editor(course, "colleague", north),
        "both": editor(course, "both", north, south),
        "stranger": editor(course, "stranger", south),
        "lawyer": editor(course, "lawyer", plain),
        "nobody": editor(course, "nobody"),
    }
    assert names(as_alice) == []
    alice.groups.add(north, plain)
    seen = {
        as_sam: ["nobody", "lawyer", "stranger", "both", "colleague"],
        as_alice: ["both", "colleague"],
        anonymous: [],
    }
    for client, expected in seen.items():
        assert names(client) == expected
        for name, row in rows.items():
            status = 200 if name in expected else 404
            assert client.get(f"{URL}{row.pk}/").status_code == status, name
    alice.is_superuser = True
    alice.save()
    assert names(as_alice) == ["both", "colleague"]


def test_who_sees_themselves(
    as_alice: APIClient, alice: User, course: Course, north: Group
) -> None:
    CourseEditor.objects.create(course=course, user=alice)
    assert names(as_alice) == []
    alice.groups.add(north)
    assert names(as_alice) == ["alice"]


def test_courses_of_other_partners_are_not_told(as_sam: APIClient, course: Course) -> None:
    foreign = editor(CourseFactory(partner=PartnerFactory()), "ann")
    assert names(as_sam) == []
    assert as_sam.get(f"{URL}{foreign.pk}/").status_code == 404


def test_editors_of_one_course(as_sam: APIClient, course: Course, partner: Partner) -> None:
    editor(course, "ann")
    editor(CourseFactory(partner=partner), "bob")
    assert names(as_sam, f"?course={course.uuid}") == ["ann"]
    assert names(as_sam, "?course=00000000-0000-4000-8000-000000000000") == []
    answer = as_sam.get(f"{URL}?course=zzz")
    assert (answer.status_code, list(answer.json())) == (400, ["course"])


def test_pages_lead_on_by_cursor(as_sam: APIClient, course: Course) -> None:
    made = [editor(course, f"user{number:02}").user.username for number in range(45)]
    pages, address = [], f"{URL}?course={course.uuid}&page_size=3"
    while address:
        body = as_sam.get(address).json()
        assert "count" not in body
        pages.append([each["user"]["full_name"] for each in body["results"]])
        address = body["next"]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [name for page in pages for name in page] == made[::-1]
    back = as_sam.get(body["previous"]).json()
    assert [each["user"]["full_name"] for each in back["results"]] == pages[1]


def test_rows_made_at_one_moment_are_all_shown(as_sam: APIClient, course: Course) -> None:
    for number in range(45):
        editor(course, f"user{number}")
    CourseEditor.objects.update(created=course.created)
    found, address = [], URL
    while address:
        body = as_sam.get(address).json()
        found += [each["id"] for each in body["results"]]
        address = body["next"]
    assert sorted(found) == sorted(CourseEditor.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "position",
    ["junk", "2030-01-01", "2030-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "99999-1-1", ""],
)
def test_cursors_that_nobody_gave_out_are_404(
    as_sam: APIClient, course: Course, position: str
) -> None:
    cursor = b64encode(f"p={position}".encode()).decode()
    assert as_sam.get(URL, {"cursor": cursor}).status_code == 404
    assert as_sam.get(URL, {"cursor": "zzz"}).status_code == 404


@pytest.mark.parametrize("name", ["0", "zzz", "9" * 30, "-1"])
def test_addresses_of_nobody(as_sam: APIClient, course: Course, name: str) -> None:
    assert as_sam.get(f"{URL}{name}/").status_code == 404


def test_what_did_not_change_is_not_sent_again(as_sam: APIClient, course: Course) -> None:
    ann = editor(course, "ann")
    tag = as_sam.get(URL)["ETag"]
    assert as_sam.get(URL, headers={"If-None-Match": tag}).status_code == 304
    ann.user.email = "new@example.com"
    ann.user.save()
    again = as_sam.get(URL, headers={"If-None-Match": tag})
    assert again.json()["results"][0]["user"]["email"] == "new@example.com"


def test_cost_does_not_depend_on_the_number_of_editors(
    as_alice: APIClient, alice: User, course: Course, north: Group
) -> None:
    alice.groups.add(north)

    def costs() -> Any:
        with CaptureQueriesContext(connection) as queries:
            assert names(as_alice)
        return len(queries)

    editor(course, "ann", north)
    few = costs()
    for number in range(18):
        editor(course, f"user{number}", north)
    assert costs() == few <= 5
