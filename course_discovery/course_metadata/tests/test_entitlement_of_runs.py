"""What a course without an entitlement is sold as, going by its runs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.course_metadata.queries.course_entitlement import entitlement_of_runs
from course_discovery.course_metadata.queries.course_run import RunFacts
from course_discovery.course_metadata.tests.test_course_run_rules import facts, seat

NOW = datetime(2030, 6, 15, 12, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=9), NOW - timedelta(days=9)


def run(*seats: Any, end: datetime | None = LATER, **changes: Any) -> RunFacts:
    return facts(seats=list(seats), end=end, **changes)


@pytest.mark.parametrize(
    ("runs", "mode", "price"),
    [
        ([run(seat("audit", 0), seat("verified", 49))], "verified", 49),
        ([run(seat("verified", 49)), run(seat("verified", 49))], "verified", 49),
        ([run(seat("verified", 49)), run(seat("verified", 99), end=EARLIER)], "verified", 49),
        ([run(seat("professional", 500), end=EARLIER)], "professional", 500),
        ([run(seat(), end=EARLIER), run(seat("verified", 99), end=EARLIER)], "verified", 99),
        ([run(seat("verified", 99), end=None)], "verified", 99),
    ],
)
def test_runs_that_agree_tell_it(runs: list[RunFacts], mode: str, price: int) -> None:
    expected = {"mode": mode, "price": Decimal(price), "currency": "USD"}
    assert entitlement_of_runs(runs, NOW) == expected


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [run()],
        [run(seat("audit", 0))],
        [run(seat("verified")), run(seat("audit", 0))],
        [run(seat("verified", 49)), run(seat("verified", 99))],
        [run(seat("verified", 49)), run(seat("professional", 49))],
        [run(seat("verified"), seat("professional"))],
        [run(seat("verified"), end=EARLIER), run(end=EARLIER)],
        [run(seat("verified"), end=EARLIER), run(end=LATER)],
    ],
)
def test_others_do_not(runs: list[RunFacts]) -> None:
    assert entitlement_of_runs(runs, NOW) is None
