"""Documents turned inside out: for each term the documents that hold it, in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.engine.embedded.storage.codec import MAX_FREQUENCY, Column, Postings
from search.engine.embedded.storage.entry import Entry, Positions, Values
from search.engine.embedded.storage.lengths import encode_length

ROOTS = 0
"""The number of the column that lists the documents which are not nested ones."""


def term_key(number: int, term: str) -> str:
    """Return under which key the postings of a field's term stand; a field's keys are a range."""
    return chr(0x100 + number) + term


@dataclass(slots=True)
class _Growing(Postings):
    documents: list[int] = field(default_factory=list)
    frequencies: list[int] = field(default_factory=list)
    norms: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)


@dataclass(slots=True)
class FieldColumn:
    """The column of a field, with the number of its values or words."""

    documents: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    holders: int = 0
    words: int = 0


class MemorySegment:
    """The postings and columns of the documents added so far."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.columns: dict[int, FieldColumn] = {}
        self._postings: dict[str, _Growing] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def add(self, number: int, entry: Entry) -> None:
        """Add a document under the last of the numbers that it takes; nested ones come before."""
        self.numbers.add(number)
        self._add(number, entry)
        roots = self._column(ROOTS)
        roots.documents.append(number)
        roots.holders += 1

    def postings(self, key: str) -> Postings | None:
        """Return the postings of a key."""
        return self._postings.get(key)

    def keys_between(self, start: str, end: str) -> Iterator[str]:
        """Yield, in no order, the keys from `start` up to but without `end`."""
        return (key for key in list(self._postings) if start <= key < end)

    def items(self) -> Sequence[tuple[str, Postings]]:
        """Return all postings by rising key."""
        return sorted(self._postings.items(), key=lambda item: item[0])

    def column(self, number: int) -> Column | None:
        """Return the column of a field."""
        found = self.columns.get(number)
        return None if found is None else Column(found.documents, found.values)

    def _add(self, number: int, entry: Entry) -> int:
        """Add an entry and, with the numbers before its own, its children; return the next one."""
        below = number - 1
        for path, child in entry.children:
            column = self._column(path)
            column.documents.append(below)
            column.values.append(number)
            column.holders += 1
            below = self._add(below, child)
        for field_number, (length, terms) in entry.texts.items():
            self._add_text(number, field_number, length, terms)
        for field_number, values in entry.values.items():
            self._add_values(number, field_number, values)
        return below

    def _add_text(self, number: int, field_number: int, length: int, terms: Positions) -> None:
        column = self._column(field_number)
        column.documents.append(number)
        column.holders += 1
        column.words += length
        norm = encode_length(length)
        prefix = term_key(field_number, "")
        postings = self._postings
        for term, positions in terms.items():
            key = prefix + term
            found = postings.get(key)
            if found is None:
                found = postings[key] = _Growing()
            found.documents.append(number)
            found.frequencies.append(min(len(positions), MAX_FREQUENCY))
            found.norms.append(norm)
            found.positions += positions[:MAX_FREQUENCY]

    def _add_values(self, number: int, field_number: int, values: Values) -> None:
        column = self._column(field_number)
        column.documents += [number] * len(values)
        column.values += values
        column.holders += 1
        column.words += len(values)
        if not isinstance(values[0], str):
            return
        for value in values:
            key = term_key(field_number, str(value))
            found = self._postings.get(key)
            if found is None:
                found = self._postings[key] = _Growing()
            found.documents.append(number)

    def _column(self, number: int) -> FieldColumn:
        found = self.columns.get(number)
        if found is None:
            found = self.columns[number] = FieldColumn()
        return found
