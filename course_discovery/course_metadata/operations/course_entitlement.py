"""Entitlements of courses."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseEntitlement
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.offer import (
    check_currency,
    fit_price,
    seat_type_named,
)
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    differences,
    locked,
    operation,
    write_differences,
)


class UnknownCourse(Refusal):
    """A uuid that no course of the partner has."""


class TooManyEntitlements(Refusal):
    """More than the one entitlement that a course can have."""


class EntitlementValues(TypedDict):
    """What a course is sold as. `mode` is the slug of a seat type, `currency` an ISO 4217 code."""

    mode: str
    price: Decimal
    currency: NotRequired[str]
    sku: NotRequired[str | None]


@operation
def update_course_entitlement(
    *, partner: Partner, course_uuid: UUID, values: EntitlementValues, now: datetime
) -> Outcome:
    """Let both rows of the course be sold as this, and as nothing else.

    Raises UnknownCourse, and what `write_course_entitlements` raises.
    """
    rows = _course_rows(partner, course_uuid)
    changed = False
    for row in rows:
        changed |= write_course_entitlements(row, [values])
    if changed:
        touch_course(course=rows[-1], now=now)
    return Outcome.of(changed=changed)


@operation
def remove_sold_entitlement(*, partner: Partner, course_uuid: UUID, now: datetime) -> Outcome:
    """Delete the course's entitlements that have a SKU: a shop knew them. Raises UnknownCourse."""
    rows = _course_rows(partner, course_uuid)
    sold = locked(CourseEntitlement.everything.filter(course__in=rows, sku__gt=""))
    for entitlement in sold:
        entitlement.delete()
    if sold:
        touch_course(course=rows[-1], now=now)
    return Outcome.of(changed=bool(sold))


def courses_by_uuid(partner: Partner, uuids: Iterable[UUID]) -> dict[UUID, list[Course]]:
    """The rows of courses with all that `course_entitlements_differ` looks at, official first."""
    rows = (
        Course.everything.filter(partner=partner, uuid__in=set(uuids))
        .order_by("draft", "pk")
        .select_related("type")
        .prefetch_related("entitlements__mode")
    )
    found: dict[UUID, list[Course]] = {}
    for row in rows:
        found.setdefault(row.uuid, []).append(row)
    return found


def courses_sold(partner: Partner) -> Iterable[UUID]:
    """The partner's courses (uuids) with an entitlement that has a SKU, drafts too."""
    sold = CourseEntitlement.everything.filter(course__partner=partner, sku__gt="")
    return sold.order_by().values_list("course__uuid", flat=True).distinct()


def write_course_entitlements(course: Course, entitlements: Sequence[EntitlementValues]) -> bool:
    """Let exactly these be the course row's entitlements (one at most); whether any differed.

    A part of a larger operation, which says that the course changed. Raises TooManyEntitlements,
    UnknownSeatType, UnknownCurrency, UnfitValue.
    """
    wanted = _fit(entitlements)
    stored = locked(CourseEntitlement.everything.filter(course=course))
    if wanted is None:
        for row in stored:
            row.delete()
        return bool(stored)
    columns = {**wanted, "mode": seat_type_named(wanted["mode"])}
    check_currency(columns["currency_id"])
    if stored:
        return write_differences(stored[0], columns)
    made = CourseEntitlement.everything.create(
        course=course, partner_id=course.partner_id, draft=course.draft, **columns
    )
    _join(made, course)
    return True


def course_entitlements_differ(course: Course, entitlements: Sequence[EntitlementValues]) -> bool:
    """Whether `write_course_entitlements` would write anything. Raises as it does."""
    wanted, stored = _fit(entitlements), list(course.entitlements.all())
    if wanted is None or not stored:
        return (wanted is None) is not (not stored)
    mode = wanted.pop("mode")
    return stored[0].mode.slug != mode or bool(differences(stored[0], wanted))


def _course_rows(partner: Partner, course_uuid: UUID) -> list[Course]:
    """The rows of the course, locked, the draft first."""
    rows = locked(Course.everything.filter(partner=partner, uuid=course_uuid))
    if not rows:
        raise UnknownCourse("there is no course with this uuid")
    return sorted(rows, key=lambda row: not row.draft)


def _fit(entitlements: Sequence[EntitlementValues]) -> dict[str, Any] | None:
    """The columns of the one entitlement, its mode by slug; None without one."""
    if len(entitlements) > 1:
        raise TooManyEntitlements("entitlements: a course has one at most")
    if not entitlements:
        return None
    (told,) = entitlements
    fit = {
        "mode": told["mode"].lower(),
        "price": fit_price(told["price"]),
        "currency_id": told.get("currency", "USD"),
    }
    return fit | fitting(CourseEntitlement, {"sku": told["sku"]} if "sku" in told else {})


def _join(made: CourseEntitlement, course: Course) -> None:
    """Let the official one of two entitlements point to its draft."""
    twins = CourseEntitlement.everything.filter(
        course__uuid=course.uuid, course__partner=course.partner_id, draft=not course.draft
    )
    twin = twins.first()
    if twin is not None:
        official, draft = (twin, made) if made.draft else (made, twin)
        write_differences(official, {"draft_version": draft})
