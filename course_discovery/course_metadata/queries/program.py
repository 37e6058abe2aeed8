"""What holds of a program at a moment: rules on facts, and the rows that clients ask for."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypedDict, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Program, ProgramTypeTranslation
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.queries.course_entitlement import Offer
from course_discovery.course_metadata.queries.course_run import RunFacts, enrollable_seats

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
Thing = TypeVar("Thing", bound=Hashable)
Starts = tuple[datetime | None, datetime | None]  # of a run: start, start of enrollment


class RunOfProgram(RunFacts):
    """What the rules of a program ask of a run."""

    weeks_to_complete: int | None


class CourseOfProgram(TypedDict):
    """What the rules of a program ask of one of its courses.

    `runs` are without those that the program excludes, and without restricted ones; `canonical` is
    None where it is not among them.
    """

    runs: Sequence[RunOfProgram]
    canonical: RunOfProgram | None
    entitlements: Sequence[Offer]


class PriceRange(TypedDict):
    """Prices in one currency (ISO 4217): `total` is what all courses together cost."""

    currency: str
    min: Decimal
    max: Decimal
    total: Decimal


class Weeks(TypedDict):
    """How long the shortest and the longest course of a program takes."""

    weeks_to_complete_min: int | None
    weeks_to_complete_max: int | None


# What can be shown to buyers.
MARKETABLE = Q(status=ProgramStatus.ACTIVE) & ~Q(marketing_slug="")


def programs_of(partner: Partner) -> QuerySet[Program]:
    """The programs of a partner, whatever their status, the oldest first."""
    return Program.objects.filter(partner=partner).order_by("pk")


def of_type_named(name: str) -> Q:
    """The condition that a program's type has this name, in any language and any case."""
    names = ProgramTypeTranslation.objects.filter(master=OuterRef("type"), name_t__iexact=name)
    return Q(Exists(names)) | Q(type__name__iexact=name)


def marketing_url(root: str | None, type_slug: str | None, slug: str) -> str | None:
    """A program's page on the marketing site (`root` ends without a slash), None without one."""
    if not (root and slug):
        return None
    if "/" in slug:
        return f"{root}/{slug}"
    return f"{root}/{type_slug}/{slug}" if type_slug else None


def first_starts(runs: Iterable[Starts]) -> tuple[datetime, datetime]:
    """What a course is ordered by in a program: when its first run starts, and takes learners.

    A run that does not tell its start comes last, one that does not tell when its enrollment
    starts comes first.
    """
    pairs = list(runs)
    return (
        min((start or _LATEST for start, _open in pairs), default=_LATEST),
        min((opened or _EARLIEST for _start, opened in pairs), default=_EARLIEST),
    )


def price_ranges(
    courses: Iterable[CourseOfProgram], seat_types: Collection[str], now: datetime
) -> list[PriceRange]:
    """The prices of a program by currency, of products whose seat type is one of `seat_types`.

    The products of a course are its entitlement and the seats of its canonical run.
    """
    ranges: dict[str, PriceRange] = {}
    for course in courses:
        prices = _prices(course, seat_types, now)
        for currency, (products, chosen) in prices.items():
            known = ranges.get(currency)
            ranges[currency] = {
                "currency": currency,
                "min": min([*products, *([known["min"]] if known else [])]),
                "max": max([*products, *([known["max"]] if known else [])]),
                "total": chosen + (known["total"] if known else 0),
            }
    return [ranges[currency] for currency in sorted(ranges)]


def _prices(
    course: CourseOfProgram, seat_types: Collection[str], now: datetime
) -> dict[str, tuple[list[Decimal], Decimal]]:
    """By currency: what the products of a course cost, and the one that counts of them.

    That is the entitlement, else the first seat; the last one where the canonical run has always
    been open and has not ended.
    """
    found: dict[str, tuple[list[Decimal], Decimal]] = {}
    run = course["canonical"]
    if run:
        newest_counts = run["enrollment_start"] is None and (run["end"] is None or run["end"] > now)
        for seat in run["seats"]:
            if seat["type"] in seat_types:
                products, chosen = found.get(seat["currency"], ([], seat["price"]))
                kept = seat["price"] if newest_counts else chosen
                found[seat["currency"]] = ([*products, seat["price"]], kept)
    for offer in course["entitlements"]:
        if offer["mode"] in seat_types:
            products, _replaced = found.get(offer["currency"], ([], offer["price"]))
            found[offer["currency"]] = ([*products, offer["price"]], offer["price"])
    return found


def can_be_bought_at_once(
    courses: Iterable[CourseOfProgram], seat_types: Collection[str], now: datetime
) -> bool:
    """Whether each course has exactly one product to put into the basket.

    That is one entitlement of these seat types, or a single published run with such a seat to be
    had now.
    """
    return all(_has_one_product(course, seat_types, now) for course in courses)


def _has_one_product(course: CourseOfProgram, seat_types: Collection[str], now: datetime) -> bool:
    if sum(offer["mode"] in seat_types for offer in course["entitlements"]) == 1:
        return True
    published = [run for run in course["runs"] if run["status"] == CourseRunStatus.PUBLISHED]
    return len(published) == 1 and any(
        seat["type"] in seat_types for seat in enrollable_seats(published[0], now)
    )


def weeks_to_complete(courses: Iterable[CourseOfProgram]) -> Weeks:
    """The least and the most weeks that the canonical runs take, of those that tell."""
    runs = [course["canonical"] for course in courses]
    weeks = [run["weeks_to_complete"] for run in runs if run and run["weeks_to_complete"]]
    return {
        "weeks_to_complete_min": min(weeks, default=None),
        "weeks_to_complete_max": max(weeks, default=None),
    }


def subjects_in_order(courses: Iterable[Sequence[Thing]]) -> list[Thing]:
    """The subjects of courses, each of which names its primary one first.

    First the one that is primary most often, then the others, the most frequent first. Those that
    are equal in this stay in the order in which they are met.
    """
    lists = [subjects for subjects in courses if subjects]
    # Both count in the order of first appearance, and sorting is stable.
    primary = Counter(subjects[0] for subjects in lists)
    frequent = Counter(subject for subjects in lists for subject in subjects)
    first = [subject for subject, _count in primary.most_common(1)]
    return first + [subject for subject, _count in frequent.most_common() if subject not in first]


def each_once(lists: Iterable[Iterable[Thing]]) -> list[Thing]:
    """What several lists have, without repetitions, in the order in which it is met."""
    return list(dict.fromkeys(thing for things in lists for thing in things))
