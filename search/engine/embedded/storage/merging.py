"""Keeps the number of segments small, and takes out what is dead.

Segments of about the same size are merged into one when there are enough of them, so each document
is rewritten a few times in its life. Merging works beside readers and writers: it writes in short
transactions to a segment that is garbage until the last of them lists it. One process merges at a
time; what a killed one leaves is cleared by the next.
"""

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, compress
from operator import itemgetter

from search.engine.embedded.storage.codec import pack_column, unpack_column, without
from search.engine.embedded.storage.database import Database
from search.engine.embedded.storage.entry import load_entry
from search.engine.embedded.storage.garbage import SEGMENT, clear_garbage, maintenance_lock
from search.engine.embedded.storage.memory_segment import ROOTS, MemorySegment
from search.engine.embedded.storage.pages import Postings, pack_pages, unpack_page
from search.engine.embedded.storage.places import number_at, place_of, places_of_index
from search.engine.embedded.storage.recent import MAX_RECENT
from search.engine.embedded.storage.segments import (
    ColumnRow,
    insert_columns,
    insert_pages,
    insert_segment,
    pack_segment,
)
from search.engine.embedded.storage.sql import select_in

SEGMENTS_OF_A_SIZE = 8
MIN_DEAD = 1000
_PAGES_AT_ONCE = 50
_MAX_MERGES = 10


def maintain(database: Database, index_number: int, *, has_new_segment: bool) -> None:
    """Turn many recent documents into a segment, and merge segments, if there is a new one."""
    if not _flush(database, index_number) and not has_new_segment:
        return
    with maintenance_lock(database) as is_ours:
        if not is_ours:
            return
        for _ in range(_MAX_MERGES):
            chosen = _choose(database, index_number)
            if not chosen:
                break
            _Merge(database, index_number, chosen).run()
        clear_garbage(database)


def _flush(database: Database, index_number: int) -> bool:
    """Make a segment of the recent documents if they are many; tell whether they were."""
    places = places_of_index(index_number)
    query = "SELECT count(*) FROM recent WHERE place BETWEEN ? AND ?"
    with database.reading() as connection:
        (count,) = connection.execute(query, places).fetchone()
    if count <= MAX_RECENT:
        return False
    with database.writing() as connection:
        rows = connection.execute(
            "SELECT place, entry FROM recent WHERE place BETWEEN ? AND ? ORDER BY place", places
        )
        segment = MemorySegment()
        for place, data in rows:
            segment.add(number_at(place), load_entry(data))
        if len(segment):  # no other process was faster
            insert_segment(connection, index_number, pack_segment(segment))
            connection.execute("DELETE FROM recent WHERE place BETWEEN ? AND ?", places)
    return True


