"""Reading reports of loads."""

from course_discovery.core.models import Partner
from course_discovery.loaders.models import LoadRun


def last_load(partner: Partner) -> LoadRun | None:
    """The partner's newest load, under way or not, with its sources; None before the first."""
    return LoadRun.objects.filter(partner=partner).prefetch_related("sources").first()


def last_finished_load(partner: Partner) -> LoadRun | None:
    """The partner's newest load that came to its end, with its sources."""
    finished = LoadRun.objects.filter(partner=partner, finished__isnull=False)
    return finished.prefetch_related("sources").first()
