"""Writing course runs over REST: rows 12 and 14 to 17 of the contract."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunType,
    Organization,
)
from course_discovery.course_metadata.tests.factories import (
    OrganizationFactory,
)
from course_discovery.publisher.tests.people import edits, person, works_for

URL = "/api/v1/course_runs/"
START, END = "2027-02-01T00:00:00Z", "2027-06-01T00:00:00Z"


@pytest.fixture
def north(partner: Partner) -> Organization:
    return OrganizationFactory(partner=partner, key="NorthU")


@pytest.fixture
def carol(north: Organization) -> User:
    """An editor."""
    return works_for(person("carol"), north)


@pytest.fixture
def courses(north: Organization, carol: User) -> tuple[Course, Course]:
    """A course with a draft that Carol edits."""
    made = with_draft(north, "NorthU+PHY1", title="Physics")
    edits(carol, made[0])
    return made


@pytest.fixture
def as_carol(carol: User, courses: tuple[Course, Course]) -> APIClient:
    return signed_in(carol)


def run_type(slug: str = "verified-audit") -> str:
    return str(CourseRunType.objects.get(slug=slug).uuid)


def new_run(**values: Any) -> dict[str, Any]:
    return {
        "course": "NorthU+PHY1", "start": START, "end": END, "run_type": run_type(), **values,
    }  # fmt: skip


def address(run: CourseRun) -> str:
    return f"{URL}{run.key}/"


def test_a_run_is_made(as_carol: APIClient, courses: tuple[Course, Course]) -> None:
    answer = as_carol.post(URL, new_run(prices={"verified": 49, "audit": ""}))
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["key"] == "course-v1:NorthU+PHY1+1T2027"
    assert (body["status"], body["course"]) == ("unpublished", "NorthU+PHY1")
    assert body["pacing_type"] == "instructor_paced"
    assert {seat["type"]: seat["price"] for seat in body["seats"]} == {
        "audit": "0.00", "verified": "49.00",
    }  # fmt: skip
    verified = next(seat for seat in body["seats"] if seat["type"] == "verified")
    assert verified["upgrade_deadline"] == "2027-05-22T23:59:59Z"
    run = CourseRun.everything.get(key=body["key"])
    assert run.draft and run.course == courses[0]
    courses[0].refresh_from_db()
    assert courses[0].canonical_course_run == run
