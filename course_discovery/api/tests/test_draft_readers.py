"""Who reads drafts: persons by states of the review, with internal users free and restricted."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.tests.course_runs import draft_course, run_of
from course_discovery.publisher.tests.persons import PERSONS, cast

STAFF = {"sam", "paula"}
TEAM = {"carol", "connie", *STAFF}
ORGANIZATION = {"bob", "erin"}
# Who reads the run, by its status. Colleagues of editors read the course alone.
READERS = {
    "unpublished": TEAM,
    "review_by_legal": {*TEAM, "lena"},
    "review_by_internal": TEAM,
    "published": TEAM,
}


@pytest.fixture
def course(partner: Partner) -> Course:
    return draft_course(OrganizationFactory(partner=partner, key="NorthU"))


def found(address: str, user: Any) -> bool:
    """Whether the list and the page of the draft show it; they must agree."""
    client = APIClient()
    if not user.is_anonymous:
        client.force_authenticate(user)
    listed = client.get(address.rpartition("/")[0] + "/?editable=1")
    page = client.get(f"{address}/?editable=1")
    shown = listed.status_code == 200 and listed.json()["count"] == 1
    assert page.status_code == 200 if shown else page.status_code in (401, 403, 404)
    return shown


@pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])
@pytest.mark.parametrize("status", READERS)
def test_who_reads(course: Course, settings: Any, status: str, restricted: bool) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    people = cast(course.authoring_organizations.get(), course)
    run = run_of(course, status)
    runs = {name for name in PERSONS if found(f"/api/v1/course_runs/{run.key}", people[name])}
    assert runs == READERS[status]
    courses = {name for name in PERSONS if found(f"/api/v1/courses/{course.key}", people[name])}
    assert courses == READERS[status] | ORGANIZATION


@pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])
def test_without_editors_the_organization_reads_the_runs(
    course: Course, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    people = cast(course.authoring_organizations.get())
    run = run_of(course, "unpublished")
    runs = {name for name in PERSONS if found(f"/api/v1/course_runs/{run.key}", people[name])}
    assert runs == TEAM | ORGANIZATION


def test_reviewers_read_what_is_to_be_published(course: Course) -> None:
    people = cast(course.authoring_organizations.get(), course)
    run = run_of(course, "review_by_legal")
    client = APIClient()
    for name, status in {"lena": 200, "connie": 200, "bob": 404, "dave": 404}.items():
        client.force_authenticate(people[name])
        assert client.get(f"/api/v1/course_runs/{run.key}/diff/").status_code == status, name
        assert client.get(f"/api/v1/courses/{course.key}/explain/").status_code in (200, status)
