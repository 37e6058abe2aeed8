from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.clients.tests.scripted_server import Answer, html_answer, json_answer
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, Seat, SeatType
from course_discovery.loaders.lms import NO_MODES_ADDRESS
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import refusals
from course_discovery.loaders.tests.platform import Platform, mode, row

Load = Callable[[], LoadedSource]
KEY = "course-v1:edX+DemoX+1"
AUDIT, VERIFIED = mode("audit"), mode("verified", 149, sku="4C1F0A7", bulk_sku="9E27C55")


def test_verified_deadline_moves_with_the_end(platform: Platform, load_lms: Load) -> None:
    platform.has(row(), modes=[AUDIT, VERIFIED])
    load_lms()
    platform.sells(KEY, Answer(500))
    platform.rows = [row(end="2027-08-31T00:00:00Z")]
    load_lms()
    seat = Seat.objects.get(type__slug="verified")
    assert seat.upgrade_deadline == datetime(2027, 8, 21, 23, 59, 59, tzinfo=UTC)
    expires = mode("verified", 149, expiration_datetime="2027-04-01T00:00:00Z")
    platform.sells(KEY, [AUDIT, expires])
    load_lms()
    seat.refresh_from_db()
    assert seat.upgrade_deadline == datetime(2027, 4, 1, tzinfo=UTC)


def test_modes_are_asked_for_new_runs_and_those_that_have_not_ended(
    platform: Platform, load_lms: Load
) -> None:
    ended = row("course-v1:edX+Old+1", end="2020-01-01T00:00:00Z")
    platform.has(ended, row(), row("course-v1:edX+Open+1", end=None), modes=[AUDIT])
    load_lms()
    assert len(platform.asked_modes) == 3
    platform.asked_modes.clear()
    load_lms()
    assert set(platform.asked_modes) == {KEY, "course-v1:edX+Open+1"}


def test_run_without_modes_has_one_free_audit_seat(platform: Platform, load_lms: Load) -> None:
    platform.has(row(), modes=[])
    load_lms()
    seat = Seat.objects.get()
    assert (seat.type_id, seat.price, seat.currency_id) == ("audit", Decimal(0), "USD")
    assert CourseRun.objects.get().type.slug == "audit"
    platform.has(row(), modes=[AUDIT, VERIFIED])
    load_lms()
    platform.has(row(), modes=[])
    load_lms()
    assert {seat.type_id for seat in Seat.objects.all()} == {"audit"}


@pytest.mark.parametrize(
    ("modes", "seats", "reason"),
    [
        ([AUDIT, mode("apprenticeship")], {"audit"},
         "course mode apprenticeship: the catalog knows no such mode"),
        ([AUDIT, mode("verified", 1, currency="zzz")], {"audit"},
         "course mode verified: the catalog knows no currency ZZZ"),
        ([AUDIT, AUDIT], {"audit"}, "course mode audit: the run has a seat of that type already"),
        ([mode("audit", "1.005")], set(),
         "course mode audit: the price is too large or too fine"),
        ([mode("audit", 10**9)], set(), "course mode audit: the price is too large or too fine"),
    ],
)  # fmt: skip
def test_seat_that_cannot_be_taken_is_told_and_the_others_arrive(
    platform: Platform, load_lms: Load, modes: list[Any], seats: set[str], reason: str
) -> None:
    platform.has(row(), modes=modes)
    source = load_lms()
    assert refusals(source) == [(None, KEY, reason)]
    assert (source.state, source.created) == ("done", 1)
    assert {seat.type_id for seat in Seat.objects.all()} == seats


def test_mode_of_the_operators_own_becomes_its_seat_type(
    platform: Platform, load_lms: Load
) -> None:
    SeatType.objects.create(slug="apprenticeship", name="Apprenticeship")
    platform.has(row(), modes=[mode("apprenticeship", 5)])
    source = load_lms()
    assert Seat.objects.get().type_id == "apprenticeship"
    assert [(key, reason[:5]) for _line, key, reason in refusals(source)] == [
        ("edX+DemoX", "type:"), ("edX+DemoX", "type:"),
    ]  # fmt: skip


def test_modes_of_one_run_may_be_broken(platform: Platform, load_lms: Load) -> None:
    keys = [f"course-v1:edX+C{n}+1" for n in range(6)]
    platform.has(*map(row, keys), modes=[AUDIT])
    platform.sells(keys[3], [{"mode_slug": 5}])
    source = load_lms()
    assert (source.state, source.created, source.refused) == ("done", 6, 1)
    ((_line, key, reason),) = refusals(source)
    assert key == keys[3]
    assert reason.startswith("course modes: GET ")
    assert CourseRun.objects.filter(seats__isnull=True).get().key == keys[3]


@pytest.mark.parametrize(
    "answer", [json_answer({"detail": "no"}, 403), html_answer("Log in"), Answer(500)]
)
def test_platform_that_tells_no_modes_is_asked_a_few_times_only(
    platform: Platform, load_lms: Load, answer: Answer
) -> None:
    platform.has(*(row(f"course-v1:edX+C{n}+1") for n in range(30)), modes=[AUDIT])
    platform.every_mode = answer
    source = load_lms()
    assert (source.state, source.created) == ("short", 30)
    assert source.reason.startswith("course modes: GET ")
    assert len(set(platform.asked_modes)) <= 8
    assert source.refused == 2
    platform.every_mode = None
    assert load_lms().state == "done"
    assert Seat.objects.count() == 30


def test_without_an_address_of_modes_seats_stay(
    platform: Platform, load_lms: Load, partner: Partner
) -> None:
    partner.lms_url = ""
    platform.has(row())
    source = load_lms()
    assert (source.state, source.created) == ("done", 1)
    assert refusals(source) == [(None, "", NO_MODES_ADDRESS)]
