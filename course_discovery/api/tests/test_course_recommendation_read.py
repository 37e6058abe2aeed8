"""Reading what somebody who likes a course may like too."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1 import course_recommendation
from course_discovery.api.v1.shapes.course_recommendation import CourseRecommendationsShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseType,
    CourseUrlSlug,
    Organization,
    Program,
    ProgramCourse,
    RestrictedCourseRun,
    Subject,
)
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    ProgramFactory,
    SeatFactory,
    SubjectFactory,
)

URL = "/api/v1/course_recommendations/NorthU+Base/"


class Shelf:
    """Courses around one that is asked about."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner
        self.north: Organization = OrganizationFactory(partner=partner, key="NorthU")
        self.south: Organization = OrganizationFactory(partner=partner, key="SouthU")
        self.physics: Subject = SubjectFactory(partner=partner, slug="physics")
        self.music: Subject = SubjectFactory(partner=partner, slug="music")
        self.base = self.course("Base", [self.north], [self.physics])

    def course(
        self,
        name: str,
        organizations: list[Organization],
        subjects: list[Subject],
        **values: Any,
    ) -> Course:
        """A course with a run that can be marketed."""
        course: Course = CourseFactory(
            **{"partner": self.partner, "key": f"NorthU+{name}"} | values,
            organizations=organizations,
            subjects_in_order=subjects,
        )
        self.run(course)
        return course

    def like(self, name: str, **values: Any) -> Course:
        """A course of the same author and subject."""
        return self.course(name, [self.north], [self.physics], **values)

    def program(self, *courses: Course, status: str = ProgramStatus.ACTIVE) -> Program:
        """A program of these courses."""
        program: Program = ProgramFactory(partner=self.partner, status=status)
        for place, course in enumerate(courses):
            ProgramCourse.objects.create(program=program, course=course, sort_value=place)
        return program

    def run(self, course: Course, restricted: str = "", **values: Any) -> None:
        """One more run with a seat."""
        run = CourseRunFactory(course=course, **values)
        SeatFactory(course_run=run)
        if restricted:
            RestrictedCourseRun.objects.create(
                course_run=run, restriction_type=restricted, draft=run.draft
            )


@pytest.fixture
def shelf(partner: Partner) -> Shelf:
    return Shelf(partner)


def names(client: APIClient, query: str = "") -> list[str]:
    body = client.get(f"{URL}{query}").json()
    return [each["key"].removeprefix("NorthU+") for each in body["recommendations"]]


def test_programs_come_before_subjects_and_nothing_twice(as_alice: APIClient, shelf: Shelf) -> None:
    both = shelf.like("Both")
    shelf.like("SameSubject")
    in_program = shelf.course("InProgram", [shelf.south], [shelf.music])
    in_two = shelf.course("InTwo", [shelf.south], [shelf.music])
    shelf.program(in_two, shelf.base, in_program)
    shelf.program(shelf.base, in_two, both)
    assert names(as_alice) == ["Both", "InProgram", "InTwo", "SameSubject"]


def test_a_subject_alone_or_an_author_alone_is_not_enough(
    as_alice: APIClient, shelf: Shelf
) -> None:
    shelf.course("OtherAuthor", [shelf.south], [shelf.physics])
    shelf.course("OtherSubject", [shelf.north], [shelf.music])
    shelf.course("More", [shelf.south, shelf.north], [shelf.music, shelf.physics])
    assert names(as_alice) == ["More"]


def test_programs_that_nobody_sees_do_not_count(as_alice: APIClient, shelf: Shelf) -> None:
    for number, status in enumerate(ProgramStatus.values):
        other = shelf.course(f"{status}{number}", [shelf.south], [shelf.music])
        shelf.program(shelf.base, other, status=status)
    assert names(as_alice) == ["active1", "retired2"]


@pytest.mark.parametrize(
    "run",
    [
        {"status": CourseRunStatus.UNPUBLISHED},
        {"draft": True},
        {"slug": ""},
        {"key": "NorthU/Other/1"},
        {"restricted": "custom-b2c"},
    ],
)
def test_a_course_needs_a_run_for_everybody(
    as_alice: APIClient, shelf: Shelf, run: dict[str, Any]
) -> None:
    other = shelf.like("Other")
    other.course_runs.all().delete()
    shelf.run(other, **run)
    assert names(as_alice) == []
    shelf.run(other)
    assert names(as_alice) == ["Other"]


def test_a_run_needs_a_seat(as_alice: APIClient, shelf: Shelf) -> None:
    other = shelf.like("Other")
    other.course_runs.get().seats.all().delete()
    assert names(as_alice) == []


