"""What holds of a course at a moment."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypedDict, TypeVar

from django.db.models import QuerySet

from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course_run import (
    ACTIVE,
    MARKETABLE,
    RunFacts,
    enrollable_seats,
    is_current,
    is_upgradeable,
    paid_seats,
)
from course_discovery.course_metadata.queries.run_status import shown_status

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)


class RunOfCourse(RunFacts):
    """What the rules of a course ask of its runs."""

    uuid: str
    hidden: bool


Run = TypeVar("Run", bound=RunOfCourse)


class Ends(TypedDict):
    """When a course ends, and whether that is over."""

    end_date: datetime | None
    course_ends: str


def official_courses() -> QuerySet[Course]:
    """The official courses, in the order of their keys."""
    return Course.objects.order_by("key_folded")


def advertised_run(runs: Sequence[Run], now: datetime) -> Run | None:
    """The run to advertise, None without a marketable one.

    The latest that is under way and can still be upgraded; else the first to come that can be
    upgraded; else the latest.
    """
    marketable = [run for run in runs if MARKETABLE.holds(run, now)]
    upgradeable = [run for run in marketable if is_upgradeable(run, now)]
    current = [run for run in upgradeable if is_current(run, now)]
    if current:
        return max(current, key=lambda run: run["start"] or _EARLIEST)
    upcoming = [run for run in upgradeable if run["start"] is None or run["start"] > now]
    if upcoming:
        return min(upcoming, key=lambda run: run["start"] or _LATEST)
    return max(marketable, key=lambda run: run["start"] or _EARLIEST, default=None)


def run_statuses(runs: Sequence[RunOfCourse], now: datetime) -> list[str]:
    """The statuses of the runs that are not hidden; an unpublished one that ended is archived."""
    return sorted({shown_status(run, now) for run in runs if not run["hidden"]})


def course_ends(runs: Sequence[RunFacts], now: datetime) -> Ends:
    """The last end of the published runs; a course without one ends in the future."""
    ends = [run["end"] for run in runs if run["status"] == CourseRunStatus.PUBLISHED and run["end"]]
    last = max(ends, default=None)
    return {"end_date": last, "course_ends": "Past" if last and last <= now else "Future"}


def first_enrollable_paid_seat_price(runs: Sequence[RunFacts], now: datetime) -> int | None:
    """The price, in whole units, of the first active run (by key) with a paid seat to be had."""
    for run in sorted(runs, key=lambda each: each["key"].lower()):
        if run["end"] is None or not ACTIVE.holds(run, now):
            continue
        open_seats = enrollable_seats(run, now)
        paid = [seat for seat in paid_seats(run) if seat in open_seats]
        if paid:
            return int(paid[0]["price"])
    return None
