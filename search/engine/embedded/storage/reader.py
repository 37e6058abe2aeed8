"""Reads the terms and values of one index, in one state of the file."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from search.engine.embedded.storage import codec, pages
from search.engine.embedded.storage.codec import Column, unpack_column
from search.engine.embedded.storage.memory_segment import ROOTS, MemorySegment, field_prefix
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
        self._holders: dict[int, set[int]] = {}

    def postings(self, field: int, terms: Iterable[str]) -> dict[str, list[codec.Postings]]:
        """Return, for each of the terms that a field holds, its postings in each segment."""
        found: dict[str, list[codec.Postings]] = defaultdict(list)
        wanted = list(terms)
        for key, data in self._rows(field, wanted):
            found[key[1:]].append(codec.Postings(data))
        for term in wanted:
            if recent := self._recent.postings(field, term):
                found[term].append(recent)
        return found

    def documents(self, field: int, terms: Iterable[str]) -> set[int]:
        """Return the documents that hold any of the terms in a field."""
        wanted = list(terms)
        disk = (codec.Postings(data).documents for _, data in self._rows(field, wanted))
        return set().union(*disk, *self._recent_documents(field, wanted))

    def documents_between(
        self,
        field: int,
        start: str,
        end: str | None,
        accepts: Callable[[str], object] | None = None,
    ) -> set[int]:
        """Return the documents with a term from `start` up to but without `end` in a field.

        If `accepts` is given, only terms count for which it returns something true.
        """
        found: set[int] = set()
        most, _ = self.statistics(field)
        low, high = _keys(field, start, end)
        for page in self._pages(low, high):
            if accepts is None:
                data = page.joined(low, high)
            else:
                data = b"".join(of for key, of in page.between(low, high) if accepts(key[1:]))
            found.update(codec.Postings(data).documents)
            if len(found) >= most:  # all that have the field, so the rest adds nothing
                return found
        terms = self._recent_between(field, start, end)
        recent = self._recent_documents(field, filter(accepts, terms) if accepts else terms)
        return found.union(*recent)

    def terms_between(self, field: int, start: str, end: str | None) -> set[str]:
        """Return the terms of a field from `start` up to but without `end`."""
        low, high = _keys(field, start, end)
        disk = {key[1:] for page in self._pages(low, high) for key, _ in page.between(low, high)}
        return disk.union(self._recent_between(field, start, end))

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
        """Return the documents that have a field; not to be changed."""
        found = self._holders.get(field)
        if found is None:
            found = set().union(*(column.documents for column in self.column(field)))
            self._holders[field] = found
        return found

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

    def stored(
        self, numbers: Iterable[int], *, with_source: bool = True
    ) -> dict[int, tuple[str, int, bytes]]:
        """Return the id, the version and the source (empty without it) of living documents."""
        source = "source" if with_source else "x''"
        rows = select_in(
            self._connection,
            f"SELECT place, id, version, {source} FROM document"
            " WHERE deleted IS NULL AND place IN (?)",
            (place_of(self._index_number, number) for number in numbers),
        )
        return {number_at(place): (key, version, source) for place, key, version, source in rows}

    def _rows(self, field: int, terms: Iterable[str]) -> Iterator[pages.Postings]:
        """Yield the packed postings of terms in the segments on disk."""
        if not self._segments:
            return
        query = " UNION ALL ".join(
            f"SELECT data FROM page WHERE segment = {segment} AND first_key = (SELECT"
            f" max(first_key) FROM page WHERE segment = {segment} AND first_key <= ?1)"
            for segment in self._segments
        )
        prefix = field_prefix(field)
        for term in terms:
            key = prefix + term
            for (page,) in self._connection.execute(query, (key,)):
                data = pages.unpack_page(page).find(key)
                if data is not None:
                    yield key, data

    def _pages(self, low: str, high: str) -> Iterator[pages.Page]:
        """Yield the pages on disk that may hold keys from `low` up to but without `high`."""
        for segment in self._segments:
            rows = self._connection.execute(
                "SELECT data FROM page WHERE segment = ?1 AND first_key < ?3"
                " AND first_key >= ifnull((SELECT max(first_key) FROM page WHERE segment = ?1"
                " AND first_key <= ?2), ?2)",
                (segment, low, high),
            )
            for (data,) in rows:
                yield pages.unpack_page(data)

    def _recent_between(self, field: int, start: str, end: str | None) -> list[str]:
        terms = self._recent.terms(field)
        return [term for term in terms if start <= term and (end is None or term < end)]

    def _recent_documents(self, field: int, terms: Iterable[str]) -> list[Sequence[int]]:
        found = (self._recent.postings(field, term) for term in terms)
        return [postings.documents for postings in found if postings is not None]


def _keys(field: int, start: str, end: str | None) -> tuple[str, str]:
    """Return the first key of a range of terms, and the first one above all of its keys."""
    high = field_prefix(field + 1) if end is None else field_prefix(field) + end
    return field_prefix(field) + start, high


def after_prefix(prefix: str) -> str | None:
    """Return the smallest text above all that start with `prefix`; None if there is none."""
    prefix = prefix.rstrip(_LAST_CHARACTER)
    if not prefix:
        return None
    following = ord(prefix[-1]) + 1
    return prefix[:-1] + chr(0xE000 if following == 0xD800 else following)
