from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.offer import UnknownCurrency, UnknownSeatType
from course_discovery.course_metadata.operations.running import Refusal, Written
from course_discovery.course_metadata.operations.seat import (
    SeatValues,
    TwoEqualSeats,
    default_upgrade_deadline,
    seats_differ,
)
from course_discovery.course_metadata.tests.factories import CourseRunFactory

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
END = datetime(2027, 6, 30, 8, tzinfo=UTC)
AUDIT: SeatValues = {"type": "audit", "price": Decimal(0)}


@pytest.fixture
def run(db: None) -> CourseRun:
    return CourseRunFactory.create(end=END)


def set_of(run: CourseRun, *seats: SeatValues, keep_others: bool = False) -> bool:
    fresh = CourseRun.everything.get(pk=run.pk)
    differ = seats_differ(fresh, seats, end=fresh.end, keep_others=keep_others)
    changed = write(fresh, seats, keep_others=keep_others).changed
    assert changed is differ
    return changed


def write(
    run: CourseRun, seats: Sequence[SeatValues], *, keep_others: bool = False
) -> Written[CourseRun]:
    told = ToldCourseRun(run.key, {}, seats=seats, keep_other_seats=keep_others)
    return create_or_update_course_run(partner=run.course.partner, told=told, now=NOW)


def seat(slug: str, price: str = "10", **rest: Any) -> SeatValues:
    values: Any = {"type": slug, "price": Decimal(price), **rest}
    told: SeatValues = values
    return told


def stored(run: CourseRun) -> dict[tuple[str, str], Seat]:
    return {(row.type_id, row.credit_provider): row for row in run.seats.all()}


def test_seats_are_made_changed_and_deleted_to_match(run: CourseRun) -> None:
    assert set_of(run, AUDIT, seat("verified", "49", sku="A", bulk_sku="B"))
    first = stored(run)
    assert set_of(run, seat("verified", "59"), seat("honor", "0"))
    now = stored(run)
    assert set(now) == {("verified", ""), ("honor", "")}
    verified = now["verified", ""]
    assert verified.pk == first["verified", ""].pk
    assert (verified.price, verified.sku, verified.bulk_sku) == (Decimal(59), "A", "B")
    run.course.refresh_from_db()
    assert run.course.data_modified_timestamp == NOW


def test_same_seats_again_write_nothing(run: CourseRun) -> None:
    seats = (AUDIT, seat("verified", "49.00", currency="EUR", sku=None), seat("credit", "3"))
    set_of(run, *seats)
    changes, history = Change.objects.count(), Seat.history.count()
    assert not set_of(run, *seats)
    assert (Change.objects.count(), Seat.history.count()) == (changes, history)


def test_other_seats_may_be_kept(run: CourseRun) -> None:
    set_of(run, AUDIT)
    set_of(run, seat("verified"), keep_others=True)
    assert set(stored(run)) == {("audit", ""), ("verified", "")}
    assert set_of(run)
    assert not stored(run)


@pytest.mark.parametrize(
    ("end", "deadline"),
    [
        (END, datetime(2027, 6, 20, 23, 59, 59, tzinfo=UTC)),
        (None, None),
        (
            datetime(2027, 6, 30, 1, tzinfo=timezone(timedelta(hours=5))),
            datetime(2027, 6, 19, 23, 59, 59, tzinfo=UTC),
        ),
    ],
)
def test_verified_seat_is_sold_until_some_days_before_the_end(
    run: CourseRun, end: datetime | None, deadline: datetime | None
) -> None:
    assert default_upgrade_deadline(end) == deadline
    CourseRun.everything.filter(pk=run.pk).update(end=end)
    set_of(run, seat("verified"), AUDIT)
    seats = stored(run)
    assert seats["verified", ""].upgrade_deadline == deadline
    assert seats["audit", ""].upgrade_deadline is None


def test_told_deadline_wins(run: CourseRun) -> None:
    set_of(run, seat("verified", upgrade_deadline=NOW), seat("professional", upgrade_deadline=NOW))
    assert {row.upgrade_deadline for row in stored(run).values()} == {NOW}
    set_of(run, seat("verified", upgrade_deadline=None), seat("professional"))
    seats = stored(run)
    assert seats["verified", ""].upgrade_deadline == default_upgrade_deadline(END)
    assert seats["professional", ""].upgrade_deadline == NOW


def test_credit_seats_differ_by_provider(run: CourseRun) -> None:
    asu = seat("credit", "300", credit_provider="asu", credit_hours=3)
    mit = seat("credit", "400", credit_provider=" mit ", credit_hours=4)
    set_of(run, asu, mit)
    assert set(stored(run)) == {("credit", "asu"), ("credit", "mit")}
    set_of(run, asu)
    assert set(stored(run)) == {("credit", "asu")}


def test_seat_without_provider_stands_for_all_providers(run: CourseRun) -> None:
    set_of(run, *(seat("credit", "3", credit_provider=name) for name in ("asu", "mit")))
    assert set_of(run, seat("credit", "5"))
    assert {key: row.price for key, row in stored(run).items()} == {
        ("credit", "asu"): Decimal(5), ("credit", "mit"): Decimal(5),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seats", "refusal"),
    [
        ([AUDIT, AUDIT], TwoEqualSeats),
        ([AUDIT, seat("AUDIT", "0")], TwoEqualSeats),
        ([seat("magic")], UnknownSeatType),
        ([seat("verified", currency="XXX")], UnknownCurrency),
        ([seat("verified", "-1")], UnfitValue),
        ([seat("verified", "1.001")], UnfitValue),
        ([seat("verified", "NaN")], UnfitValue),
        ([seat("verified", "100000000")], UnfitValue),
        ([seat("verified", sku="x" * 129)], UnfitValue),
    ],
)
def test_unfit_seat_is_refused_and_nothing_written(
    run: CourseRun, seats: list[SeatValues], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        write(run, [seat("honor", "0"), *seats])
    assert not stored(run)
