"""What OPTIONS tells of courses: what may be written, and what there is to choose from."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.metadata import SimpleMetadata

from course_discovery.api.v1.options import choices, described
from course_discovery.api.v1.shapes.course_described import DescribedCourse
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    CourseRunType,
    CourseType,
    LevelType,
    SeatType,
    Subject,
    Track,
)
from course_discovery.publisher.roles import organizations_of


class CourseOptions(SimpleMetadata):
    """Describes courses to whoever may write them."""

    def determine_metadata(self, request: Any, view: Any) -> dict[str, Any]:
        """What OPTIONS answers."""
        found = super().determine_metadata(request, view)
        return {name: found[name] for name in found if name != "description"}

    def determine_actions(self, request: Any, view: Any) -> dict[str, Any]:
        """The fields, by the method that the caller may use."""
        method = "PUT" if view.detail else "POST"
        if view.detail and not _may_edit(view):
            return {}
        return {method: described_course(request.partner, request.user)}


def described_course(partner: Partner, user: Any) -> dict[str, Any]:
    """The fields of a course, with what there is to choose from for this user."""
    fields = described(DescribedCourse())
    mode = fields["entitlements"]["child"]["children"]["mode"]
    mode["choices"] = choices(SeatType.objects.order_by("pk").values_list("slug", "name"))
    levels = LevelType.objects.prefetch_related("translations").order_by("sort_value", "pk")
    fields["level_type"]["choices"] = choices((each.name, each.name_t) for each in levels)
    subjects = Subject.objects.filter(partner=partner).prefetch_related("translations")
    named = ((each.slug, each.name) for each in subjects.order_by("pk"))
    fields["subjects"]["child"] = {"choices": choices(named)}
    fields["type"]["type_options"] = [_type_option(each) for each in offered_types(user)]
    return fields


def offered_types(user: Any) -> Iterable[CourseType]:
    """The types that the user may choose from: some are for certain organizations only."""
    hidden = [CourseType.EMPTY, *settings.RETIRED_COURSE_TYPES]
    types = CourseType.objects.exclude(slug__in=hidden).prefetch_related(
        "entitlement_types",
        "white_listed_orgs",
        "run_type_links__course_run_type__tracks__mode",
        "run_type_links__course_run_type__tracks__seat_type",
    )
    own = set(organizations_of(user).values_list("pk", flat=True))
    for each in types:
        allowed = {row.pk for row in each.white_listed_orgs.all()}
        if user.is_staff or not allowed or allowed & own:
            yield each


def _may_edit(view: Any) -> bool:
    try:
        return bool(view.writable(view.kwargs["key"]))
    except (Http404, PermissionDenied):
        return False


def _type_option(each: CourseType) -> dict[str, Any]:
    run_types = [link.course_run_type for link in each.run_type_links.all()]
    tracks = {track.pk: track for run_type in run_types for track in _tracks(run_type)}
    return {
        "uuid": str(each.uuid),
        "name": each.name,
        "entitlement_types": [row.slug for row in each.entitlement_types.all()],
        "course_run_types": [
            {
                "uuid": str(run_type.uuid),
                "name": run_type.name,
                "is_marketable": run_type.is_marketable,
                "modes": [track.mode.slug for track in _tracks(run_type)],
            }
            for run_type in run_types
        ],
        "tracks": [_track(track) for track in tracks.values()],
    }


def _tracks(run_type: CourseRunType) -> list[Track]:
    return sorted(run_type.tracks.all(), key=lambda track: track.pk)


def _track(track: Track) -> dict[str, Any]:
    seat_type, mode = track.seat_type, track.mode
    return {
        "seat_type": {"name": seat_type.name, "slug": seat_type.slug} if seat_type else None,
        "mode": {
            "name": mode.name,
            "slug": mode.slug,
            "is_id_verified": mode.is_id_verified,
            "is_credit_eligible": mode.is_credit_eligible,
            "certificate_type": mode.certificate_type,
            "payee": mode.payee,
        },
    }
