"""Live updates: what the change log tells goes into the indexes in use and in the making."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils import timezone

from course_discovery.core.changes.models import Change
from course_discovery.core.changes.sequence import last_number
from search.documents.connection import answering, client
from search.documents.kinds import KINDS, Kind
from search.indexing import comparing
from search.indexing.builds import being_built
from search.indexing.names import in_use
from search.indexing.touched import touched_documents
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
Targets = Mapping[Kind, Sequence[str]]


def handle(changes: Sequence[Change]) -> None:
    """Bring the indexes up to date with these changes.

    Without an index there is nothing to do: its first build will have it all. Raises
    SearchUnavailable when nobody answers; the change log tries again.
    """
    targets = targets_of(KINDS)
    if targets:
        apply(changes, targets)


def apply(changes: Iterable[Change], targets: Targets) -> None:
    """Bring these indexes up to date with these changes, and let it be found."""
    entries = list(changes)
    if any(each.operation == Change.REBUILD for each in entries):
        rewrite_everything(targets)
        return
    touched = touched_documents(entries, targets)
    changed = {str(each.uuid) for each in entries}
    # What was changed itself is found first: much may show it.
    shown = {kind: [uuid for uuid in touched[kind] if uuid in changed] for kind in touched}
    showing = {kind: [uuid for uuid in touched[kind] if uuid not in changed] for kind in touched}
    _write_all(shown, targets)
    if any(shown.values()) and any(showing.values()):
        refresh([index for kind in shown if shown[kind] for index in targets[kind]])
    _write_all(showing, targets)
    refresh([index for indexes in targets.values() for index in indexes])


def _write_all(uuids: Mapping[Kind, Sequence[str]], targets: Targets) -> None:
    for kind, of_kind in uuids.items():
        write(kind, of_kind, targets[kind])


def rewrite_everything(targets: Targets) -> None:
    """Write every document of these indexes anew, and remove those that have no row."""
    for kind, indexes in targets.items():
        for pks in batches_of_rows(kind):
            tell(kind, write_rows(kind, pks, indexes, timezone.now()))
        refresh(indexes)
        for index in indexes:
            for uuids in comparing.without_a_row(kind, index):
                write(kind, uuids, [index])
        refresh(indexes)


def targets_of(kinds: Collection[Kind]) -> Targets:
    """The indexes that writes must reach.

    Those being built are read first: a build moves its alias before it forgets itself.
    """
    found = {kind: sorted({*_begun(kind), *in_use(kind.alias, "health")}) for kind in kinds}
    return {kind: indexes for kind, indexes in found.items() if indexes}


def _begun(kind: Kind) -> list[str]:
    """The indexes being built, as far as they are there: writing to another would create it."""
    with answering():
        return [name for name in being_built(kind) if client("health").indices.exists(index=name)]


def write(kind: Kind, uuids: Sequence[str], indexes: Sequence[str]) -> Written:
    """Bring these indexes up to date with these things, and tell what they refused."""
    done = Written()
    for start in range(0, len(uuids), BATCH):
        written = write_uuids(kind, uuids[start : start + BATCH], indexes, timezone.now())
        tell(kind, written)
        done.add(written)
    return done


def tell(kind: Kind, written: Written) -> None:
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
