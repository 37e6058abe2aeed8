"""Entitlements of courses."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NotRequired, TypedDict

from course_discovery.course_metadata.models import Course, CourseEntitlement
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


class TooManyEntitlements(Refusal):
    """More than the one entitlement that a course can have."""


class EntitlementValues(TypedDict):
    """What a course is sold as. `mode` is the slug of a seat type, `currency` an ISO 4217 code."""

    mode: str
    price: Decimal
    currency: NotRequired[str]
    sku: NotRequired[str | None]


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
