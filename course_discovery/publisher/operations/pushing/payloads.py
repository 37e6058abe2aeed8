"""The bodies that Studio, shops and LMSs take."""

from datetime import UTC, datetime
from decimal import Decimal

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from course_discovery.course_metadata.models import Seat
from course_discovery.course_metadata.models.course_run import CourseRunPacing
from course_discovery.publisher.queries.pushed_facts import (
    PushedEntitlement,
    PushedMode,
    PushedOrganization,
    PushedPublication,
    PushedRun,
    PushedSeat,
)

Body = dict[str, object]


class NoRunKey(ValueError):
    """A run's key that does not tell organization, number and run."""


def new_run_body(run: PushedRun) -> Body:
    """What makes a run in Studio, or a copy of an earlier one. Raises `NoRunKey`."""
    return {
        **_named(run),
        "pacing_type": run.pacing_type or CourseRunPacing.INSTRUCTOR.value,
        "schedule": {"start": moment(run.start), "end": moment(run.end)},
    }


def changed_run_body(run: PushedRun) -> Body:
    """What changes a run in Studio: there its dates and its pacing are set by others.

    Raises `NoRunKey`.
    """
    schedule: Body = {}
    if run.taught_elsewhere:
        schedule |= {"start": moment(run.start), "end": moment(run.end)}
    if run.enrollment_start or run.enrollment_end:
        schedule |= {
            "enrollment_start": moment(run.enrollment_start),
            "enrollment_end": moment(run.enrollment_end),
        }
    return {**_named(run), **({"schedule": schedule} if schedule else {})}


def ended_run_body(run: PushedRun) -> Body:
    """What ends a run in Studio before its time. Raises `NoRunKey`."""
    schedule = {"end": moment(run.end), "enrollment_end": moment(run.enrollment_end)}
    return {**_named(run), "schedule": schedule}


def publication_body(publication: PushedPublication) -> Body:
    """What a shop is told: seats first, then entitlements."""
    return {
        "id": publication.run_key,
        "uuid": str(publication.course_uuid),
        "name": publication.name,
        "verification_deadline": moment(publication.end),
        "products": [
            *(_seat(each) for each in publication.seats),
            *(_entitlement(each) for each in publication.entitlements),
        ],
    }


def mode_body(run_key: str, mode: PushedMode) -> Body:
    """What gives a run a mode in the LMS."""
    return {
        "course_id": run_key,
        "mode_slug": mode.slug,
        "mode_display_name": mode.name,
        "currency": "usd",
        "min_price": 0,
    }


def organization_body(organization: PushedOrganization) -> Body:
    """What an LMS keeps of an organization."""
    body: Body = {
        "name": organization.name,
        "short_name": organization.key,
        "description": organization.description,
    }
    return body | ({"logo_url": organization.logo_url} if organization.logo_url else {})


def moment(value: datetime | None) -> str | None:
    """UTC, in whole seconds."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def _named(run: PushedRun) -> Body:
    try:
        key = CourseKey.from_string(run.key)
    except InvalidKeyError:
        raise NoRunKey(run.key) from None
    return {
        "title": run.title,
        "org": key.org,
        "number": key.course,
        "run": key.run,
        "team": [{"user": name, "role": "instructor"} for name in dict.fromkeys(run.team)],
    }


def _seat(seat: PushedSeat) -> Body:
    expires = seat.upgrade_deadline if seat.identity.type == Seat.VERIFIED else None
    values: list[Body] = [
        {"name": "certificate_type", "value": seat.certificate_type},
        {"name": "id_verification_required", "value": seat.id_verified},
    ]
    if seat.variant_id:
        values.append({"name": "variant_id", "value": str(seat.variant_id)})
    return {
        "expires": moment(expires),
        "price": _price(seat.price),
        "product_class": "Seat",
        "stockrecords": [{"partner_sku": seat.sku or None}],
        "attribute_values": values,
    }


def _entitlement(entitlement: PushedEntitlement) -> Body:
    values: list[Body] = [{"name": "certificate_type", "value": entitlement.mode}]
    if entitlement.variant_id:
        values.append({"name": "variant_id", "value": str(entitlement.variant_id)})
    return {
        "price": _price(entitlement.price),
        "product_class": "Course Entitlement",
        "attribute_values": values,
    }


def _price(price: Decimal) -> str:
    return f"{price:.2f}"
