"""What a run offers (its modes, prices and deadlines) from the one word in the data files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from course_discovery.loaders.sample.catalog import Mode

UPGRADE_CLOSES_BEFORE_END = timedelta(days=10)


@dataclass(frozen=True)
class Offer:
    """The modes of a run by slug, and the types that a catalog has for such runs and courses."""

    modes: tuple[str, ...]
    run_type: str
    course_type: str
    entitlement: str | None = None


OFFERS: Mapping[str, Offer] = {
    "none": Offer((), "audit", "audit"),
    "audit": Offer(("audit",), "audit", "audit"),
    "verified": Offer(("audit", "verified"), "verified-audit", "verified-audit", "verified"),
    "professional": Offer(("professional",), "professional", "professional", "professional"),
    "honor": Offer(("honor",), "honor", "honor"),
    "verified-honor": Offer(("honor", "verified"), "verified-honor", "verified-honor", "verified"),
    "credit": Offer(
        ("audit", "credit", "verified"),
        "credit-verified-audit",
        "credit-verified-audit",
        "verified",
    ),
    # No catalog knows this mode before somebody tells it: its run arrives, the seat is reported.
    "apprenticeship": Offer(("audit", "apprenticeship"), "audit", "audit"),
}
MODE_NAMES: Mapping[str, str] = {
    "audit": "Audit",
    "verified": "Verified Certificate",
    "professional": "Professional Certificate",
    "honor": "Honor Code Certificate",
    "credit": "Credit",
    "apprenticeship": "Apprenticeship",
}
FREE = frozenset({"audit", "honor"})


def modes_of(
    run_key: str, offer: str, course: Mapping[str, Any], end: datetime | None
) -> tuple[Mode, ...]:
    """The modes of a run; `course` is its table in the data files (price, currency, credit)."""
    return tuple(_mode(slug, run_key, course, end) for slug in OFFERS[offer].modes)


def _mode(slug: str, run_key: str, course: Mapping[str, Any], end: datetime | None) -> Mode:
    free = slug in FREE
    credit: Mapping[str, Any] = course.get("credit", {}) if slug == "credit" else {}
    deadline = end - UPGRADE_CLOSES_BEFORE_END if end and slug == "verified" else None
    return Mode(
        slug=slug,
        name=MODE_NAMES[slug],
        price=0 if free else credit.get("price", course.get("price", 49)),
        currency=course.get("currency", "usd"),
        expires=deadline and datetime.combine(deadline, time(23, 59, 59), deadline.tzinfo),
        sku=None if free else sku_of(run_key, slug),
        bulk_sku=sku_of(run_key, f"{slug} bulk") if slug in {"verified", "professional"} else None,
        credit_provider=credit.get("provider"),
        credit_hours=credit.get("hours"),
    )


def sku_of(*parts: str) -> str:
    """Seven upper-case hex digits, as shops number their products."""
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:7].upper()
