"""What a shop tells of runs and courses that exist: both rows, and nothing else."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import Course, CourseEntitlement, CourseRun, Seat
from course_discovery.course_metadata.operations.course_entitlement import (
    EntitlementValues,
    UnknownCourse,
    courses_by_uuid,
    courses_sold,
    remove_sold_entitlement,
    update_course_entitlement,
)
from course_discovery.course_metadata.operations.course_run import OtherPartnersCourseRun
from course_discovery.course_metadata.operations.course_run_seats import (
    UnknownCourseRun,
    UnknownSeat,
    remove_course_run_seats,
    update_bulk_sku,
    update_course_run_seats,
)
from course_discovery.course_metadata.operations.offer import UnknownCurrency, UnknownSeatType
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.operations.seat import SeatValues
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    PartnerFactory,
    SeatFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
END = datetime(2027, 6, 30, 8, tzinfo=UTC)
AUDIT: SeatValues = {"type": "audit", "price": Decimal(0), "sku": "A"}
VERIFIED: SeatValues = {"type": "verified", "price": Decimal(49), "sku": "V"}
ENTITLEMENT: EntitlementValues = {"mode": "verified", "price": Decimal(49), "sku": "E"}


@pytest.fixture
def draft(db: None) -> CourseRun:
    """The draft row of a run that is official too."""
    course = CourseFactory.create(draft=True)
    official_course = CourseFactory.create(
        partner=course.partner, key=course.key, uuid=course.uuid, draft_version=course
    )
    run = CourseRunFactory.create(course=course, end=END)
    CourseRunFactory.create(
        course=official_course, key=run.key, uuid=run.uuid, draft=False, draft_version=run, end=END
    )
    return run


def modified(run: CourseRun) -> set[datetime | None]:
    rows = Course.everything.filter(uuid=run.course.uuid)
    return set(rows.values_list("data_modified_timestamp", flat=True))


def test_seats_are_written_to_both_rows_and_joined(draft: CourseRun) -> None:
    partner, key = draft.course.partner, draft.key.upper().replace("COURSE", "course")
    SeatFactory.create(course_run=draft, type_id="honor")
    done = update_course_run_seats(partner=partner, key=key, seats=[AUDIT, VERIFIED], now=NOW)
    assert done == Outcome.UPDATED
    official = draft.official_version
    assert {seat.type_id for seat in draft.seats.all()} == {"audit", "verified", "honor"}
    drafts = {seat.type_id: seat for seat in draft.seats.all()}
    for seat in official.seats.all():
        assert seat.draft_version == drafts[seat.type_id]
    assert official.seats.count() == 2
    assert modified(draft) == {NOW}
    changes = Change.objects.count()
    again = update_course_run_seats(partner=partner, key=key, seats=[AUDIT, VERIFIED], now=END)
    assert (again, modified(draft)) == (Outcome.UNCHANGED, {NOW})
    assert Change.objects.count() == changes


def test_deadline_follows_the_end_unless_the_seat_never_expires(draft: CourseRun) -> None:
    partner = draft.course.partner
    update_course_run_seats(partner=partner, key=draft.key, seats=[VERIFIED], now=NOW)
    assert all(seat.upgrade_deadline for seat in Seat.everything.all())
    never: SeatValues = {**VERIFIED, "never_expires": True}
    update_course_run_seats(partner=partner, key=draft.key, seats=[never], now=NOW)
    assert not any(seat.upgrade_deadline for seat in Seat.everything.all())


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({**VERIFIED, "type": "masters"}, UnknownSeatType),
        ({**VERIFIED, "currency": "ZZZ"}, UnknownCurrency),
    ],
)
def test_one_bad_seat_keeps_all_out(
    draft: CourseRun, bad: SeatValues, error: type[Exception]
) -> None:
    with pytest.raises(error):
        update_course_run_seats(
            partner=draft.course.partner, key=draft.key, seats=[AUDIT, bad], now=NOW
        )
    assert not Seat.everything.exists()


def test_only_seats_of_the_run_are_removed(draft: CourseRun) -> None:
    partner = draft.course.partner
    update_course_run_seats(partner=partner, key=draft.key, seats=[AUDIT, VERIFIED], now=NOW)
    theirs = SeatFactory.create()
    everything = list(Seat.everything.exclude(type__slug="audit").values_list("pk", flat=True))
    for outcome in (Outcome.UPDATED, Outcome.UNCHANGED):
        done = remove_course_run_seats(partner=partner, key=draft.key, seat_ids=everything, now=END)
        assert done == outcome
    assert {(seat.type_id, seat.draft) for seat in Seat.everything.exclude(pk=theirs.pk)} == {
        ("audit", True), ("audit", False),
    }  # fmt: skip
    assert Seat.everything.filter(pk=theirs.pk).exists()
    assert modified(draft) == {END}


def test_bulk_sku_goes_to_both_rows(draft: CourseRun) -> None:
    partner = draft.course.partner
    update_course_run_seats(partner=partner, key=draft.key, seats=[AUDIT, VERIFIED], now=NOW)
    for outcome in (Outcome.UPDATED, Outcome.UNCHANGED):
        done = update_bulk_sku(
            partner=partner, key=draft.key, seat_type="Verified", bulk_sku=" B ", now=END
        )
        assert done == outcome
    assert {(seat.type_id, seat.bulk_sku) for seat in Seat.everything.all()} == {
        ("audit", None), ("verified", "B"),
    }  # fmt: skip
    with pytest.raises(UnknownSeat):
        update_bulk_sku(partner=partner, key=draft.key, seat_type="honor", bulk_sku="B", now=NOW)


def test_run_must_be_one_of_the_partner(draft: CourseRun) -> None:
    partner = draft.course.partner
    with pytest.raises(UnknownCourseRun):
        update_course_run_seats(partner=partner, key="course-v1:a+b+c", seats=[AUDIT], now=NOW)
    other = PartnerFactory.create()
    with pytest.raises(OtherPartnersCourseRun):
        update_course_run_seats(partner=other, key=draft.key, seats=[AUDIT], now=NOW)
    with pytest.raises(OtherPartnersCourseRun):
        remove_course_run_seats(partner=other, key=draft.key, seat_ids=[1], now=NOW)
    with pytest.raises(OtherPartnersCourseRun):
        update_bulk_sku(partner=other, key=draft.key, seat_type="audit", bulk_sku="B", now=NOW)


def test_entitlement_is_written_to_both_rows_and_joined(draft: CourseRun) -> None:
    partner, course = draft.course.partner, draft.course.uuid
    for outcome in (Outcome.UPDATED, Outcome.UNCHANGED):
        done = update_course_entitlement(
            partner=partner, course_uuid=course, values=ENTITLEMENT, now=NOW
        )
        assert done == outcome
    official, edited = CourseEntitlement.everything.order_by("draft")
    assert (official.draft_version, official.sku, edited.sku) == (edited, "E", "E")
    assert modified(draft) == {NOW}
    (rows,) = courses_by_uuid(partner, [course, uuid.uuid4()]).values()
    assert [row.draft for row in rows] == [False, True]


def test_only_entitlements_that_a_shop_knew_are_removed(draft: CourseRun) -> None:
    partner, course = draft.course.partner, draft.course.uuid
    CourseEntitlementFactory.create(course=draft.course, sku="E")
    CourseEntitlementFactory.create(course=draft.official_version.course, sku="")
    CourseEntitlementFactory.create(sku="THEIRS")
    assert list(courses_sold(partner)) == [course]
    for outcome in (Outcome.UPDATED, Outcome.UNCHANGED):
        assert remove_sold_entitlement(partner=partner, course_uuid=course, now=NOW) == outcome
    assert set(CourseEntitlement.everything.values_list("sku", flat=True)) == {"", "THEIRS"}


def test_course_must_be_one_of_the_partner(draft: CourseRun) -> None:
    other, course = PartnerFactory.create(), draft.course.uuid
    with pytest.raises(UnknownCourse):
        update_course_entitlement(partner=other, course_uuid=course, values=ENTITLEMENT, now=NOW)
    with pytest.raises(UnknownCourse):
        remove_sold_entitlement(partner=other, course_uuid=course, now=NOW)
