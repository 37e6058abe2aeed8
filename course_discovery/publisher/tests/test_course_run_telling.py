"""Other services are told of a run before it is written; what they refuse is not written."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from course_discovery.clients.tests.scripted_server import json_answer
from course_discovery.clients.tests.standins.platform import StandInPlatform, stand_in_platform
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType, Seat
from course_discovery.course_metadata.tests.factories import (
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
)
from course_discovery.publisher.models import CourseRunKeyReservation
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.tests.course_runs import NOW, draft_course, run_of, statuses
from course_discovery.publisher.tests.people import edits, person, works_for

NO = json_answer({"error": "not today"}, 400)
MADE = "/api/v1/course_runs/"


@pytest.fixture
def platform(settings: Settings) -> Iterator[StandInPlatform]:
    with stand_in_platform() as made:
        for name, value in made.settings.items():
            setattr(settings, name, value)
        yield made
        assert made.broken == []


@pytest.fixture
def partner(db: None, platform: StandInPlatform) -> Partner:
    told: Partner = PartnerFactory(**platform.addresses)
    return told


@pytest.fixture
def course(partner: Partner) -> Course:
    return draft_course(OrganizationFactory(partner=partner, key="NorthU"))


@pytest.fixture
def carol(course: Course) -> User:
    organization = course.authoring_organizations.get()
    return edits(works_for(person("carol"), organization), course)


@pytest.fixture
def sam(db: None) -> User:
    return person("sam", is_staff=True)


def make(course: Course, by: User, **values: Any) -> CourseRun:
    run_type = CourseRunType.objects.get(slug="verified-audit")
    told: Any = {"start": NOW, "end": NOW.replace(month=6), "run_type": run_type.uuid, **values}
    return create_course_run(
        partner=course.partner, course_key=course.key, told=ToldRun(values=told), by=by, now=NOW
    )


def rows() -> list[Any]:
    models: list[Any] = [Course, CourseRun, Seat]
    return [list(model.everything.order_by("pk").values()) for model in models]


def said(platform: StandInPlatform) -> list[tuple[str, str]]:
    return [(each.method, each.path) for each in platform.pushes]


def test_studio_makes_new_runs_and_reruns(
    platform: StandInPlatform, course: Course, carol: User, sam: User
) -> None:
    first = make(course, sam)
    platform.studio.has(first.key)
    make(course, carol)
    assert said(platform) == [("POST", MADE), ("POST", f"{MADE}{first.key}/rerun/")]
    assert b'"user":"carol"' in platform.pushes[0].body.replace(b" ", b"")
    assert b'"user":"sam"' in platform.pushes[0].body.replace(b" ", b"")


def test_what_studio_refuses_is_not_written(
    platform: StandInPlatform, course: Course, carol: User
) -> None:
    run = run_of(course, "published")
    before = rows()
    platform.trouble(platform.studio, NO)
    with pytest.raises(PushFailed, match="not today"):
        make(course, carol)
    with pytest.raises(PushFailed, match="not today"):
        edit_course_run(
            run=run, told=ToldRun(values={"title": "x"}, submitted=True), by=carol, now=NOW
        )
    assert rows() == before
    assert not CourseRunKeyReservation.objects.exists()


def test_what_the_catalog_refuses_is_not_told(
    platform: StandInPlatform, course: Course, carol: User
) -> None:
    run = run_of(course, "published")
    for told in (
        ToldRun(values={"end": NOW, "start": NOW.replace(day=11)}),
        ToldRun(prices={"verified": Decimal("0.001")}),
        ToldRun(restriction_type="friends"),
    ):
        with pytest.raises(ValueError, match=r"."):
            edit_course_run(run=run, told=told, by=carol, now=NOW)
    assert platform.pushes == []


def test_the_shop_gives_skus_to_draft_and_official_seats(
    platform: StandInPlatform, course: Course, sam: User
) -> None:
    run = run_of(course, "review_by_internal", end=NOW.replace(month=6))
    SeatFactory(course_run=run, type_id="verified", price=49)
    platform.trouble(platform.shop, NO)
    review: dict[str, Any] = {
        "run": run, "status": "reviewed", "embargo": {}, "by": sam, "now": NOW,
    }  # fmt: skip
    with pytest.raises(PushFailed, match="not today"):
        review_course_run(**review)
    assert statuses(run) == ("review_by_internal", None)
    platform.well_again()
    review_course_run(**review)
    assert statuses(run) == ("reviewed", "reviewed")
    skus = set(Seat.everything.values_list("sku", flat=True))
    assert len(skus) == 1
    assert None not in skus
    assert Seat.everything.count() == 2


def test_a_published_edit_is_told_to_the_shop_with_its_new_prices(
    platform: StandInPlatform, course: Course, carol: User
) -> None:
    run = run_of(course, "published", end=NOW.replace(month=6))
    platform.studio.has(run.key)
    told = ToldRun(prices={"verified": Decimal(99)}, submitted=True)
    edit_course_run(run=run, told=told, by=carol, now=NOW)
    assert [method for method, _path in said(platform)] == ["PATCH", "POST"]
    assert b"99.00" in platform.pushes[1].body
    seats = Seat.objects.filter(course_run__key=run.key)
    assert {seat.type_id: seat.price for seat in seats} == {"audit": 0, "verified": 99}
