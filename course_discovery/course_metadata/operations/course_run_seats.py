"""What a shop tells of a run that the catalog has: the official row and its draft alike."""

from collections.abc import Collection, Sequence
from datetime import datetime

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.operations.course_run import OtherPartnersCourseRun
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.seat import SeatValues, join_seats, write_seats


class UnknownCourseRun(Refusal):
    """A key that no course run has."""


class UnknownSeat(Refusal):
    """A seat type that the run has no seat of."""


@operation
def update_course_run_seats(
    *, partner: Partner, key: str, seats: Sequence[SeatValues], now: datetime
) -> Outcome:
    """Let the run have these seats; its others stay.

    Raises UnknownCourseRun, OtherPartnersCourseRun, and what `write_seats` raises.
    """
    rows = _rows(partner, key)
    changed = False
    for row in rows:
        changed |= write_seats(row, seats, keep_others=True)
    if len(rows) == 2:
        draft, official = rows
        join_seats(official, draft)
    return _told(rows, changed, now)


@operation
def remove_course_run_seats(
    *, partner: Partner, key: str, seat_ids: Collection[int], now: datetime
) -> Outcome:
    """Delete those of the run's seats that have these primary keys.

    Raises UnknownCourseRun, OtherPartnersCourseRun.
    """
    rows = _rows(partner, key)
    stored = locked(Seat.everything.filter(course_run__in=rows, pk__in=seat_ids))
    for seat in stored:
        seat.delete()
    return _told(rows, bool(stored), now)


@operation
def update_bulk_sku(
    *, partner: Partner, key: str, seat_type: str, bulk_sku: str, now: datetime
) -> Outcome:
    """Let the run's seats of this type (slug) be sold in bulk under this SKU.

    Raises UnknownCourseRun, OtherPartnersCourseRun, UnknownSeat, UnfitValue.
    """
    values = fitting(Seat, {"bulk_sku": bulk_sku})
    rows = _rows(partner, key)
    seats = locked(Seat.everything.filter(course_run__in=rows, type__slug__iexact=seat_type))
    if not seats:
        raise UnknownSeat(f"the run has no seat of type {seat_type}")
    changed = False
    for seat in seats:
        changed |= write_differences(seat, values)
    return _told(rows, changed, now)


def _rows(partner: Partner, key: str) -> list[CourseRun]:
    """The rows of the run, locked, the draft first."""
    rows = locked(CourseRun.everything.filter(key_folded=fold(key)))
    if not rows:
        raise UnknownCourseRun("there is no such course run")
    if rows[0].course.partner_id != partner.pk:
        raise OtherPartnersCourseRun("another partner has a run with this key")
    return sorted(rows, key=lambda row: not row.draft)


def _told(rows: Sequence[CourseRun], changed: bool, now: datetime) -> Outcome:
    """What was done, after saying that the course changed."""
    if changed:
        touch_course(course=rows[-1].course, now=now)
    return Outcome.of(changed=changed)
