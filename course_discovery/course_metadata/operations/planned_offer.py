"""What course teams sell: seats as the run type has them, the entitlement as the course type has.

Planning writes nothing, so that it can be told, pushed to a shop and refused before it is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    CourseRunType,
    CourseType,
    Seat,
)
from course_discovery.course_metadata.operations.course_entitlement import (
    write_course_entitlements,
)
from course_discovery.course_metadata.operations.offer import fit_price
from course_discovery.course_metadata.operations.running import (
    Refusal,
    locked,
    write_differences,
)
from course_discovery.course_metadata.operations.seat import default_upgrade_deadline

CURRENCY = "USD"
# Letter by letter what clients know.
_SWITCHING = (
    "Switching {} types after being reviewed is not supported. Please reach out to your project "
    "coordinator for additional help if necessary."
)


class SeatTypesLost(Refusal):
    """A run type without a seat type that learners may have bought already."""

    def __init__(self) -> None:
        super().__init__(_SWITCHING.format("seat"))


class EntitlementSwitch(Refusal):
    """A course type that sells a course, which was sold before, as something else."""

    def __init__(self) -> None:
        super().__init__(_SWITCHING.format("entitlement"))


class Unchanged(Enum):
    """Says that a value stays as it is, where None takes it away."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, kw_only=True)
class PlannedSeat:
    """A seat as it will be. `type` is the slug of a seat type, `currency` an ISO 4217 code."""

    type: str
    price: Decimal
    currency: str
    credit_provider: str
    credit_hours: int | None
    upgrade_deadline: datetime | None
    upgrade_deadline_override: datetime | None
    sku: str | None
    bulk_sku: str | None

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells the seats of a run apart."""
        return self.type, self.currency, self.credit_provider

    @classmethod
    def of(cls, seat: Seat) -> "PlannedSeat":
        """The seat as it is."""
        return cls(
            type=str(seat.type_id),
            price=seat.price,
            currency=str(seat.currency_id),
            credit_provider=seat.credit_provider,
            credit_hours=seat.credit_hours,
            upgrade_deadline=seat.upgrade_deadline,
            upgrade_deadline_override=seat.upgrade_deadline_override,
            sku=seat.sku,
            bulk_sku=seat.bulk_sku,
        )


@dataclass(frozen=True, kw_only=True)
class PlannedEntitlement:
    """An entitlement as it will be. `mode` is the slug of a seat type."""

    mode: str
    price: Decimal
    currency: str
    sku: str | None


def planned_seats(
    *,
    run: CourseRun,
    run_type: CourseRunType,
    prices: Mapping[str, Decimal],
    end: datetime | None,
    upgrade_deadline_override: datetime | Unchanged | None = UNCHANGED,
) -> list[PlannedSeat]:
    """The seats of the run row under this type, ending at `end`: one for each seat type sold.

    A seat that is there stays, but for a price that is told (by seat type; without one it is 0).
    Verified seats are sold until some days before the end; another end takes back what somebody set
    by hand, unless that is told anew. Raises SeatTypesLost, UnfitValue.
    """
    stored: dict[str, list[PlannedSeat]] = {}
    for seat in Seat.everything.filter(course_run=run).order_by("pk"):
        stored.setdefault(str(seat.type_id).lower(), []).append(PlannedSeat.of(seat))
    types = _seat_types(run_type)
    _check_kept(run, {slug.lower() for slug in types})
    told = {slug.lower(): fit_price(price) for slug, price in prices.items()}
    plan: list[PlannedSeat] = []
    for slug in types:
        for planned in stored.get(slug.lower()) or [_new_seat(slug, end)]:
            values: dict[str, Any] = {}
            if slug.lower() in told:
                values["price"] = told[slug.lower()]
            if slug.lower() == Seat.VERIFIED:
                values |= _deadlines(run, end, upgrade_deadline_override)
            plan.append(replace(planned, **values))
    return plan


def write_planned_seats(*, run: CourseRun, seats: Sequence[PlannedSeat]) -> bool:
    """Let exactly these be the run row's seats; whether any differed.

    A part of a larger operation, which says that the course changed.
    """
    stored = {PlannedSeat.of(row).identity: row for row in locked(_seats_of(run))}
    wanted = {seat.identity: seat for seat in seats}
    changed = False
    for identity, row in stored.items():
        if identity not in wanted:
            row.delete()
            changed = True
    for identity, seat in wanted.items():
        columns = asdict(seat)
        columns |= {"type_id": columns.pop("type"), "currency_id": columns.pop("currency")}
        if identity in stored:
            changed |= write_differences(stored[identity], columns)
        else:
            Seat.everything.create(course_run=run, draft=run.draft, **columns)
            changed = True
    return changed


def planned_entitlements(
    *, course: Course, course_type: CourseType, prices: Mapping[str, Decimal]
) -> list[PlannedEntitlement]:
    """The entitlement of the course row under this type, none or one, with the price told for it.

    One that the type has no more goes, one that it has is made once it is given a price. Raises
    EntitlementSwitch, UnfitValue.
    """
    types = {each.slug.lower(): each.slug for each in course_type.entitlement_types.order_by("pk")}
    _check_switch(course, set(types))
    told = {slug.lower(): fit_price(price) for slug, price in prices.items()}
    stored = CourseEntitlement.everything.filter(course=course).select_related("mode").first()
    if stored is not None and stored.mode.slug.lower() in types:
        mode = stored.mode.slug
        price = told.get(mode.lower(), stored.price)
        return [
            PlannedEntitlement(
                mode=mode, price=price, currency=str(stored.currency_id), sku=stored.sku
            )
        ]  # fmt: skip
    return [
        PlannedEntitlement(mode=slug, price=told[folded], currency=CURRENCY, sku=None)
        for folded, slug in types.items()
        if folded in told
    ][:1]


def write_planned_entitlements(
    *, course: Course, entitlements: Sequence[PlannedEntitlement]
) -> bool:
    """Let exactly these be the course row's entitlements; whether any differed.

    A part of a larger operation, which says that the course changed.
    """
    return write_course_entitlements(
        course,
        [
            {"mode": each.mode, "price": each.price, "currency": each.currency, "sku": each.sku}
            for each in entitlements
        ],
    )


def seats_change(*, run: CourseRun, seats: Sequence[PlannedSeat]) -> bool:
    """Whether `write_planned_seats` would write anything."""
    stored = {PlannedSeat.of(row).identity: PlannedSeat.of(row) for row in _seats_of(run)}
    return stored != {seat.identity: seat for seat in seats}


def entitlements_change(*, course: Course, entitlements: Sequence[PlannedEntitlement]) -> bool:
    """Whether `write_planned_entitlements` would write anything."""
    rows = CourseEntitlement.everything.filter(course=course).select_related("mode")
    stored = [
        PlannedEntitlement(
            mode=row.mode.slug, price=row.price, currency=str(row.currency_id), sku=row.sku
        )
        for row in rows
    ]
    return stored != list(entitlements)


def _seats_of(run: CourseRun) -> Any:
    return Seat.everything.filter(course_run=run)


def _seat_types(run_type: CourseRunType) -> list[str]:
    """The slugs of what the type's tracks are sold as, each once; some are not sold."""
    tracks = run_type.tracks.exclude(seat_type=None).order_by("pk")
    return list(dict.fromkeys(tracks.values_list("seat_type__slug", flat=True)))


