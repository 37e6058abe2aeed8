"""Reads the terms and values of one index, in one state of the file."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from search.engine.embedded.storage.codec import (
    Column,
    Postings,
    unpack_column,
    unpack_documents,
    unpack_postings,
)
from search.engine.embedded.storage.memory_segment import ROOTS, MemorySegment, term_key
from search.engine.embedded.storage.places import number_at, place_of, places_of_index
from search.engine.embedded.storage.sql import select_in

_LAST_CHARACTER = "\U0010ffff"


class Reader:
    """The segments of an index as one; documents are named by their numbers.

    What is found may include documents that were replaced or deleted, unless a method says
    otherwise: `dead` tells which those are.
    """

    def __init__(
        self, connection: sqlite3.Connection, index_number: int, recent: MemorySegment
    ) -> None:
        self._connection = connection
        self._index_number = index_number
        self._recent = recent
        found = connection.execute(
            "SELECT number FROM segment WHERE index_number = ?", (index_number,)
        )
        self._segments = [number for (number,) in found]
        self._in_segments = f"segment IN ({','.join(map(str, self._segments))})"
        dead = connection.execute(
            "SELECT place FROM dead WHERE place BETWEEN ? AND ?", places_of_index(index_number)
        )
        self.dead = {number_at(place) for (place,) in dead}
        self._columns: dict[int, list[Column]] = {}

    def postings(self, field: int, terms: Iterable[str]) -> dict[str, list[Postings]]:
        """Return, for each of the terms that a field holds, its postings in each segment."""
        found: dict[str, list[Postings]] = defaultdict(list)
        keys = [term_key(field, term) for term in terms]
        for key, data in self._rows(keys):
            found[key[1:]].append(unpack_postings(data))
        for key in keys:
            if recent := self._recent.postings(key):
                found[key[1:]].append(recent)
        return found

    def documents(self, field: int, terms: Iterable[str]) -> set[int]:
        """Return the documents that hold any of the terms in a field."""
        keys = [term_key(field, term) for term in terms]
        disk = (unpack_documents(data) for _, data in self._rows(keys))
        memory = (found.documents for key in keys if (found := self._recent.postings(key)))
        return set().union(*disk, *memory)

    def documents_between(self, field: int, start: str, end: str | None) -> set[int]:
        """Return the documents with a term from `start` up to but without `end` in a field."""
        low, high = _range(field, start, end)
        rows = self._connection.execute(
            f"SELECT data FROM posting WHERE {self._in_segments} AND key >= ? AND key < ?",
            (low, high),
        )
        disk = (unpack_documents(data) for (data,) in rows)
        memory = (
            found.documents
            for key in self._recent.keys_between(low, high)
            if (found := self._recent.postings(key))
        )
        return set(chain(chain.from_iterable(disk), chain.from_iterable(memory)))

    def terms_between(self, field: int, start: str, end: str | None) -> set[str]:
        """Return the terms of a field from `start` up to but without `end`."""
        low, high = _range(field, start, end)
        rows = self._connection.execute(
            f"SELECT key FROM posting WHERE {self._in_segments} AND key >= ? AND key < ?",
            (low, high),
        )
        return {key[1:] for (key,) in rows}.union(
            key[1:] for key in self._recent.keys_between(low, high)
        )

    def column(self, field: int) -> list[Column]:
        """Return the column of a field in each segment that has the field."""
        found = self._columns.get(field)
        if found is None:
            rows = self._connection.execute(
                f"SELECT kind, data FROM field_column WHERE {self._in_segments} AND field = ?",
                (field,),
            )
            found = [unpack_column(kind, data) for kind, data in rows]
            if recent := self._recent.column(field):
                found.append(recent)
            self._columns[field] = found
        return found

    def holders(self, field: int) -> set[int]:
        """Return the documents that have a field."""
        return set().union(*(column.documents for column in self.column(field)))

    def statistics(self, field: int) -> tuple[int, int]:
        """Return how many documents have a field, and how many words or values it has in all."""
        holders, words = self._connection.execute(
            "SELECT total(holders), total(words) FROM field_column"
            f" WHERE {self._in_segments} AND field = ?",
            (field,),
        ).fetchone()
        recent = self._recent.columns.get(field)
        if recent is None:
            return int(holders), int(words)
        return int(holders) + recent.holders, int(words) + recent.words

    def roots(self) -> set[int]:
        """Return every living document that is not a nested one."""
        return self.holders(ROOTS) - self.dead

    def parents(self, path: int) -> dict[int, int]:
        """Return the document that each nested document of a path belongs to."""
        pairs = (zip(column.documents, column.values, strict=True) for column in self.column(path))
        return dict(chain.from_iterable(pairs))

    def numbers_of(self, ids: Iterable[str]) -> set[int]:
        """Return the numbers of the living documents with these ids."""
        rows = select_in(
            self._connection,
            f"SELECT place FROM document WHERE index_number = {self._index_number}"
            " AND deleted IS NULL AND id IN (?)",
            ids,
        )
        return {number_at(place) for (place,) in rows}

    def stored(self, numbers: Iterable[int]) -> dict[int, tuple[str, int, bytes]]:
        """Return the id, the version and the source of living documents."""
        rows = select_in(
            self._connection,
            "SELECT place, id, version, source FROM document"
            " WHERE deleted IS NULL AND place IN (?)",
            (place_of(self._index_number, number) for number in numbers),
        )
        return {number_at(place): (key, version, source) for place, key, version, source in rows}

    def _rows(self, keys: list[str]) -> Iterable[tuple[str, bytes]]:
        return select_in(
            self._connection,
            f"SELECT key, data FROM posting WHERE {self._in_segments} AND key IN (?)",
            keys,
        )


def _range(field: int, start: str, end: str | None) -> tuple[str, str]:
    return term_key(field, start), term_key(field + 1, "") if end is None else term_key(field, end)


def after_prefix(prefix: str) -> str | None:
    """Return the smallest text above all that start with `prefix`; None if there is none."""
    prefix = prefix.rstrip(_LAST_CHARACTER)
    if not prefix:
        return None
    following = ord(prefix[-1]) + 1
    return prefix[:-1] + chr(0xE000 if following == 0xD800 else following)
