"""What other services are told of rows as they are.

Readers take a row and look at what hangs on it; nothing of what they look at needs to be stored,
so a caller that writes later changes the facts (`dataclasses.replace`).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

import waffle
from django.conf import settings

from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseRun,
    CourseRunType,
    CourseType,
    Organization,
    Seat,
    Track,
)
from course_discovery.publisher.queries.pushed_facts import (
    PushedEntitlement,
    PushedMode,
    PushedOrganization,
    PushedPublication,
    PushedRun,
    PushedSeat,
    SeatIdentity,
)

VARIANT_SWITCH = "course_metadata.is_course_run_variant_id_ecommerce_consumable"


def team_of(course: Course) -> list[str]:
    """The names of the course's editors, in the order in which they became such."""
    editors = CourseEditor.objects.filter(
        course__uuid=course.uuid, course__partner=course.partner_id, user__is_active=True
    )
    return list(editors.order_by("pk").values_list("user__username", flat=True))


def pushed_run(run: CourseRun, *, team: Iterable[str] = ()) -> PushedRun:
    """A run for Studio; `team` are the names of its course's editors and of who writes."""
    return PushedRun(
        key=run.key,
        title=_title(run),
        team=tuple(dict.fromkeys(team)),
        pacing_type=run.pacing_type,
        start=run.start,
        end=run.end,
        enrollment_start=run.enrollment_start,
        enrollment_end=run.enrollment_end,
        taught_elsewhere=run.course.type.slug in CourseType.EXTERNAL,
    )


def pushed_publication(
    run: CourseRun,
    *,
    seats: Iterable[Seat] | None = None,
    entitlements: Iterable[CourseEntitlement] | None = None,
) -> PushedPublication:
    """A run for the shop, with its seats and its course's entitlements, or with those given.

    A seat that no track of the run's type has is not sold.
    """
    course = run.course
    tracks = {
        track.seat_type.slug: track for track in _tracks(run.type) if track.seat_type is not None
    }
    sold = run.seats.order_by("pk") if seats is None else seats
    rights = course.entitlements.select_related("mode") if entitlements is None else entitlements
    seat_variant = run.variant_id if waffle.switch_is_active(VARIANT_SWITCH) else None
    more = course.additional_metadata
    return PushedPublication(
        run_key=run.key,
        course_uuid=course.uuid,
        name=_title(run),
        end=run.end,
        seats=tuple(
            PushedSeat(
                identity=seat_identity(seat),
                price=seat.price,
                certificate_type=tracks[seat.type_id].mode.certificate_type,
                id_verified=tracks[seat.type_id].mode.is_id_verified,
                upgrade_deadline=seat.upgrade_deadline_override or seat.upgrade_deadline,
                sku=seat.sku,
                variant_id=seat_variant,
            )
            for seat in sold
            if seat.type_id in tracks
        ),
        entitlements=tuple(
            PushedEntitlement(
                mode=each.mode.slug, price=each.price, variant_id=more.variant_id if more else None
            )
            for each in rights
        ),
    )


def pushed_modes(run_type: CourseRunType) -> list[PushedMode]:
    """The modes of a type of runs that no shop sells."""
    modes = (track.mode for track in _tracks(run_type) if track.seat_type is None)
    return [PushedMode(mode.slug, mode.name) for mode in modes]


def pushed_organization(organization: Organization) -> PushedOrganization:
    """An organization for an LMS; a logo without an address that others reach is not told."""
    logo = organization.certificate_logo_image.url if organization.certificate_logo_image else ""
    if logo and not urlsplit(logo).netloc:
        logo = f"{settings.ORG_BASE_LOGO_URL}{logo}" if settings.ORG_BASE_LOGO_URL else ""
    return PushedOrganization(
        key=organization.key,
        name=organization.certificate_name or organization.name,
        description=organization.description,
        logo_url=logo or None,
    )


def seat_identity(seat: Seat) -> SeatIdentity:
    """Which seat of its run this is."""
    return SeatIdentity(seat.type_id, str(seat.currency_id), seat.credit_provider)


def _title(run: CourseRun) -> str:
    return run.title_override or run.course.title or ""


def _tracks(run_type: CourseRunType) -> list[Track]:
    return list(run_type.tracks.select_related("mode", "seat_type").order_by("pk"))
