"""What course teams sell: plans of seats and entitlements, and writing them."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType, CourseType
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.operations.planned_offer import (
    EntitlementSwitch,
    PlannedSeat,
    SeatTypesLost,
    entitlements_change,
    planned_entitlements,
    planned_seats,
    seats_change,
    write_planned_entitlements,
    write_planned_seats,
)
from course_discovery.course_metadata.operations.seat import default_upgrade_deadline
from course_discovery.course_metadata.tests.drafted import NOW, official_course
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory

pytestmark = pytest.mark.django_db


def run_type(slug: str) -> CourseRunType:
    return CourseRunType.objects.get(slug=slug)


def course_type(slug: str) -> CourseType:
    return CourseType.objects.get(slug=slug)


def plan(
    run: CourseRun, slug: str, *, end: datetime | None = None, **prices: str
) -> list[PlannedSeat]:
    told = {name: Decimal(price) for name, price in prices.items()}
    return planned_seats(run=run, run_type=run_type(slug), prices=told, end=end or run.end)


@pytest.fixture
def new(db: None) -> CourseRun:
    """A draft run that never was official."""
    run: CourseRun = CourseRunFactory(course=CourseFactory(draft=True), end=NOW)
    return run


@pytest.fixture
def known(db: None) -> CourseRun:
    """The draft of a published run with an audit and a verified seat."""
    return ensure_course_drafts(course=official_course(runs=1), now=NOW).course_runs.get()


def test_a_new_run_has_a_seat_for_each_that_its_type_sells(new: CourseRun) -> None:
    seats = plan(new, "verified-audit", verified="49.99")
    assert [(seat.type, seat.price) for seat in seats] == [
        ("audit", Decimal("0.00")),
        ("verified", Decimal("49.99")),
    ]
    assert [seat.upgrade_deadline for seat in seats] == [None, default_upgrade_deadline(NOW)]
    assert write_planned_seats(run=new, seats=seats)
    assert not write_planned_seats(run=new, seats=plan(new, "verified-audit", verified="49.99"))
    assert {seat.draft for seat in new.seats.all()} == {True}


def test_a_price_that_is_told_again_is_no_change(known: CourseRun) -> None:
    assert not seats_change(run=known, seats=plan(known, "verified-audit", verified="49.99"))
    assert seats_change(run=known, seats=plan(known, "verified-audit", verified="50"))
    seats = plan(known, "verified-audit", verified="50")
    assert [seat.sku for seat in seats] == [None, "SKU0"]


def test_another_end_takes_back_what_was_set_by_hand(known: CourseRun) -> None:
    seat = known.seats.get(type__slug="verified")
    seat.upgrade_deadline_override = NOW
    seat.save()
    assert plan(known, "verified-audit")[1].upgrade_deadline_override == NOW
    later = NOW + timedelta(days=200)
    moved = plan(known, "verified-audit", end=later)[1]
    assert (moved.upgrade_deadline, moved.upgrade_deadline_override) == (
        default_upgrade_deadline(later),
        None,
    )


def test_an_override_is_for_verified_seats(known: CourseRun) -> None:
    seats = planned_seats(
        run=known, run_type=run_type("verified-audit"), prices={}, end=known.end,
        upgrade_deadline_override=NOW,
    )  # fmt: skip
    assert [seat.upgrade_deadline_override for seat in seats] == [None, NOW]


def test_seats_that_learners_may_have_bought_stay(known: CourseRun) -> None:
    with pytest.raises(SeatTypesLost, match="Switching seat types after being reviewed"):
        plan(known, "audit")
    # Verified implies audit.
    assert [seat.type for seat in plan(known, "verified")] == ["verified"]


def test_before_that_any_type_may_be_chosen(new: CourseRun) -> None:
    write_planned_seats(run=new, seats=plan(new, "verified-audit"))
    write_planned_seats(run=new, seats=plan(new, "professional", professional="9"))
    assert [str(seat.type_id) for seat in new.seats.all()] == ["professional"]


def entitlement(course: Course, slug: str, **prices: str) -> list[tuple[str, Decimal]]:
    told = {name: Decimal(price) for name, price in prices.items()}
    planned = planned_entitlements(course=course, course_type=course_type(slug), prices=told)
    return [(each.mode, each.price) for each in planned]


def test_a_course_is_sold_as_its_type_says(known: CourseRun) -> None:
    course = known.course
    assert entitlement(course, "verified-audit") == [("verified", Decimal("199.99"))]
    assert entitlement(course, "verified-audit", verified="5") == [("verified", Decimal(5))]
    assert entitlement(course, "audit") == []
    with pytest.raises(EntitlementSwitch, match="Switching entitlement types after being"):
        entitlement(course, "professional", professional="5")


def test_a_new_course_is_sold_once_it_has_a_price(new: CourseRun) -> None:
    course = new.course
    assert entitlement(course, "professional") == []
    planned = planned_entitlements(
        course=course, course_type=course_type("professional"), prices={"professional": Decimal(5)}
    )
    assert entitlements_change(course=course, entitlements=planned)
    assert write_planned_entitlements(course=course, entitlements=planned)
    assert not entitlements_change(course=course, entitlements=planned)
    assert not write_planned_entitlements(course=course, entitlements=planned)
    assert write_planned_entitlements(course=course, entitlements=[])
    assert not course.entitlements.exists()
