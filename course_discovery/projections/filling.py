"""What nobody has read or changed yet, and what other code has rendered: made due, bit by bit."""

from django.conf import settings
from django.db.models import F

from course_discovery.core.changes.owners import BATCH
from course_discovery.projections.kinds import KINDS, Kind, revision
from course_discovery.projections.models import Projection
from course_discovery.projections.models.projection import LONG_AGO
from course_discovery.projections.storing import rows_to_fill


class _Filled:
    """Whether this process has found nothing more to do: it looks for that once in its life."""

    done = False


def fill() -> bool:
    """Make a batch of projections due that are missing, or of another revision; False if none is.

    Once nothing was found, nothing is looked for: later objects come with their changes. Only
    processes that drain the log by themselves do this.
    """
    if _Filled.done or not settings.CHANGES_DRAIN_IN_PROCESS:
        return False
    found = _outdated() or any(_missing(kind) for kind in KINDS.values())
    _Filled.done = not found
    return found


def _outdated() -> bool:
    """Make projections due that other code has rendered."""
    rows = Projection.objects.filter(version=F("stored_version"), kind__in=KINDS)
    # Those that are due already are rendered anyway.
    rows = rows.exclude(revision=revision()).exclude(due_at=LONG_AGO)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return bool(pks and Projection.objects.filter(pk__in=pks).update(due_at=LONG_AGO))


def _missing(kind: Kind) -> bool:
    """Give rows, which are due then, to objects that have none in the default language."""
    language = kind.language(None)
    have = Projection.objects.filter(kind=kind.name, language=language).values("row")
    objects = kind.model._base_manager.exclude(pk__in=have).order_by("pk")
    pks = list(objects.values_list("pk", flat=True)[:BATCH])
    return bool(pks) and bool(rows_to_fill(kind, pks, language, {}, patient=True))
