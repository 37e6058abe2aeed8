"""Queries on the terms of one field: the simplest ones, which most others become."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Mark, Query, Scores
from search.engine.embedded.queries.scoring import (
    add_scores,
    frequent_score,
    length_factors,
    rarity,
)
from search.engine.embedded.storage.codec import DOCUMENT_SHIFT, LENGTH_SHIFT, Postings
from search.engine.embedded.storage.reader import after_prefix

_NO_POSTINGS: list[Postings] = []
_NO_TERMS: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class TermQuery(Query):
    """A term of a text or keyword field; several terms count as one word."""

    field: Field
    terms: frozenset[str]

    def documents(self, context: Context) -> set[int]:
        """Return the documents that hold any of the terms."""
        return context.reader.documents(self.field.number, self.terms)

    def scores(self, context: Context) -> Scores:
        """Return the BM25 scores."""
        found = context.reader.postings(self.field.number, self.terms)
        holders, words = context.reader.statistics(self.field.number)
        factors = length_factors(holders, words)
        most = max((_holders(parts) for parts in found.values()), default=0)
        weight = rarity(holders, most) * self.boost
        if len(found) != 1:
            return _joint_scores(found.values(), weight, factors)
        scores: Scores = {}
        add_scores(scores, next(iter(found.values())), weight, factors)
        return scores

    def describe(self) -> str:
        """Return the field and the terms."""
        return f"{self.field.name}:{' '.join(sorted(self.terms))}"

    def marks(self, context: Context) -> Iterable[Mark]:
        """Return each word that is one of the terms."""
        return (Mark(self.field.name, (self.terms,)),)


@dataclass(frozen=True, kw_only=True)
class PrefixQuery(Query):
    """Terms of a text or keyword field that start with a text."""

    field: Field
    prefix: str

    @property
    def end(self) -> str | None:
        """The first term after those that match; None if there is none."""
        return after_prefix(self.prefix)

    def documents(self, context: Context) -> set[int]:
        """Return the documents that hold such a term."""
        return context.reader.documents_between(self.field.number, self.prefix, self.end)

    def describe(self) -> str:
        """Return the field and the beginning."""
        return f"{self.field.name}:{self.prefix}*"

    def marks(self, context: Context) -> Iterable[Mark]:
        """Return each word that starts so."""
        return (Mark(self.field.name, (frozenset((self.prefix,)),), is_prefix=True),)


@dataclass(frozen=True, kw_only=True)
class PhraseQuery(Query):
    """Terms of a text field at given distances.

    `words` are the terms that may stand at each place, with the place; places may be left out.
    """

    field: Field
    words: tuple[tuple[int, frozenset[str]], ...]

    def documents(self, context: Context) -> set[int]:
        """Return the documents that hold the phrase."""
        return {document for document, _, _ in self._occurrences(self._postings(context))}

    def scores(self, context: Context) -> Scores:
        """Return the BM25 scores; a phrase is as rare as its terms together."""
        found = self._postings(context)
        holders, words = context.reader.statistics(self.field.number)
        factors = length_factors(holders, words)
        weight = self.boost * sum(rarity(holders, _holders(parts)) for parts in found.values())
        return {
            document: frequent_score(weight, frequency, factors[length])
            for document, frequency, length in self._occurrences(found)
        }

    def describe(self) -> str:
        """Return the field and the phrase."""
        words = " ".join("|".join(sorted(choices)) for _, choices in self.words)
        return f'{self.field.name}:"{words}"'

    def marks(self, context: Context) -> Iterable[Mark]:
        """Return the words that stand together."""
        start, end = self.words[0][0], self.words[-1][0]
        at = dict(self.words)
        return (
            Mark(self.field.name, tuple(at.get(i, frozenset()) for i in range(start, end + 1))),
        )

    def _postings(self, context: Context) -> dict[str, list[Postings]]:
        terms = frozenset().union(*(choices for _, choices in self.words))
        return context.reader.postings(self.field.number, terms)

    def _occurrences(self, found: dict[str, list[Postings]]) -> Iterator[tuple[int, float, int]]:
        """Yield each document with the phrase, how often it has it, and its rounded length.

        In one field of one document, words that stand so far apart have occurrences that differ by
        just as much.
        """
        words = [
            (offset, set().union(*(part.occurrences for part in _parts(found, choices))))
            for offset, choices in self.words
        ]
        words.sort(key=lambda word: len(word[1]))
        (anchor, starts), *others = words
        for offset, occurrences in others:
            distance = offset - anchor
            starts = {start for start in starts if start + distance in occurrences}
        lengths = {start >> DOCUMENT_SHIFT: start >> LENGTH_SHIFT & 0xFF for start in starts}
        frequencies = Counter(start >> DOCUMENT_SHIFT for start in starts)
        for document, frequency in frequencies.items():
            yield document, frequency, lengths[document]


@dataclass(frozen=True, kw_only=True)
class NearQuery(PhraseQuery):
    """A phrase whose words may stand `slop` places in all from where they should."""

    slop: int

    def _occurrences(self, found: dict[str, list[Postings]]) -> Iterator[tuple[int, float, int]]:
        """Yield each document with such words, how near they are, and its rounded length."""
        words = [
            (offset, _by_document(_parts(found, choices)), choices)
            for offset, choices in self.words
        ]
        everywhere = set.intersection(*(set(places) for _, places, _ in words))
        for document in everywhere:
            near = _nearness(
                [(offset, places[document], choices) for offset, places, choices in words],
                self.slop,
            )
            if near:
                length = words[0][1][document][0] >> LENGTH_SHIFT & 0xFF
                yield document, near, length


_Standing = tuple[int, list[int], frozenset[str]]


def _by_document(parts: Iterable[Postings]) -> dict[int, list[int]]:
    """Return the occurrences in each document, by rising position."""
    found: dict[int, list[int]] = {}
    for part in parts:
        for occurrence in part.occurrences:
            found.setdefault(occurrence >> DOCUMENT_SHIFT, []).append(occurrence)
    return {document: sorted(places) for document, places in found.items()}


def _nearness(words: list[_Standing], slop: int) -> float:
    """Return how near words stand in one document: 1 for each phrase, less where they are apart."""
    starts = sorted({place - offset for offset, places, _ in words for place in places})
    total, behind = 0.0, None
    for start in starts:
        last = _furthest(words, start, slop)
        if last is not None and last != behind:
            total += 1 / (1 + last - start)
            behind = last
    return total


def _furthest(words: list[_Standing], start: int, slop: int) -> int | None:
    """Return how far the phrase must reach that begins at `start` or behind; None if too far.

    No two words stand at one place, unless they are different ones of a stack.
    """
    taken: dict[int, frozenset[str]] = {}
    furthest = start
    for offset, places, choices in words:
        at = bisect_left(places, start + offset)
        while at < len(places) and choices & taken.get(places[at], _NO_TERMS):
            at += 1
        if at == len(places) or places[at] - offset > start + slop:
            return None
        taken[places[at]] = choices
        furthest = max(furthest, places[at] - offset)
    return furthest


def _parts(found: dict[str, list[Postings]], choices: Iterable[str]) -> Iterator[Postings]:
    for term in choices:
        yield from found.get(term, _NO_POSTINGS)


def _holders(parts: Iterable[Postings]) -> int:
    return sum(len(set(part.documents)) for part in parts)


def _joint_scores(terms: Iterable[list[Postings]], weight: float, factors: list[float]) -> Scores:
    """Score several terms as if they were the same one."""
    frequencies: Counter[int] = Counter()
    places: dict[int, int] = {}
    for parts in terms:
        for part in parts:
            frequencies.update(part.documents)
            places.update(zip(part.documents, part.places, strict=True))
    return {
        document: frequent_score(weight, frequency, factors[places[document] >> LENGTH_SHIFT])
        for document, frequency in frequencies.items()
    }
