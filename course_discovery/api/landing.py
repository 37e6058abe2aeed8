"""The page at `/`: what this is, what it holds, who answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from course_discovery.api.health import search_engine
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, Organization, Subject
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.loaders.queries import last_finished_load


def landing(request: HttpRequest) -> HttpResponse:
    """The landing page of the request's partner."""
    partner: Partner | None = request.partner or None  # type: ignore[attr-defined]
    engine = search_engine()
    return render(
        request,
        "api/landing.html",
        {
            "partner": partner,
            "counts": _counts(partner) if partner else [],
            "load": last_finished_load(partner) if partner else None,
            "engine": engine,
        },
    )


def _counts(partner: Partner) -> list[tuple[str, int]]:
    """What anybody may know that the catalog holds: label and number."""
    runs = CourseRun.objects.filter(
        course__partner=partner,
        status=CourseRunStatus.PUBLISHED,
        hidden=False,
        restricted_run__isnull=True,
    )
    courses = runs.order_by().values("course").distinct()
    return [
        (_("courses"), courses.count()),
        (_("course runs"), runs.count()),
        (_("organizations"), Organization.objects.filter(partner=partner).count()),
        (_("subjects"), Subject.objects.filter(partner=partner).count()),
    ]