def _choose(database: Database, index_number: int) -> list[int]:
    """Return the segments to merge next: all of them, too many of one size, or none."""
    with database.reading() as connection:
        segments = connection.execute(
            "SELECT number, documents FROM segment WHERE index_number = ?", (index_number,)
        ).fetchall()
        (dead,) = connection.execute(
            "SELECT count(*) FROM dead WHERE place BETWEEN ? AND ?", places_of_index(index_number)
        ).fetchone()
    if dead > max(MIN_DEAD, sum(documents for _, documents in segments) // 4):
        return [number for number, _ in segments]
    by_size: dict[int, list[int]] = defaultdict(list)
    for number, documents in segments:
        by_size[documents.bit_length() // 3].append(number)  # each size is eight times the last
    return max(
        (numbers for numbers in by_size.values() if len(numbers) >= SEGMENTS_OF_A_SIZE),
        key=len,
        default=[],
    )


class _Merge:
    """Merges some segments of an index into one, without the documents that are dead now."""

    def __init__(self, database: Database, index_number: int, segments: list[int]) -> None:
        self._database = database
        self._index_number = index_number
        self._segments = segments
        with database.reading() as connection:
            rows = connection.execute(
                "SELECT place FROM dead WHERE place BETWEEN ? AND ?", places_of_index(index_number)
            )
            self._dead = {number_at(place) for (place,) in rows}
        self._dropped: set[int] = set()
        self._documents = 0
        self._target = 0

    def run(self) -> None:
        """Write the merged segment and list it instead of its parts."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO segment (index_number, documents) VALUES (0, 0)"
            )
            self._target = cursor.lastrowid or 0
            connection.execute("DELETE FROM segment WHERE number = ?", (self._target,))
            self._discard(connection, self._target)
        self._merge_pages()
        for column in self._columns():
            with self._database.writing() as connection:
                insert_columns(connection, [column])
        with self._database.writing() as connection:
            self._list(connection)

    def _merge_pages(self) -> None:
        """Merge the pages, as many keys at a time as some pages of each segment hold."""
        waiting: dict[int, list[Postings]] = {segment: [] for segment in self._segments}
        last_pages: dict[int, str] = dict.fromkeys(self._segments, "")
        while waiting:
            for segment in list(last_pages):
                self._read_pages(segment, waiting, last_pages)
            end = min((waiting[segment][-1][0] for segment in last_pages), default=None)
            merged: dict[str, list[bytes]] = defaultdict(list)
            for segment, items in list(waiting.items()):
                count = len(items) if end is None else bisect_right(items, end, key=itemgetter(0))
                for key, data in items[:count]:
                    merged[key].append(data)
                waiting[segment] = items[count:]
                if not waiting[segment] and segment not in last_pages:
                    del waiting[segment]
            self._write_pages(merged)

    def _read_pages(
        self, segment: int, waiting: dict[int, list[Postings]], last_pages: dict[int, str]
    ) -> None:
        """Read the next pages of a segment; one that has no more is no longer in `last_pages`."""
        rows = self._database.connection().execute(
            "SELECT first_key, data FROM page WHERE segment = ? AND first_key > ?"
            " ORDER BY first_key LIMIT ?",
            (segment, last_pages[segment], _PAGES_AT_ONCE),
        )
        found = rows.fetchall()
        for _, data in found:
            waiting[segment] += unpack_page(data).items()
        if len(found) < _PAGES_AT_ONCE:
            del last_pages[segment]
        else:
            last_pages[segment] = found[-1][0]

    def _write_pages(self, merged: dict[str, list[bytes]]) -> None:
        def living() -> Iterator[Postings]:
            for key in sorted(merged):
                data = b"".join(merged[key])
                if self._dead:
                    data = without(data, self._dead)
                if data:
                    yield key, data

        rows = [(self._target, *page) for page in pack_pages(living())]
        with self._database.writing() as connection:
            insert_pages(connection, rows)

    def _columns(self) -> Iterator[ColumnRow]:
        connection = self._database.connection()
        fields = {
            field
            for (field,) in select_in(
                connection, "SELECT field FROM field_column WHERE segment IN (?)", self._segments
            )
        }
        for field in sorted(fields):
            rows = select_in(
                connection,
                f"SELECT kind, data, holders, words FROM field_column"
                f" WHERE field = {field} AND segment IN (?)",
                self._segments,
            )
            row = self._column(field, list(rows))
            if row is not None:
                yield row

    def _column(self, field: int, parts: list[tuple[str, bytes, int, int]]) -> ColumnRow | None:
        columns = [unpack_column(kind, data) for kind, data, _, _ in parts]
        documents = list(chain.from_iterable(column.documents for column in columns))
        values = list(chain.from_iterable(column.values for column in columns))
        if self._dead and not self._dead.isdisjoint(documents):
            self._dropped |= self._dead.intersection(documents)
            kept = [document not in self._dead for document in documents]
            documents = list(compress(documents, kept))
            values = list(compress(values, kept))
        if not documents:
            return None
        # How many terms the dead texts had is not known: they count as average ones.
        kept_share = len(documents) / sum(len(column.documents) for column in columns)
        holders = (
            len(set(documents)) if values else round(sum(part[2] for part in parts) * kept_share)
        )
        words = len(values) or round(sum(part[3] for part in parts) * kept_share)
        if field == ROOTS:
            self._documents = holders
        kind, data = pack_column(documents, values)
        return self._target, field, holders, words, kind, data

    def _list(self, connection: sqlite3.Connection) -> None:
        listed = select_in(
            connection, "SELECT number FROM segment WHERE number IN (?)", self._segments
        )
        if len(list(listed)) < len(self._segments):
            return  # the index was deleted meanwhile: what was written stays garbage
        for segment in self._segments:
            connection.execute("DELETE FROM segment WHERE number = ?", (segment,))
            self._discard(connection, segment)
        if self._documents:
            connection.execute(
                "INSERT INTO segment VALUES (?, ?, ?)",
                (self._target, self._index_number, self._documents),
            )
            connection.execute(
                "DELETE FROM garbage WHERE number = ? AND kind = ?", (self._target, SEGMENT)
            )
        connection.executemany(
            "DELETE FROM dead WHERE place = ?",
            [(place_of(self._index_number, number),) for number in self._dropped],
        )

    def _discard(self, connection: sqlite3.Connection, segment: int) -> None:
        connection.execute("INSERT INTO garbage VALUES (?, ?)", (SEGMENT, segment))
