"""What a course is sold as."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from course_discovery.course_metadata.queries.course_run import ACTIVE, RunFacts

# Seat types that a course as a whole can be sold as.
ENTITLEMENT_MODES = frozenset(
    {
        "verified", "professional", "executive-education", "paid-executive-education",
        "paid-bootcamp",
    }
)  # fmt: skip


class Offer(TypedDict):
    """A seat type (its slug) at a price; `currency` is an ISO 4217 code."""

    mode: str
    price: Decimal
    currency: str


def entitlement_of_runs(runs: Sequence[RunFacts], now: datetime) -> Offer | None:
    """The entitlement that a course without one should have, None if its runs do not tell.

    They tell if each active run, or the last one (`runs` are in the order of their starts) where
    none is active, has exactly one seat of an entitlement mode, and all agree on it.
    """
    active = [run for run in runs if run["end"] is not None and ACTIVE.holds(run, now)]
    offers = []
    for run in active or runs[-1:]:
        sold = [seat for seat in run["seats"] if seat["type"] in ENTITLEMENT_MODES]
        if len(sold) != 1:
            return None
        offers.append((sold[0]["type"], sold[0]["price"], sold[0]["currency"]))
    if len(set(offers)) != 1:
        return None
    mode, price, currency = offers[0]
    return {"mode": mode, "price": price, "currency": currency}
