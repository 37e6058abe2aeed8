"""Comparing the indexes in use with the database, and writing what differs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from course_discovery.core.changes.drain import drain
from search.documents.connection import SearchUnavailable
from search.documents.kinds import Kind
from search.indexing import comparing, lag, records
from search.indexing.announcing import announce
from search.indexing.names import in_use
from search.indexing.writing import refresh, write_uuids

Clock = Callable[[], datetime]
Told = Callable[["Difference"], None]
# Seconds that what the change log still holds is waited for.
PATIENCE = 10.0
# How often one document is looked at before it is said to differ: others write meanwhile.
_LOOKS = 3


@dataclass(frozen=True)
class Difference:
    """A document of an index that is not as the database says.

    `how` is `missing`, `stale` or `without a row`.
    """

    kind: Kind
    index: str
    uuid: str
    how: str


@dataclass
class Checked:
    """What a comparison of one index found: rows that have a document, documents, differences.

    An `outdated` index was built for documents of another make. `refused` are uuids of documents
    that could not be repaired, with the reason that the index gave.
    """

    kind: Kind
    index: str
    rows: int
    documents: int
    differing: int = 0
    repaired: int = 0
    outdated: bool = False
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether the index is now as the database says, and made for what it says."""
        return self.differing == self.repaired and not self.outdated


def check(
    kinds: Sequence[Kind], *, repair: bool = False, tell: Told, clock: Clock = timezone.now
) -> list[Checked]:
    """Compare the index in use of each kind with the database, document by document.

    What the change log has not handed on yet is waited for first. `tell` hears of each difference;
    with `repair` exactly those documents are written. Memory does not grow with the catalog.

    Raises SearchUnavailable when nobody answers, or a kind has no index.
    """
    _catch_up()
    checked = []
    for kind in kinds:
        indexes = in_use(kind.alias)
        if not indexes:
            raise SearchUnavailable(f"there is no index {kind.alias}: update_index builds it")
        found = [_check(kind, index, repair, tell, clock) for index in indexes]
        checked += found
        records.note_check(
            kind,
            found[0].documents,
            sum(each.differing - each.repaired for each in found),
            sum(each.repaired for each in found),
            clock(),
        )
    return checked


def _check(kind: Kind, index: str, repair: bool, tell: Told, clock: Clock) -> Checked:
    refresh([index])
    checked = Checked(
        kind,
        index,
        kind.rows().count(),
        comparing.count(index),
        outdated=records.is_outdated(kind),
    )
    for suspects in comparing.differing(kind, index, clock()):
        wrong = _still_wrong(kind, index, suspects, clock)
        for uuid, how in wrong.items():
            tell(Difference(kind, index, uuid, how))
        checked.differing += len(wrong)
        if repair and wrong:
            _repair(checked, list(wrong), clock)
    if checked.repaired:
        checked.documents = comparing.count(index)
    return checked


def _still_wrong(kind: Kind, index: str, uuids: Sequence[str], clock: Clock) -> dict[str, str]:
    """What differs although the change log was given time to bring it to the index."""
    wrong = dict.fromkeys(uuids, "")
    for look in range(_LOOKS):
        if look:
            _catch_up()
        refresh([index])
        wrong = comparing.differences_among(kind, index, list(wrong), clock())
        if not wrong:
            break
    return wrong


def _repair(checked: Checked, uuids: list[str], clock: Clock) -> None:
    announce(checked.kind, uuids)
    written = write_uuids(checked.kind, uuids, [checked.index], clock())
    refresh([checked.index])
    # Again: whoever looked in between saw the documents as they were.
    announce(checked.kind, uuids)
    left = comparing.differences_among(checked.kind, checked.index, uuids, clock())
    checked.repaired += len(uuids) - len(left)
    checked.refused |= written.refused


def _catch_up() -> None:
    """Let what was committed until now reach the indexes, here or by another process."""
    end = time.monotonic() + PATIENCE
    while lag.is_behind() and time.monotonic() < end:
        if drain():
            return
        time.sleep(0.1)
