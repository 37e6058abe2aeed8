"""Drafts against their official rows."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    Course,
    CourseEntitlement,
    CourseRun,
    Fact,
    SeatType,
)
from course_discovery.course_metadata.operations.course_url_slug import set_active_url_slug
from course_discovery.course_metadata.operations.nested import write_nested
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseRunFactory,
    OrganizationFactory,
    SubjectFactory,
)
from course_discovery.publisher.tests.course_runs import NOW
from course_discovery.publisher.tests.persons import cast

RUNS = "/api/v1/course_runs/"
COURSES = "/api/v1/courses/"


@pytest.fixture
def courses(partner: Partner) -> tuple[Course, Course]:
    return with_draft(OrganizationFactory(partner=partner, key="NorthU"), "NorthU+PHY1")


def test_differences_of_runs_are_told_field_by_field(
    courses: tuple[Course, Course], as_sam: APIClient
) -> None:
    draft, _official = run_with_draft(courses)
    body = as_sam.get(f"{RUNS}{draft.key}/diff/").json()
    assert (body["differences"], body["is_official"]) == ([], True)
    CourseRun.everything.filter(pk=draft.pk).update(title_override="New", hidden=True)
    body = as_sam.get(f"{RUNS}{draft.uuid}/diff/").json()
    assert body["differences"] == [
        {"field": "title", "draft": "New", "official": None},
        {"field": "hidden", "draft": True, "official": False},
    ]
    assert (body["submission"]["status"], body["submission"]["publishes"]) == ("published", True)
    new = CourseRunFactory(course=courses[0], status="review_by_legal")
    body = as_sam.get(f"{RUNS}{new.key}/diff/").json()
    assert (body["is_official"], body["submission"]) == (False, None)
    assert {"field": "key", "draft": new.key, "official": None} in body["differences"]


def test_differences_of_courses_are_told_field_by_field(
    courses: tuple[Course, Course], as_sam: APIClient
) -> None:
    draft, official = courses
    run, _twin = run_with_draft(courses)
    address = f"{COURSES}{draft.key}/diff/"
    set_active_url_slug(course=official, url_slug="physics", now=NOW)
    body = as_sam.get(address).json()
    assert (body["differences"], body["is_official"]) == ([], True)
    Course.everything.filter(pk=draft.pk).update(title="New")
    draft.subjects.add(SubjectFactory(partner=draft.partner, slug="physics"))
    CourseEntitlementFactory(
        course=official, mode=SeatType.objects.get_or_create(slug="verified")[0], price=Decimal(39)
    )
    set_active_url_slug(course=draft, url_slug="new-physics", now=NOW)
    found = {each["field"]: each for each in as_sam.get(address).json()["differences"]}
    assert (found["title"]["draft"], found["title"]["official"]) == ("New", draft.key)
    assert (found["subjects"]["draft"], found["subjects"]["official"]) == (["physics"], [])
    assert found["entitlements.verified"]["draft"] is None
    assert found["entitlements.verified"]["official"]["price"] == "39.00"
    assert found["url_slug"] == {
        "field": "url_slug", "draft": "new-physics", "official": "physics"
    }  # fmt: skip
    assert len(found) == 4
    assert as_sam.get(address).json()["course_runs"] == [
        {"key": run.key, "status": "published", "has_unpublished_changes": False}
    ]


def test_what_both_rows_lead_to_is_compared_by_what_it_says(
    courses: tuple[Course, Course], as_sam: APIClient
) -> None:
    draft, _official = courses
    shared = AdditionalMetadata.objects.create(external_url="https://old.example.com")
    shared.facts.add(Fact.objects.create(heading="8", blurb="weeks"))
    Course.everything.filter(uuid=draft.uuid).update(additional_metadata=shared)
    draft.refresh_from_db()

    def write() -> bool:
        mine = draft.additional_metadata
        assert mine is not None
        mine.external_url = "https://new.example.com"
        mine.save()
        return True

    write_nested(draft, "additional_metadata", write)
    body = as_sam.get(f"{COURSES}{draft.uuid}/diff/").json()
    assert body["differences"] == [
        {
            "field": "additional_metadata.external_url",
            "draft": "https://new.example.com",
            "official": "https://old.example.com",
        }
    ]


def test_what_differs_costs_what_publishing_it_costs(
    courses: tuple[Course, Course], as_sam: APIClient
) -> None:
    draft, official = courses
    run_with_draft(courses)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            as_sam.get(f"{COURSES}{draft.key}/diff/")
        return len(seen)

    def differ() -> None:
        draft.subjects.add(SubjectFactory(partner=draft.partner))
        official.subjects.add(SubjectFactory(partner=draft.partner))

    CourseEntitlement.everything.filter(course=official).delete()
    differ()
    count()
    before = count()
    for _number in range(4):
        differ()
    # A row of a list that is removed, and one that is added: written, logged and settled.
    assert count() - before <= 4 * 8


@pytest.mark.parametrize("of_run", [False, True], ids=["course", "run"])
def test_differences_are_for_those_who_may_read_drafts(partner: Partner, *, of_run: bool) -> None:
    north = OrganizationFactory(partner=partner, key="NorthU")
    courses = with_draft(north, "NorthU+PHY1")
    draft, _official = run_with_draft(courses)
    address = f"{RUNS}{draft.key}/diff/" if of_run else f"{COURSES}{courses[0].key}/diff/"
    readers = ["carol", "connie", "sam", "paula"]
    if not of_run:
        # Drafts of courses are shown to the whole organization, and to its reviewers.
        readers += ["bob", "erin"]
    for name, user in cast(north, courses[0]).items():
        client = APIClient() if user.is_anonymous else signed_in(user)
        may = {"anonymous": 401, **dict.fromkeys(readers, 200)}
        assert client.get(address).status_code == may.get(name, 404), name


@pytest.mark.parametrize("name", ["NorthU+NONE", "a+%00", "a+" + "b" * 300])
def test_what_is_not_there_has_no_differences(as_sam: APIClient, name: str) -> None:
    assert as_sam.get(f"{COURSES}{name}/diff/").status_code == 404
