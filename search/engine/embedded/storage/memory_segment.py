"""Documents turned inside out: for each term where it occurs, in memory."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.engine.embedded.storage.codec import (
    Column,
    Postings,
    occurrence_base,
    pack_occurrences,
)
from search.engine.embedded.storage.entry import Entry, TextTerms, Values

ROOTS = 0
"""The number of the column that lists the documents which are not nested ones."""


def field_prefix(number: int) -> str:
    """Return what the keys of a field's terms start with; those keys are a range."""
    return chr(0x100 + number)


@dataclass(slots=True)
class FieldColumn:
    """The column of a field; `holders` have `words` values or terms in all, and at least one."""

    documents: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    holders: int = 0
    words: int = 0


class MemorySegment:
    """The postings and columns of the documents added so far."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.columns: dict[int, FieldColumn] = defaultdict(FieldColumn)
        self._occurrences: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))

    def __len__(self) -> int:
        return len(self.numbers)

    def add(self, number: int, entry: Entry) -> None:
        """Add a document under the last of the numbers that it takes; nested ones come before."""
        self.numbers.add(number)
        self._add(number, entry)
        roots = self.columns[ROOTS]
        roots.documents.append(number)
        roots.holders += 1

    def postings(self, number: int, term: str) -> Postings | None:
        """Return the postings of a term of a field."""
        found = self._occurrences.get(number, {}).get(term)
        return Postings(pack_occurrences(found)) if found else None

    def terms(self, number: int) -> list[str]:
        """Return the terms of a field, in no order."""
        return list(self._occurrences.get(number, ()))

    def packed_postings(self) -> Iterator[tuple[str, bytes]]:
        """Yield the packed postings of all terms by rising key."""
        for number in sorted(self._occurrences):
            prefix = field_prefix(number)
            terms = self._occurrences[number]
            for term in sorted(terms):
                yield prefix + term, pack_occurrences(terms[term])

    def column(self, number: int) -> Column | None:
        """Return the column of a field."""
        found = self.columns.get(number)
        return None if found is None else Column(found.documents, found.values)

    def _add(self, number: int, entry: Entry) -> int:
        """Add an entry and, with the numbers before its own, its children; return the next one."""
        below = number - 1
        for path, child in entry.children:
            column = self.columns[path]
            column.documents.append(below)
            column.values.append(number)
            column.holders += 1
            below = self._add(below, child)
        for field_number, text in entry.texts.items():
            self._add_text(number, field_number, text)
        for field_number, values in entry.values.items():
            self._add_values(number, field_number, values)
        return below

    def _add_text(self, number: int, field_number: int, text: TextTerms) -> None:
        column = self.columns[field_number]
        column.documents.append(number)
        if not text.terms:
            return
        column.holders += 1
        column.words += len(text.terms)
        base = occurrence_base(number, text.length)
        occurrences = self._occurrences[field_number]
        for term, position in zip(text.terms, text.positions, strict=True):
            occurrences[term].append(base + position)

    def _add_values(self, number: int, field_number: int, values: Values) -> None:
        column = self.columns[field_number]
        column.documents += [number] * len(values)
        column.values += values
        column.holders += 1
        column.words += len(values)
        if isinstance(values[0], str):
            base = occurrence_base(number, 1)
            occurrences = self._occurrences[field_number]
            for value in values:
                occurrences[str(value)].append(base)
