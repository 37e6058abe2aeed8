"""What holds of a course run at a moment: rules that filter rows and judge facts alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet

from course_discovery.course_metadata.models import Course, CourseRun, Seat
from course_discovery.course_metadata.models.course_run import CourseRunStatus

STARTING_SOON = timedelta(days=60)
LAST_WEEKS = timedelta(days=14)
# Seat types by what a run that has several of them is called after.
LEGACY_TYPES = ("credit", "professional", "no-id-professional", "verified", "honor", "audit")


class SeatFacts(TypedDict):
    """What the rules ask of a seat. `upgrade_deadline` is the override where there is one."""

    type: str
    price: Decimal
    currency: str
    upgrade_deadline: datetime | None
    sku: str | None


class RunFacts(TypedDict):
    """What the rules ask of a run."""

    key: str
    slug: str
    draft: bool
    status: str
    type_is_marketable: bool
    start: datetime | None
    end: datetime | None
    enrollment_start: datetime | None
    enrollment_end: datetime | None
    seats: Sequence[SeatFacts]


@dataclass(frozen=True)
class Rule:
    """A condition on runs; `filter` and `holds` give the same answer for every run."""

    name: str
    filter: Callable[[datetime], Q]
    holds: Callable[[RunFacts, datetime], bool]


def _after(field: str, now: datetime) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": now})


def _open(moment: datetime | None, now: datetime) -> bool:
    return moment is None or moment > now


def is_old_style(key: str) -> bool:
    """Whether a run's key has the older form `ORG/NUMBER/RUN`; such runs are never marketed."""
    return "/" in key


ACTIVE = Rule(
    "active",
    lambda now: _after("end", now) & _after("enrollment_end", now),
    lambda run, now: _open(run["end"], now) and _open(run["enrollment_end"], now),
)
ENROLLABLE = Rule(
    "enrollable",
    lambda now: (
        (Q(enrollment_start__isnull=True) | Q(enrollment_start__lte=now))
        & _after("enrollment_end", now)
    ),
    lambda run, now: (
        (run["enrollment_start"] is None or run["enrollment_start"] <= now)
        and _open(run["enrollment_end"], now)
    ),
)
NOT_ENDED = Rule(
    "not ended", lambda now: _after("end", now), lambda run, now: _open(run["end"], now)
)
PUBLISHED = Rule(
    "published",
    lambda now: Q(status=CourseRunStatus.PUBLISHED),
    lambda run, now: run["status"] == CourseRunStatus.PUBLISHED,
)
TYPE_IS_MARKETABLE = Rule(
    "type may be marketed",
    lambda now: Q(type__is_marketable=True),
    lambda run, now: run["type_is_marketable"],
)
HAS_KEY_OF_TODAY = Rule(
    "key of today's form",
    lambda now: ~Q(key__contains="/"),
    lambda run, now: not is_old_style(run["key"]),
)
HAS_SLUG = Rule("has a slug", lambda now: ~Q(slug=""), lambda run, now: bool(run["slug"]))
OFFICIAL = Rule("official", lambda now: Q(draft=False), lambda run, now: not run["draft"])
HAS_SEATS = Rule(
    "has seats",
    lambda now: Q(Exists(Seat.everything.filter(course_run=OuterRef("pk")))),
    lambda run, now: bool(run["seats"]),
)


def all_of(name: str, *rules: Rule) -> Rule:
    """The rule that all of these hold."""

    def matches(now: datetime) -> Q:
        joined = Q()
        for rule in rules:
            joined &= rule.filter(now)
        return joined

    return Rule(name, matches, lambda run, now: all(rule.holds(run, now) for rule in rules))


COULD_BE_MARKETABLE = all_of(
    "could be marketable", TYPE_IS_MARKETABLE, OFFICIAL, HAS_KEY_OF_TODAY, HAS_SLUG
)
# Whether a run may be shown to buyers.
MARKETABLE = all_of("marketable", PUBLISHED, COULD_BE_MARKETABLE, HAS_SEATS)


def enrollment_deadline(run: RunFacts) -> datetime | None:
    """The last moment at which somebody can enroll, None for never closing."""
    return min((each for each in (run["end"], run["enrollment_end"]) if each), default=None)


def availability(run: RunFacts, now: datetime) -> str:
    """Archived, Current, Starting Soon or Upcoming (not translated: clients compare it)."""
    if run["end"] is not None and run["end"] < now:
        return "Archived"
    if run["start"] is not None and run["start"] <= now:
        return "Current"
    if run["start"] is not None and run["start"] < now + STARTING_SOON:
        return "Starting Soon"
    return "Upcoming"