def test_restricted_runs_are_shown_to_those_who_name_them(
    as_alice: APIClient, shelf: Shelf
) -> None:
    other = shelf.like("Other")
    other.course_runs.all().delete()
    shelf.run(other, restricted="custom-b2b-enterprise", key="course-v1:NorthU+Other+b2b")
    shelf.run(other, restricted="custom-b2c", key="course-v1:NorthU+Other+b2c")
    assert names(as_alice) == []
    body = as_alice.get(f"{URL}?include_restricted=custom-b2b-enterprise").json()
    assert [each["course_run_keys"] for each in body["recommendations"]] == [
        ["course-v1:NorthU+Other+b2b"]
    ]


def test_drafts_other_partners_and_retired_types_are_left_out(
    as_alice: APIClient, shelf: Shelf, settings: Any
) -> None:
    shelf.like("Draft", draft=True)
    shelf.like("Foreign", partner=PartnerFactory())
    shelf.like("Retired", type=CourseType.objects.get(slug="professional"))
    settings.RETIRED_COURSE_TYPES = ["professional"]
    assert names(as_alice) == []


def test_a_recommended_course_in_full(as_alice: APIClient, shelf: Shelf) -> None:
    other = shelf.like("Other", title="Optics", short_description="<p>Light.</p>")
    CourseUrlSlug.objects.create(
        course=other, partner=other.partner, url_slug="optics", is_active=True
    )
    hidden = CourseRunFactory(course=other, hidden=True)
    body = as_alice.get(URL).json()
    fits(body, CourseRecommendationsShape(), "recommendations")
    assert body["uuid"] == str(shelf.base.uuid)
    [found] = body["recommendations"]
    assert found["owners"][0]["key"] == "NorthU"
    assert (found["title"], found["url_slug"]) == ("Optics", None)
    assert (found["type"], found["uuid"]) == (str(other.type.uuid), str(other.uuid))
    assert len(found["course_run_keys"]) == 1
    assert hidden.key not in found["course_run_keys"]
    address = "https://www.example.com/course/optics"
    assert found["marketing_url"] == (f"{address}?utm_source=alice&utm_medium=affiliate_partner")
    bare = as_alice.get(f"{URL}?exclude_utm=1").json()["recommendations"][0]
    assert bare["marketing_url"] == address


def test_fields_are_asked_for_at_both_levels(as_alice: APIClient, shelf: Shelf) -> None:
    shelf.like("Other")
    body = as_alice.get(f"{URL}?fields=recommendations,key,title").json()
    assert body.keys() == {"recommendations"}
    assert body["recommendations"][0].keys() == {"key", "title"}
    assert as_alice.get(f"{URL}?omit=recommendations").json().keys() == {"uuid"}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("NorthU+Base", 200), ("NorthU+Base/", 200), ("NorthU%2BBase/", 200),
        ("northu+base/", 200), ("NorthU+None/", 404), ("NorthU+Draft/", 404),
    ],
)  # fmt: skip
def test_keys_in_addresses(as_alice: APIClient, shelf: Shelf, name: str, status: int) -> None:
    shelf.like("Draft", draft=True)
    assert as_alice.get(f"/api/v1/course_recommendations/{name}").status_code == status


def test_old_keys_and_uuids_in_addresses(as_alice: APIClient, shelf: Shelf) -> None:
    shelf.like("Old", key="NorthU/Old")
    assert as_alice.get("/api/v1/course_recommendations/NorthU/Old/").status_code == 200
    answer = as_alice.get(f"/api/v1/course_recommendations/{shelf.base.uuid}/")
    assert answer.status_code == 404


def test_there_is_a_bound(
    as_alice: APIClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_recommendation, "MAX_PAGE_SIZE", 2)
    for name in "ABC":
        shelf.like(name)
    shelf.program(shelf.base, Course.objects.get(key="NorthU+C"))
    assert names(as_alice) == ["C", "A"]


def test_what_did_not_change_is_not_sent_again(as_alice: APIClient, shelf: Shelf) -> None:
    other = shelf.like("Other")
    tag = as_alice.get(URL)["ETag"]
    assert as_alice.get(URL, headers={"If-None-Match": tag}).status_code == 304
    other.title = "New"
    other.save()
    assert as_alice.get(URL, headers={"If-None-Match": tag}).status_code == 200


def test_cost_does_not_depend_on_the_number_of_courses(as_alice: APIClient, shelf: Shelf) -> None:
    def cost() -> int:
        names(as_alice)
        with CaptureQueriesContext(connection) as queries:
            names(as_alice)
        return len(queries)

    shelf.like("Other")
    few = cost()
    shelf.program(shelf.base, *(shelf.like(f"Like{number}") for number in range(15)))
    assert cost() == few <= 12


@needs_samples
def test_keys_order_and_types_are_those_recorded(as_alice: APIClient, shelf: Shelf) -> None:
    shelf.like("Other", card_image_url="https://images.example.com/1.png")
    text = sample_path("course_recommendations_detail").read_text(encoding="utf-8")
    compare(as_alice.get(URL).json(), json.loads(text)["body"], "recommendations")
