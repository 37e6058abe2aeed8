"""Live updates: what the change log tells goes into the indexes in use and in the making."""

import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils import timezone
from elasticsearch.dsl import Search

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.expansion import expand
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.sequence import last_number
from search.documents.connection import SearchUnavailable, answering, client
from search.documents.kinds import KINDS, Kind, kind_of
from search.indexing import comparing
from search.indexing.builds import being_built
from search.indexing.names import in_use
from search.indexing.writing import (
    BATCH,
    Written,
    batches_of_rows,
    refresh,
    write_rows,
    write_uuids,
)

logger = logging.getLogger(__name__)

CONSUMER = "search"
# Seconds without a look at boundaries after one that nobody answered.
PAUSE = 30
Targets = Mapping[Kind, Sequence[str]]


def register() -> None:
    """Hear of every change, and of time when there is none."""
    register_consumer(Consumer(CONSUMER, handle, idle=pass_boundaries))


def handle(changes: Sequence[Change]) -> None:
    """Bring the indexes up to date with these changes.

    Without an index there is nothing to do: its first build will have it all. Raises
    SearchUnavailable when nobody answers; the change log tries again.
    """
    targets = _targets(KINDS)
    if targets:
        apply(changes, targets)


def apply(changes: Iterable[Change], targets: Targets) -> None:
    """Bring these indexes up to date with these changes, and let it be found."""
    entries = list(changes)
    if any(each.operation == Change.REBUILD for each in entries):
        rewrite_everything(targets)
        return
    touched = expand(entries)
    for kind, indexes in targets.items():
        uuids = sorted(
            str(each.uuid) for each in touched if each.kind == kind.name and not each.draft
        )
        _write(kind, uuids, indexes)
    refresh([index for indexes in targets.values() for index in indexes])


def rewrite_everything(targets: Targets) -> None:
    """Write every document of these indexes anew, and remove those that have no row."""
    for kind, indexes in targets.items():
        for pks in batches_of_rows(kind):
            _tell(kind, write_rows(kind, pks, indexes, timezone.now()))
        refresh(indexes)
        for index in indexes:
            for uuids in comparing.without_a_row(kind, index):
                _write(kind, uuids, [index])
        refresh(indexes)


class _Pause:
    """Until when (time.monotonic) boundaries are left alone."""

    until = 0.0


def pass_boundaries() -> None:
    """Write anew what time alone has changed; leaves it for a while when nobody answers."""
    if time.monotonic() < _Pause.until:
        return
    try:
        _rewrite_due()
    except SearchUnavailable:
        # The change log tells it, with the next change; nothing is lost meanwhile.
        _Pause.until = time.monotonic() + PAUSE


def _rewrite_due() -> None:
    """Write anew the documents whose next boundary has passed, some at a time."""
    now = timezone.now()
    due = (
        Search()
        .filter("range", next_boundary={"lte": now.isoformat()})
        .sort("next_boundary", "uuid")
        .source(["uuid", "content_type"])[:BATCH]
    )
    aliases = [kind.alias for kind in KINDS if in_use(kind.alias)]
    if not aliases:
        return
    with answering():
        found = client().search(index=aliases, body=due.to_dict())
    hits = [hit["_source"] for hit in found["hits"]["hits"]]
    targets = _targets({kind_of(hit["content_type"]) for hit in hits})
    for kind, indexes in targets.items():
        uuids = [hit["uuid"] for hit in hits if hit["content_type"] == kind.content_type]
        _write(kind, uuids, indexes)
        refresh(indexes)


def _targets(kinds: Collection[Kind]) -> Targets:
    """The indexes that writes must reach.

    Those being built are read first: a build moves its alias before it forgets itself.
    """
    found = {kind: sorted({*_begun(kind), *in_use(kind.alias)}) for kind in kinds}
    return {kind: indexes for kind, indexes in found.items() if indexes}


def _begun(kind: Kind) -> list[str]:
    """The indexes being built, as far as they are there: writing to another would create it."""
    with answering():
        return [name for name in being_built(kind) if client().indices.exists(index=name)]


def _write(kind: Kind, uuids: Sequence[str], indexes: Sequence[str]) -> None:
    for start in range(0, len(uuids), BATCH):
        written = write_uuids(kind, uuids[start : start + BATCH], indexes, timezone.now())
        _tell(kind, written)


def _tell(kind: Kind, written: Written) -> None:
    """Name the documents that an index refused; one of them must not stop all others."""
    for uuid, reason in written.refused.items():
        logger.error("the index refused %s %s: %s", kind.name, uuid, reason)
    if not written.overtaken:
        return
    index, uuid = written.overtaken[0]
    with answering():
        found = client().mget(index=index, ids=[uuid], source=False)["docs"][0]
    if found.get("_version", 0) > last_number():
        logger.error(
            "%s knows of later changes than the database, which seems to have been restored: "
            "it takes no updates before update_index has built another",
            index,
        )