def applicable_seat_type(seats: Iterable[SeatFacts]) -> str | None:
    """The seat type that a run is called after, None without a known one."""
    present = {seat["type"] for seat in seats}
    return next((slug for slug in LEGACY_TYPES if slug in present), None)


def enrollable_seats(run: RunFacts, now: datetime) -> list[SeatFacts]:
    """The seats that can be had now."""
    deadline = enrollment_deadline(run)
    if deadline is not None and deadline < now:
        return []
    if run["enrollment_start"] is not None and run["enrollment_start"] > now:
        return []
    return [seat for seat in run["seats"] if _open(seat["upgrade_deadline"], now)]


def paid_seats(run: RunFacts) -> list[SeatFacts]:
    """Seats that cost something, credit apart; those whose deadline is first come first."""
    paid = [seat for seat in run["seats"] if seat["type"] != Seat.CREDIT and seat["price"] > 0]
    return sorted(
        paid, key=lambda seat: (seat["upgrade_deadline"] is None, seat["upgrade_deadline"] or 0)
    )


def paid_seat_enrollment_end(run: RunFacts) -> datetime | None:
    """Until when a paid seat can be had, None for none or for ever."""
    paid = paid_seats(run)
    if not paid:
        return None
    deadlines = [seat["upgrade_deadline"] for seat in paid if seat["upgrade_deadline"]]
    last = None if len(deadlines) < len(paid) else max(deadlines)
    return min((each for each in (enrollment_deadline(run), last) if each), default=None)


def is_current(run: RunFacts, now: datetime) -> bool:
    """Whether a run is under way, its last two weeks apart."""
    started = run["start"] is None or run["start"] < now
    return started and (run["end"] is None or now.date() <= (run["end"] - LAST_WEEKS).date())


def is_upgradeable(run: RunFacts, now: datetime) -> bool:
    """Whether a paid seat can be had, and not for ever."""
    until = paid_seat_enrollment_end(run)
    return until is not None and now < until


def next_boundary(run: RunFacts, now: datetime) -> datetime | None:
    """The next moment at which time alone changes what is said of a run, None for never."""
    moments = [run["start"], run["end"], run["enrollment_start"], run["enrollment_end"]]
    moments += [seat["upgrade_deadline"] for seat in run["seats"]]
    if run["start"]:
        moments.append(run["start"] - STARTING_SOON)
    if run["end"]:
        after = (run["end"] - LAST_WEEKS).replace(hour=0, minute=0, second=0, microsecond=0)
        moments.append(after + timedelta(days=1))
    return min((each for each in moments if each is not None and each > now), default=None)


def facts_of_run(run: CourseRun) -> RunFacts:
    """What the rules ask of a row, with its type and its seats (fetched before, at best)."""
    seats: list[SeatFacts] = [
        {
            "type": str(seat.type_id),
            "price": seat.price,
            "currency": str(seat.currency_id),
            "upgrade_deadline": seat.upgrade_deadline_override or seat.upgrade_deadline,
            "sku": seat.sku,
        }
        for seat in run.seats.all()
    ]
    return {
        "key": run.key,
        "slug": run.slug,
        "draft": run.draft,
        "status": run.status,
        "type_is_marketable": run.type.is_marketable,
        "start": run.start,
        "end": run.end,
        "enrollment_start": run.enrollment_start,
        "enrollment_end": run.enrollment_end,
        "seats": seats,
    }


def official_runs() -> QuerySet[CourseRun]:
    """The official runs, in the order of their keys."""
    return CourseRun.objects.order_by("key_folded")


def due_course_runs(now: datetime) -> QuerySet[CourseRun]:
    """The official runs that were reviewed and are to be published by now."""
    reviewed = CourseRun.objects.filter(status=CourseRunStatus.REVIEWED, go_live_date__lte=now)
    return reviewed.select_related("course__partner").order_by("go_live_date", "pk")


def courses_with_inactive_runs(now: datetime) -> QuerySet[Course]:
    """The official courses with published runs that nobody can enroll in any more.

    Those of partners that have a site to show them on.
    """
    published = CourseRun.objects.filter(PUBLISHED.filter(now), course=OuterRef("pk"))
    shown = Course.objects.filter(partner__marketing_site_url_root__gt="")
    inactive = shown.filter(Exists(published.exclude(ACTIVE.filter(now))))
    return inactive.select_related("partner").order_by("pk")
