"""Following what may change the members of catalogs: changes, time, another index."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause, PassedBoundary
from course_discovery.catalogs.operations.filling import SILENCE, begin, fill
from course_discovery.catalogs.operations.questions import KINDS, indexes_in_use
from course_discovery.catalogs.operations.reasking import (
    ask_about,
    pass_time,
    reasons_in,
    touched_things,
)
from course_discovery.catalogs.operations.storing import because
from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.models import Change, ChangeCursor
from search.documents.kinds import Kind
from search.indexing import announcing, live
from search.queries.stored import due_among

CONSUMER = "catalogs"
# Documents whose boundary passed that are asked about at once.
_PASSED = 500


def register() -> None:
    """Hear of changes after the search index has, of time, and of documents that time changes."""
    register_consumer(Consumer(CONSUMER, handle, idle=look))
    announcing.register_listener(note_passed)


def handle(changes: Sequence[Change]) -> None:
    """Ask about what the changes touched, once the search index has them.

    Without an index nothing is asked: a look at one that comes asks for all. Raises
    SearchUnavailable; the change log tries again.
    """
    if not Catalog.objects.exists():
        return
    if not indexes_in_use():
        return
    _index(changes)
    if any(each.operation == Change.REBUILD for each in changes):
        AskedCatalog.objects.update(indexes="")
    else:
        ask_about(touched_things(changes), reasons_in(changes), timezone.now())
    look()


def look() -> bool:
    """Ask for what time changed, for catalogs that were not asked for, and after a rebuild.

    Answers whether there is more to ask for.
    """
    if not Catalog.objects.exists():
        PassedBoundary.objects.all().delete()
        return False
    indexes, now = indexes_in_use(), timezone.now()
    if not indexes:
        return False
    pass_time(now)
    _fill_unknown(indexes, now)
    return _ask_about_passed(now)


def note_passed(kind: Kind, uuids: Sequence[str] | None) -> None:
    """Note documents that are written anew although nothing was changed; None stands for all."""
    if kind not in KINDS or not Catalog.objects.exists():
        return
    if uuids is None:
        AskedCatalog.objects.update(indexes="")
        return
    PassedBoundary.objects.bulk_create(
        [PassedBoundary(kind=kind.name, uuid=UUID(each)) for each in uuids], batch_size=500
    )


def _index(changes: Sequence[Change]) -> None:
    """Let the search index have changes that it was not handed yet; to have them twice is no harm.

    They may have been numbered since its consumer looked.
    """
    cursor = ChangeCursor.objects.filter(consumer=live.CONSUMER).first()
    position = cursor.position if cursor else 0
    if missing := [each for each in changes if each.number > position]:
        live.handle(missing)


def _ask_about_passed(now: datetime) -> bool:
    """Ask about documents that were announced and are as they are now; the others come later.

    Answers whether there may be more.
    """
    passed: dict[str, defaultdict[UUID, list[int]]] = {
        kind.name: defaultdict(list) for kind in KINDS
    }
    rows = PassedBoundary.objects.order_by("pk").values_list("pk", "kind", "uuid")
    for pk, name, uuid in rows[:_PASSED]:
        passed[name][uuid].append(pk)
    settled = 0
    for kind in KINDS:
        if uuids := passed[kind.name]:
            written = uuids.keys() - due_among(kind, uuids, now)
            ask_about({kind: written}, because(Cause.TIME), now)
            told = [pk for each in written for pk in uuids[each]]
            PassedBoundary.objects.filter(pk__in=told).delete()
            settled += len(told)
    # What is not written yet stays, and must not be asked about all the time.
    return settled == _PASSED


def _fill_unknown(indexes: str, now: datetime) -> None:
    """Ask for catalogs that nobody asks for, and whose members are not those of these indexes."""
    alive = Q(asked__complete=False, asked__alive_at__gt=now - SILENCE)
    known = Q(
        asked__complete=True,
        asked__indexes=indexes,
        asked__query=F("query"),
        asked__program_query=F("program_query"),
    )
    for pk in Catalog.objects.exclude(known).exclude(alive).values_list("pk", flat=True):
        catalog = Catalog.objects.filter(pk=pk).first()
        if catalog is not None:
            _fill_again(catalog, indexes, now)


def _fill_again(catalog: Catalog, indexes: str, now: datetime) -> None:
    """Ask for a catalog as a whole: because of itself, of another index, or of too much time."""
    asked = AskedCatalog.objects.filter(
        pk=catalog.pk, query=catalog.query, program_query=catalog.program_query
    ).first()
    cause = Cause.CATALOG
    if asked is not None and asked.complete and asked.indexes != indexes:
        cause = Cause.INDEX
    elif asked is not None and asked.moves:
        cause = Cause.TIME
    fill(begin(catalog, now), cause)
