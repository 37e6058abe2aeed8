"""Writes documents: versions are checked and documents stored in short transactions."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from search.engine.embedded.errors import IndexMissing
from search.engine.embedded.storage.database import Database
from search.engine.embedded.storage.entry import Entry
from search.engine.embedded.storage.memory_segment import MemorySegment
from search.engine.embedded.storage.places import number_at, place_of
from search.engine.embedded.storage.recent import MAX_RECENT
from search.engine.embedded.storage.segments import insert_segment, pack_segment

TOMBSTONE_SECONDS = 60
"""So long the version of a deleted document counts, as Elasticsearch's `index.gc_deletes`."""


@dataclass(frozen=True)
class Write:
    """One document to store, or to delete when `entry` is None.

    `must_be_new` refuses a document that is there. `version` is an external one: it must be above
    the stored one, or with `may_equal` not below it.
    """

    id: str
    source: bytes | None = None
    entry: Entry | None = None
    must_be_new: bool = False
    version: int | None = None
    may_equal: bool = False

    @property
    def size(self) -> int:
        """How many document numbers the write takes."""
        return 1 if self.entry is None else self.entry.size()


@dataclass(frozen=True)
class Outcome:
    """What came of a write; `conflict` tells why it was refused."""

    result: str
    version: int
    sequence: int = 0
    conflict: str = ""


@dataclass(frozen=True)
class _Stored:
    place: int
    size: int
    version: int
    is_deleted: bool


def write_documents(
    database: Database, index_number: int, name: str, writes: Sequence[Write]
) -> list[Outcome]:
    """Write documents of one index in order, in one transaction; return what came of each.

    Raises IndexMissing (with `name`) when the index is gone.
    """
    if sum(write.entry is not None for write in writes) > MAX_RECENT:
        return _write_segment(database, index_number, name, writes)
    with database.writing() as connection:
        numbers = _allocate(connection, index_number, name, writes)
        outcomes = []
        for write, number in zip(writes, numbers, strict=True):
            outcome = _store(connection, index_number, write, number)
            outcomes.append(outcome)
            if write.entry is not None and not outcome.conflict:
                connection.execute(
                    "INSERT INTO recent VALUES (?, ?)",
                    (place_of(index_number, number), write.entry.dumps()),
                )
    return outcomes


def _write_segment(
    database: Database, index_number: int, name: str, writes: Sequence[Write]
) -> list[Outcome]:
    """Write many documents as a segment, which is made before the file is locked."""
    with database.writing() as connection:
        numbers = _allocate(connection, index_number, name, writes)
    segment = MemorySegment()
    for write, number in zip(writes, numbers, strict=True):
        if write.entry is not None:
            segment.add(number, write.entry)
    packed = pack_segment(segment)
    with database.writing() as connection:
        _allocate(connection, index_number, name, ())
        outcomes = []
        for write, number in zip(writes, numbers, strict=True):
            outcome = _store(connection, index_number, write, number)
            outcomes.append(outcome)
            if outcome.conflict and write.entry is not None:
                _bury(connection, place_of(index_number, number), write.size)
        insert_segment(connection, index_number, packed)
    return outcomes


def _allocate(
    connection: sqlite3.Connection, index_number: int, name: str, writes: Sequence[Write]
) -> list[int]:
    """Return, for each write, the last of the document numbers that it takes."""
    sizes = [write.size for write in writes]
    row = connection.execute(
        "UPDATE indexes SET last_document = last_document + ? WHERE number = ?"
        " RETURNING last_document",
        (sum(sizes), index_number),
    ).fetchone()
    if row is None:
        raise IndexMissing(name)
    last = row[0] - sum(sizes)
    numbers = []
    for size in sizes:
        last += size
        numbers.append(last)
    return numbers


def _store(connection: sqlite3.Connection, index_number: int, write: Write, number: int) -> Outcome:
    stored = _find(connection, index_number, write.id)
    exists = stored is not None and not stored.is_deleted
    if conflict := _conflict(stored, write):
        return Outcome("noop", stored.version if stored else 0, conflict=conflict)
    version = write.version
    if version is None:
        version = max(stored.version, 0) + 1 if stored else 1
    if stored is not None:
        if exists:
            _retire(connection, stored)
        connection.execute("DELETE FROM document WHERE place = ?", (stored.place,))
    is_delete = write.entry is None
    connection.execute(
        "INSERT INTO document (place, index_number, id, size, version, deleted, source)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            place_of(index_number, number),
            index_number,
            write.id,
            write.size,
            version,
            int(time.time()) if is_delete else None,
            write.source,
        ),
    )
    return Outcome(_result(is_delete=is_delete, exists=exists), version, number)


def _find(connection: sqlite3.Connection, index_number: int, key: str) -> _Stored | None:
    row = connection.execute(
        "SELECT place, size, version, deleted FROM document WHERE index_number = ? AND id = ?",
        (index_number, key),
    ).fetchone()
    if row is None:
        return None
    place, size, version, deleted = row
    is_forgotten = deleted is not None and deleted < time.time() - TOMBSTONE_SECONDS
    return _Stored(place, size, -1 if is_forgotten else version, deleted is not None)


def _conflict(stored: _Stored | None, write: Write) -> str:
    """Return why the write is refused, or nothing."""
    if stored is None:
        return ""
    if write.must_be_new and not stored.is_deleted:
        return f"document already exists (current version [{stored.version}])"
    if write.version is None or write.version > stored.version:
        return ""
    if write.may_equal and write.version == stored.version:
        return ""
    relation = "higher than" if write.may_equal else "higher or equal to"
    return f"current version [{stored.version}] is {relation} the one provided [{write.version}]"


def _retire(connection: sqlite3.Connection, stored: _Stored) -> None:
    """Take the terms of a replaced document out of the index."""
    removed = connection.execute("DELETE FROM recent WHERE place = ?", (stored.place,))
    if removed.rowcount == 0:
        _bury(connection, stored.place, stored.size)


def _bury(connection: sqlite3.Connection, place: int, size: int) -> None:
    last = number_at(place)
    start = place - last
    connection.executemany(
        "INSERT OR IGNORE INTO dead VALUES (?)",
        [(start + number,) for number in range(last - size + 1, last + 1)],
    )


def _result(*, is_delete: bool, exists: bool) -> str:
    if is_delete:
        return "deleted" if exists else "not_found"
    return "updated" if exists else "created"