def _check_kept(run: CourseRun, types: set[str]) -> None:
    if Seat.VERIFIED in types:
        types = types | {Seat.AUDIT}
    official = Seat.everything.filter(course_run__uuid=run.uuid, draft=False)
    if any(str(slug).lower() not in types for slug in official.values_list("type_id", flat=True)):
        raise SeatTypesLost


def _new_seat(slug: str, end: datetime | None) -> PlannedSeat:
    verified = slug.lower() == Seat.VERIFIED
    return PlannedSeat(
        type=slug,
        price=Decimal("0.00"),
        currency=CURRENCY,
        credit_provider="",
        credit_hours=None,
        upgrade_deadline=default_upgrade_deadline(end) if verified else None,
        upgrade_deadline_override=None,
        sku=None,
        bulk_sku=None,
    )


def _deadlines(
    run: CourseRun, end: datetime | None, override: datetime | Unchanged | None
) -> dict[str, Any]:
    """What becomes of a verified seat's deadlines."""
    moved = {
        "upgrade_deadline": default_upgrade_deadline(end),
        "upgrade_deadline_override": None,
    }
    values: dict[str, Any] = moved if run.end != end else {}
    return values if override is UNCHANGED else values | {"upgrade_deadline_override": override}


def _check_switch(course: Course, types: set[str]) -> None:
    official = CourseEntitlement.everything.filter(
        course__uuid=course.uuid, course__partner=course.partner_id, draft=False
    )
    for slug in official.values_list("mode__slug", flat=True):
        allowed = types | ({Seat.AUDIT} if Seat.VERIFIED in types else set())
        if types and slug.lower() not in allowed:
            raise EntitlementSwitch
