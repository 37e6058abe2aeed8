"""The seats of course runs."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NotRequired, TypedDict

from django.conf import settings

from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.offer import (
    check_currency,
    fit_price,
    seat_type_named,
)
from course_discovery.course_metadata.operations.running import (
    Refusal,
    differences,
    locked,
    write_differences,
)

_IDENTITY = ("type_id", "currency_id", "credit_provider")
END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


class TwoEqualSeats(Refusal):
    """The same seat type, currency and credit provider twice for one run."""


class SeatValues(TypedDict):
    """One seat. `type` is the slug of a seat type, `currency` an ISO 4217 code.

    Without a credit provider it stands for the stored seats of its type and currency, whoever
    their providers are. One that `never_expires` has no deadline, whenever the run ends.
    """

    type: str
    price: Decimal
    currency: NotRequired[str]
    upgrade_deadline: NotRequired[datetime | None]
    never_expires: NotRequired[bool]
    credit_provider: NotRequired[str]
    credit_hours: NotRequired[int | None]
    sku: NotRequired[str | None]
    bulk_sku: NotRequired[str | None]


def write_seats(row: CourseRun, seats: Sequence[SeatValues], *, keep_others: bool) -> bool:
    """Let these be the run row's seats; whether any differed.

    A part of a larger operation, which says that the course changed. Other seats are deleted,
    unless `keep_others`. A verified seat without a deadline can be bought until some days before
    the run's end. Raises TwoEqualSeats, UnknownSeatType, UnknownCurrency, UnfitValue.
    """
    stored = locked(Seat.everything.filter(course_run=row))
    changed = False
    wanted = _paired(row.end, stored, seats)
    if not keep_others:
        kept = {seat.pk for seat, _values in wanted if seat}
        for other in stored:
            if other.pk not in kept:
                other.delete()
                changed = True
    for seat, values in wanted:
        if seat is None:
            _create(row, values)
            changed = True
        else:
            changed |= write_differences(seat, values)
    return changed


def seats_differ(
    row: CourseRun, seats: Sequence[SeatValues], *, end: datetime | None, keep_others: bool
) -> bool:
    """Whether `write_seats` would write anything once the run ends at `end`. Raises as it does."""
    stored = list(row.seats.all())
    wanted = _paired(end, stored, seats)
    if not keep_others and {seat.pk for seat, _ in wanted if seat} != {s.pk for s in stored}:
        return True
    return any(seat is None or differences(seat, values) for seat, values in wanted)


def move_upgrade_deadlines(row: CourseRun) -> None:
    """Let the verified seats of a run be on sale as long as its present end allows.

    A deadline that somebody set by hand was meant for the old end and goes.
    """
    deadline = default_upgrade_deadline(row.end)
    for seat in locked(Seat.everything.filter(course_run=row, type__slug=Seat.VERIFIED)):
        values = {"upgrade_deadline": deadline, "upgrade_deadline_override": None}
        write_differences(seat, values)


def default_upgrade_deadline(end: datetime | None) -> datetime | None:
    """The last second of the day that lies some days (a setting) before the end."""
    if end is None:
        return None
    days = timedelta(days=settings.PUBLISHER_UPGRADE_DEADLINE_DAYS)
    return datetime.combine((end.astimezone(UTC) - days).date(), END_OF_DAY)


def join_seats(official: CourseRun, draft: CourseRun) -> None:
    """Let the official seats of a run point to their drafts."""
    drafts = {identity_of_seat(seat): seat for seat in Seat.everything.filter(course_run=draft)}
    for seat in Seat.everything.filter(course_run=official):
        twin = drafts.get(identity_of_seat(seat))
        if twin is not None and seat.draft_version_id != twin.pk:
            Seat.everything.filter(draft_version=twin).update(draft_version=None)
            write_differences(seat, {"draft_version": twin})


def _paired(
    end: datetime | None, stored: Sequence[Seat], seats: Sequence[SeatValues]
) -> list[tuple[Seat | None, dict[str, Any]]]:
    """Each seat as told, with the stored row it stands for; that one's identity left out."""
    pairs: list[tuple[Seat | None, dict[str, Any]]] = []
    seen: set[tuple[str, str, str]] = set()
    for told in seats:
        values = _columns(told, end)
        offer = told["type"].lower(), told.get("currency", "USD")
        provider = told["credit_provider"].strip() if "credit_provider" in told else None
        rows: list[Seat | None] = [row for row in stored if _stands_for(row, offer, provider)]
        for row in rows or [None]:
            identity = (*offer, row.credit_provider if row else provider or "")
            if identity in seen:
                raise TwoEqualSeats(f"seats: {offer[0]} twice")
            seen.add(identity)
            new = dict(zip(_IDENTITY, identity, strict=True))
            pairs.append((row, values if row else values | new))
    return pairs


def _stands_for(row: Seat, offer: tuple[str, str], provider: str | None) -> bool:
    same = (str(row.type_id).lower(), row.currency_id) == offer
    return same and provider in (None, row.credit_provider)


def _columns(told: SeatValues, end: datetime | None) -> dict[str, Any]:
    """What is told of a seat besides its identity."""
    values: dict[str, Any] = {"price": fit_price(told["price"])}
    if told.get("never_expires"):
        values["upgrade_deadline"] = None
    elif told["type"].lower() == Seat.VERIFIED:
        values["upgrade_deadline"] = told.get("upgrade_deadline") or default_upgrade_deadline(end)
    elif "upgrade_deadline" in told:
        values["upgrade_deadline"] = told["upgrade_deadline"]
    plain: dict[str, Any] = {}
    for name, value in told.items():
        if name in {"credit_provider", "credit_hours", "sku", "bulk_sku"}:
            plain[name] = value
    return values | fitting(Seat, plain)


def _create(row: CourseRun, values: dict[str, Any]) -> Seat:
    seat_type = seat_type_named(values["type_id"])
    check_currency(values["currency_id"])
    columns = values | {"type_id": seat_type.slug}
    return Seat.everything.create(course_run=row, draft=row.draft, **columns)


def identity_of_seat(seat: Seat) -> tuple[str, str, str]:
    """What tells the seats of a run apart: type, currency, credit provider."""
    return str(seat.type_id), str(seat.currency_id), seat.credit_provider
