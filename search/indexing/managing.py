"""Filling the indexes in use anew, and removing all indexes: what operators ask for by hand."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone

from search.documents.connection import SearchUnavailable, answering, client
from search.documents.kinds import Kind
from search.indexing import builds, comparing, records
from search.indexing.announcing import announce
from search.indexing.building import Progress
from search.indexing.names import in_use, indexes_of
from search.indexing.writing import Written, batches_of_rows, refresh, write_rows, write_uuids

Clock = Callable[[], datetime]


def populate(
    kinds: Sequence[Kind], *, progress: Progress, clock: Clock = timezone.now
) -> dict[Kind, Written]:
    """Write every document into the indexes in use, and remove those that have no row.

    Raises SearchUnavailable when nobody answers, or a kind has no index.
    """
    targets = {kind: in_use(kind.alias) for kind in kinds}
    if missing := [kind.alias for kind, indexes in targets.items() if not indexes]:
        raise SearchUnavailable(f"there is no index {missing[0]}: --create makes one")
    done = {kind: Written() for kind in kinds}
    for kind, indexes in targets.items():
        progress.begin(kind, ", ".join(indexes), kind.rows().count())
        for pks in batches_of_rows(kind):
            done[kind].add(write_rows(kind, pks, indexes, clock()))
            progress.advance(kind, len(pks))
        refresh(indexes)
        for index in indexes:
            for uuids in comparing.without_a_row(kind, index):
                done[kind].add(write_uuids(kind, uuids, [index], clock()))
        refresh(indexes)
        announce(kind, None)
    return done


def delete(kinds: Sequence[Kind], clock: Clock = timezone.now) -> list[str]:
    """Delete all indexes of these kinds, the ones in use and those to go back to.

    Those that somebody is building stay. Answers the names; searches are refused until an index
    has been built again.
    """
    builds.clear_dead(kinds, clock())
    deleted = []
    for kind in kinds:
        building = builds.being_built(kind)
        for name in indexes_of(kind.alias):
            if name not in building:
                with answering():
                    client().indices.delete(index=name, ignore_unavailable=True)
                deleted.append(name)
    records.forget(kinds)
    return deleted
