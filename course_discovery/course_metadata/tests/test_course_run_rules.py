"""Rules of runs: the same answer from the database and from facts, and what they say of cases."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.course_metadata.models import CourseRun, CourseRunType
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries import course_run as rules
from course_discovery.course_metadata.queries.course_run import Rule, RunFacts, SeatFacts
from course_discovery.course_metadata.queries.run_status import STATUS_RULES
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatFactory,
)

NOW = datetime(2030, 6, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = [
    rules.ACTIVE, rules.ENROLLABLE, rules.NOT_ENDED, rules.PUBLISHED, rules.COULD_BE_MARKETABLE,
    rules.HAS_SEATS, rules.MARKETABLE, *STATUS_RULES.values(),
]  # fmt: skip


def facts(**changes: Any) -> RunFacts:
    """An open, published run without seats."""
    run: RunFacts = {
        "key": "course-v1:A+B+C",
        "slug": "a-b-c",
        "draft": False,
        "status": CourseRunStatus.PUBLISHED,
        "type_is_marketable": True,
        "start": None,
        "end": None,
        "enrollment_start": None,
        "enrollment_end": None,
        "seats": [],
    }
    return run | changes  # type: ignore[return-value]


def seat(kind: str = "verified", price: int = 49, deadline: datetime | None = None) -> SeatFacts:
    return {
        "type": kind, "price": Decimal(price), "currency": "USD", "upgrade_deadline": deadline,
        "sku": None,
    }  # fmt: skip


def facts_of(run: CourseRun) -> RunFacts:
    return facts(
        key=run.key,
        slug=run.slug,
        draft=run.draft,
        status=run.status,
        type_is_marketable=run.type.is_marketable,
        start=run.start,
        end=run.end,
        enrollment_start=run.enrollment_start,
        enrollment_end=run.enrollment_end,
        seats=[seat(each.type_id) for each in run.seats.all()],
    )


@pytest.fixture(scope="module")
def seed() -> int:
    return random.randrange(10**6)


@pytest.fixture
def runs(db: None, seed: int) -> list[CourseRun]:
    """150 runs that differ in everything the rules look at."""
    chance = random.Random(seed)
    moments = [None, NOW - 40 * DAY, NOW - DAY, NOW, NOW + DAY, NOW + 40 * DAY]
    types = [CourseRunType.objects.get(slug=slug) for slug in ("verified-audit", "empty")]
    courses = {draft: CourseFactory(draft=draft) for draft in (False, True)}
    made = []
    for number in range(150):
        draft = chance.random() < 0.2
        key = f"A/B/{number}" if chance.random() < 0.1 else f"course-v1:A+B+{number}"
        run = CourseRunFactory(
            course=courses[draft],
            key=key,
            slug=chance.choice(["", f"run-{number}", f"run-{number}"]),
            status=chance.choice(CourseRunStatus.values + ["published"] * 3),
            type=chance.choice(types[:1] * 3 + types),
            **{
                name: chance.choice(moments)
                for name in ("start", "end", "enrollment_start", "enrollment_end")
            },
        )
        if chance.random() < 0.7:
            SeatFactory(course_run=run)
        made.append(run)
    return made


def test_rows_and_facts_are_judged_alike(runs: list[CourseRun], seed: int) -> None:
    for rule in RULES:
        chosen = set(CourseRun.everything.filter(rule.filter(NOW)).values_list("key", flat=True))
        held = {run.key for run in runs if rule.holds(facts_of(run), NOW)}
        assert chosen == held, (rule.name, seed)
        assert held, (rule.name, seed)


@pytest.mark.parametrize(
    ("rule", "changes", "holds"),
    [
        (rules.MARKETABLE, {"seats": [seat()]}, True),
        (rules.MARKETABLE, {}, False),
        (rules.MARKETABLE, {"seats": [seat()], "draft": True}, False),
        (rules.MARKETABLE, {"seats": [seat()], "key": "A/B/C"}, False),
        (rules.MARKETABLE, {"seats": [seat()], "slug": ""}, False),
        (rules.MARKETABLE, {"seats": [seat()], "status": "reviewed"}, False),
        (rules.MARKETABLE, {"seats": [seat()], "type_is_marketable": False}, False),
        (rules.ENROLLABLE, {"end": NOW - DAY}, True),
        (rules.ENROLLABLE, {"enrollment_start": NOW}, True),
        (rules.ENROLLABLE, {"enrollment_end": NOW}, False),
        (rules.ACTIVE, {"end": NOW}, False),
    ],
)
def test_what_holds(rule: Rule, changes: dict[str, Any], holds: bool) -> None:
    assert rule.holds(facts(**changes), NOW) is holds


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [
        (None, None, "Upcoming"),
        (NOW - DAY, NOW - timedelta(seconds=1), "Archived"),
        (NOW, None, "Current"),
        (NOW - DAY, NOW + DAY, "Current"),
        (NOW + DAY, None, "Starting Soon"),
        (NOW + 60 * DAY, None, "Upcoming"),
        (NOW + 59 * DAY, None, "Starting Soon"),
    ],
)
def test_availability(start: datetime | None, end: datetime | None, word: str) -> None:
    assert rules.availability(facts(start=start, end=end), NOW) == word


@pytest.mark.parametrize(
    ("kinds", "called"),
    [
        (["audit", "verified"], "verified"),
        (["audit", "verified", "credit"], "credit"),
        (["honor", "audit"], "honor"),
        (["professional", "credit"], "credit"),
        (["masters"], None),
        ([], None),
    ],
)
def test_a_run_is_called_after_the_first_of_its_seat_types(
    kinds: list[str], called: str | None
) -> None:
    assert rules.applicable_seat_type([seat(kind) for kind in kinds]) == called


def test_paid_seats_can_be_had_until_the_last_deadline_or_the_end() -> None:
    early, late = seat(deadline=NOW + DAY), seat("professional", deadline=NOW + 5 * DAY)
    run = facts(end=NOW + 3 * DAY, seats=[late, early, seat("audit", 0), seat("credit")])
    assert rules.paid_seats(run) == [early, late]
    assert rules.paid_seat_enrollment_end(run) == NOW + 3 * DAY
    assert rules.is_upgradeable(run, NOW)
    assert rules.paid_seat_enrollment_end(facts(seats=[seat()])) is None
    assert not rules.is_upgradeable(facts(seats=[seat()]), NOW)


def test_seats_can_be_had_while_enrollment_is_open_and_their_deadline_ahead() -> None:
    seats = [seat("audit", 0), seat(deadline=NOW - DAY), seat("honor", deadline=NOW + DAY)]
    assert rules.enrollable_seats(facts(seats=seats), NOW) == [seats[0], seats[2]]
    assert rules.enrollable_seats(facts(seats=seats, end=NOW - DAY), NOW) == []
    assert rules.enrollable_seats(facts(seats=seats, enrollment_start=NOW + DAY), NOW) == []


def test_what_is_said_of_a_run_holds_until_its_next_boundary(seed: int) -> None:
    chance = random.Random(seed)

    def moment() -> datetime | None:
        return chance.choice([None, NOW + chance.randrange(-90, 90) * DAY])

    for _ in range(300):
        run = facts(
            start=moment(), end=moment(), enrollment_start=moment(), enrollment_end=moment(),
            seats=[seat("audit", 0), seat(deadline=moment())],
        )  # fmt: skip
        boundary = rules.next_boundary(run, NOW) or NOW + 500 * DAY
        last = boundary - timedelta(microseconds=1)
        # Nothing is said differently between the first moment after now and the boundary.
        assert told(run, NOW + timedelta(microseconds=1)) == told(run, last), (run, seed)


def told(run: RunFacts, now: datetime) -> list[Any]:
    return [
        rules.availability(run, now),
        [rule.holds(run, now) for rule in RULES],
        rules.enrollable_seats(run, now),
        rules.is_current(run, now),
        rules.is_upgradeable(run, now),
    ]
