"""The publisher front end fills its forms: people, collaborators, editors, sources."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseEditor, CourseRunStaff, Source
from course_discovery.course_metadata.tests import factories as make
from course_discovery.publisher.models import OrganizationExtension


@pytest.fixture
def course(partner: Partner, alice: User) -> Course:
    """A draft of the organization that Alice works for, and edits."""
    organization = make.OrganizationFactory(partner=partner, key="NorthU")
    group = Group.objects.create(name="NorthU")
    OrganizationExtension.objects.create(organization=organization, group=group)
    alice.groups.add(group)
    made: Course = make.CourseFactory(
        partner=partner, key="NorthU+PHY101", organizations=[organization], draft=True
    )
    CourseEditor.objects.create(course=made, user=alice)
    return made


def all_of(client: APIClient, address: str) -> list[dict[str, Any]]:
    """The rows of all pages; the client takes path and query of `next`."""
    found: list[dict[str, Any]] = []
    while address:
        body = client.get(address).json()
        found += body["results"]
        following = urlsplit(body["next"] or "")
        address = f"{following.path}?{following.query}" if following.query else ""
    return found


def test_editors_of_a_course(as_alice: APIClient, alice: User, course: Course) -> None:
    found = all_of(as_alice, f"/api/v1/course_editors/?course={course.uuid}")
    [editor] = found
    assert (editor["course"], editor["user"]["id"]) == (str(course.uuid), alice.pk)
    assert editor["user"].keys() == {"id", "full_name", "email"}
    shown = as_alice.get(f"/api/v1/courses/{course.uuid}/?editable=1&exclude_utm=1").json()
    assert shown["editors"] == found


def test_collaborators_over_all_pages(as_alice: APIClient) -> None:
    made = [make.CollaboratorFactory() for _ in range(45)]
    found = all_of(as_alice, "/api/v1/collaborators/")
    assert [each["uuid"] for each in found] == [str(each.uuid) for each in reversed(made)]
    assert all(each.keys() >= {"name", "image", "image_url", "uuid"} for each in found)


def test_sources(as_alice: APIClient) -> None:
    Source.objects.create(name="Own", slug="own", description="Our own courses")
    found = all_of(as_alice, "/api/v1/sources/")
    assert {"name": "Own", "slug": "own", "description": "Our own courses"} in found


def test_a_person_of_the_staff_list(as_alice: APIClient, course: Course) -> None:
    run = make.CourseRunFactory(course=course)
    person = make.PositionFactory(person__partner=course.partner).person
    CourseRunStaff.objects.create(course_run=run, person=person)
    shown = as_alice.get(f"/api/v1/course_runs/{run.key}/?editable=1").json()["staff"]
    body = as_alice.get(f"/api/v1/people/{shown[0]['uuid']}/").json()
    assert body == shown[0]
    assert body["position"].keys() >= {"title", "organization_id", "organization_override"}
    assert {
        "areas_of_expertise",
        "urls_detailed",
        "profile_image_url",
        "major_works",
    } <= body.keys()


def test_a_long_list_of_organizations(as_alice: APIClient, course: Course) -> None:
    body = as_alice.get("/api/v1/organizations/?page=1&page_size=500").json()
    assert (body["count"], body["next"]) == (0, None)
