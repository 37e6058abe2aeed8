"""Courses: what is refused here is told to nobody; what the shop was told is what is written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection

from course_discovery.clients.tests.scripted_server import json_answer
from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseRun,
    CourseRunType,
    CourseType,
    CourseUrlSlug,
    Organization,
    Source,
)
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.tests.factories import (
    OrganizationFactory,
    SeatFactory,
)
from course_discovery.publisher.models import CourseRunKeyReservation
from course_discovery.publisher.operations import course as course_editing
from course_discovery.publisher.operations import course_creating as course_making
from course_discovery.publisher.operations.course import CourseChangedMeanwhile, edit_course
from course_discovery.publisher.operations.course_creating import (
    FirstRun,
    FirstRunFailed,
    NewCourse,
    create_course,
)
from course_discovery.publisher.operations.course_run import creating as run_making
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.tests.course_runs import NOW, draft_course, run_of
from course_discovery.publisher.tests.people import person

# Modules whose names tests replace.
editing: Any = course_editing
course_creating: Any = course_making
creating: Any = run_making
OPEN = NOW.replace(month=6)
NO = json_answer({"error": "not today"}, 400)


@pytest.fixture
def north(told_partner: Partner) -> Organization:
    made: Organization = OrganizationFactory(partner=told_partner, key="NorthU")
    return made


@pytest.fixture
def course(north: Organization) -> Course:
    return draft_course(north)


@pytest.fixture
def sam(db: None) -> User:
    return person("sam", is_staff=True)


def sold_run(course: Course, status: str = "published", number: str = "1") -> CourseRun:
    run = run_of(course, status, number, end=OPEN)
    SeatFactory(course_run=run, type_id="verified", price=49)
    return run


def around_each_push(monkeypatch: pytest.MonkeyPatch, *acts: Callable[[], Any]) -> None:
    """Let somebody act after the shop was told, and before that is written."""
    left = list(acts)
    tell = editing.push_publication

    def told(**values: Any) -> Any:
        answer = tell(**values)
        if left:
            left.pop(0)()
        return answer

    monkeypatch.setattr(editing, "push_publication", told)


def test_a_run_that_is_published_meanwhile_is_told_to_the_shop(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sold_run(course), sold_run(course, "reviewed", "2")

    def publish() -> None:
        CourseRun.everything.filter(uuid=second.uuid).update(status="published")

    around_each_push(monkeypatch, publish)
    edit_course(course=course, values={"title": "Another"}, draft=False, by=sam, now=NOW)
    assert {each["name"] for each in platform.shop.publications.values()} == {"Another"}
    assert set(platform.shop.publications) == {first.key, second.key}
    seats = [run.seats.get() for run in CourseRun.objects.order_by("key")]
    assert all(seat.sku for seat in seats)


def test_a_price_that_changes_meanwhile_is_told_to_the_shop(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sold_run(course)
    around_each_push(monkeypatch, lambda: run.seats.update(price=59))
    edit_course(course=course, values={"title": "Another"}, draft=False, by=sam, now=NOW)
    (product,) = platform.shop.publications[run.key]["products"]
    assert product["price"] == "59.00"
    assert CourseRun.objects.get().seats.get().price == 59


def test_a_course_that_never_rests_is_refused(
    course: Course, sam: User, monkeypatch: pytest.MonkeyPatch, platform: StandInPlatform
) -> None:
    run = sold_run(course)
    prices = [Decimal(price) for price in (51, 52, 53)]
    around_each_push(
        monkeypatch, *(lambda price=price: run.seats.update(price=price) for price in prices)
    )
    with pytest.raises(CourseChangedMeanwhile):
        edit_course(course=course, values={"title": "Another"}, draft=False, by=sam, now=NOW)
    assert not Course.everything.filter(title="Another").exists()
    assert len(platform.pushes) == 3


class Deadlock(Exception):
    """What a PostgreSQL driver raises."""

    sqlstate = "40P01"


def test_a_deadlock_that_is_lost_while_an_edit_is_tried_is_no_end(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sold_run(course)
    losses = [Deadlock()]
    lock = editing.locked_course_rows

    def locked(row: Course) -> Any:
        if losses:
            raise OperationalError("deadlock detected") from losses.pop()
        return lock(row)

    monkeypatch.setattr(editing, "locked_course_rows", locked)
    edit_course(course=course, values={"title": "Another"}, draft=False, by=sam, now=NOW)
    assert platform.shop.publications[run.key]["name"] == "Another"


def new(north: Organization, **values: Any) -> NewCourse:
    told: Any = {
        "title": "Waves", "number": "PHY1", "organization": north,
        "type": CourseType.objects.get(slug="verified-audit"),
        "product_source": Source.objects.get_or_create(slug="edx", name="edX")[0], **values,
    }  # fmt: skip
    made: NewCourse = told
    return made


def first_run(**values: Any) -> FirstRun:
    run_type = CourseRunType.objects.get(slug="verified-audit")
    told: Any = {"start": NOW, "end": OPEN, "run_type": run_type.uuid, **values}
    return FirstRun(ToldRun(values=told, prices={"verified": Decimal(49)}), None)


def nothing_is_written() -> bool:
    models: list[Any] = [Course, CourseRun, CourseEntitlement]
    others: list[Any] = [CourseEditor, CourseUrlSlug, CourseRunKeyReservation]
    return not any(
        [model.everything.exists() for model in models]
        + [model.objects.exists() for model in others]
    )


def test_a_course_comes_with_its_first_run(
    platform: StandInPlatform, north: Organization, sam: User
) -> None:
    made = create_course(values=new(north), first_run=first_run(), by=sam, now=NOW)
    run = CourseRun.everything.get()
    assert run.key == "course-v1:NorthU+PHY1+1T2027"
    assert run.course == made
    assert Course.everything.get().canonical_course_run == run
    assert platform.studio.runs[run.key]["title"] == "Waves"
    assert platform.studio.runs[run.key]["team"] == [{"user": "sam", "role": "instructor"}]
    assert {seat.type_id for seat in run.seats.all()} == {"audit", "verified"}
    assert made.entitlements.get().mode_id
    assert not CourseRunKeyReservation.objects.exists()


def test_the_term_of_a_first_run_counts_where_keys_are_made_by_hand(
    north: Organization, sam: User
) -> None:
    north.auto_generate_course_run_keys = False
    north.save()
    first = FirstRun(first_run().told, "Spring")
    create_course(values=new(north), first_run=first, by=sam, now=NOW)
    assert CourseRun.everything.get().key.endswith("+Spring")


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ({"url_slug": "no slug"}, {}),
        ({"number": "PHY 1"}, {}),
        ({"collaborators": ["6f1c2b9e-3a54-4d0e-9c77-5b8a1e2d4f60"]}, {}),
        ({}, {"end": NOW.replace(month=1, day=1)}),
        ({}, {"min_effort": 5, "max_effort": 5}),
    ],
)
def test_what_is_refused_of_a_course_or_its_first_run_is_told_to_nobody(
    platform: StandInPlatform, north: Organization, sam: User, values: Any, first: Any
) -> None:
    with pytest.raises((Refusal, FirstRunFailed)):
        create_course(values=new(north, **values), first_run=first_run(**first), by=sam, now=NOW)
    assert platform.pushes == []
    assert nothing_is_written()


def test_a_course_whose_first_run_studio_refuses_was_never_there(
    platform: StandInPlatform,
    north: Organization,
    sam: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bool] = []
    tell = creating.tell_studio_of_new_run

    def told(*args: Any, **values: Any) -> None:
        seen.append(Course.everything.exists())
        tell(*args, **values)

    monkeypatch.setattr(creating, "tell_studio_of_new_run", told)
    platform.trouble(platform.studio, NO)
    with pytest.raises(FirstRunFailed, match="not today"):
        create_course(values=new(north), first_run=first_run(), by=sam, now=NOW)
    assert seen == [False]
    assert nothing_is_written()


def test_a_strangers_course_is_not_told(platform: StandInPlatform, north: Organization) -> None:
    with pytest.raises(PermissionDenied):
        create_course(values=new(north), first_run=first_run(), by=person("eve"), now=NOW)
    assert platform.pushes == []
    assert nothing_is_written()


def test_a_course_and_its_first_run_are_written_in_one_transaction(
    platform: StandInPlatform,
    north: Organization,
    sam: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What fails at the very end takes all of it back."""
    write = course_creating.write_course_run
    calls: list[int] = []

    def failing(**values: Any) -> Any:
        calls.append(1)
        made = write(**values)
        if platform.pushes:
            assert connection.in_atomic_block
            raise RuntimeError("the process dies")
        return made

    monkeypatch.setattr(course_creating, "write_course_run", failing)
    with pytest.raises(RuntimeError, match="dies"):
        create_course(values=new(north), first_run=first_run(), by=sam, now=NOW)
    assert len(calls) == 2
    assert nothing_is_written()
