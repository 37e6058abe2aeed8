"""Queries on the terms of one field: the simplest ones, which most others become."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Mark, Query, Scores
from search.engine.embedded.queries.scoring import (
    add_scores,
    length_factors,
    phrase_score,
    rarity,
)
from search.engine.embedded.storage.codec import Postings
from search.engine.embedded.storage.reader import after_prefix

_NO_POSTINGS: list[Postings] = []


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
        most = max((_count(parts) for parts in found.values()), default=0)
        weight = rarity(holders, most) * self.boost
        if len(found) == 1:
            scores: Scores = {}
            add_scores(scores, next(iter(found.values())), weight, factors)
            return scores
        return _joint_scores(found.values(), weight, factors)

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
        weight = self.boost * sum(rarity(holders, _count(parts)) for parts in found.values())
        return {
            document: phrase_score(weight, frequency, factors[norm])
            for document, frequency, norm in self._occurrences(found)
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

    def _occurrences(self, found: dict[str, list[Postings]]) -> Iterator[tuple[int, int, int]]:
        """Yield each document with the phrase, how often it has it, and its rounded length."""
        candidates: set[int] | None = None
        for _, choices in self.words:
            holders = set().union(*(part.documents for part in _parts(found, choices)))
            candidates = holders if candidates is None else candidates & holders
        if not candidates:
            return
        starts: dict[int, set[int]] = {}
        norms: dict[int, int] = {}
        for place, choices in self.words:
            here: dict[int, set[int]] = {}
            for part in _parts(found, choices):
                _gather(part, candidates, place, here, norms)
            if starts:
                starts = {key: kept for key in starts if (kept := starts[key] & here[key])}
            else:
                starts = here
            candidates = starts.keys() & candidates
        for document, places in starts.items():
            yield document, len(places), norms[document]


def _gather(
    part: Postings,
    candidates: set[int],
    place: int,
    here: dict[int, set[int]],
    norms: dict[int, int],
) -> None:
    """Collect where the phrase would start if its word at `place` stands where the postings say."""
    ends = accumulate(part.frequencies)
    for document, frequency, norm, end in zip(
        part.documents, part.frequencies, part.norms, ends, strict=True
    ):
        if document in candidates:
            norms[document] = norm
            starts = {position - place for position in part.positions[end - frequency : end]}
            if document in here:
                here[document] |= starts
            else:
                here[document] = starts


def _parts(found: dict[str, list[Postings]], choices: Iterable[str]) -> Iterator[Postings]:
    for term in choices:
        yield from found.get(term, _NO_POSTINGS)


def _count(parts: Iterable[Postings]) -> int:
    return sum(len(part.documents) for part in parts)


def _joint_scores(terms: Iterable[list[Postings]], weight: float, factors: list[float]) -> Scores:
    """Score several terms as if they were the same one."""
    frequencies: dict[int, int] = {}
    norms: dict[int, int] = {}
    for parts in terms:
        for part in parts:
            counted = part.frequencies or [1] * len(part.documents)
            for document, frequency in zip(part.documents, counted, strict=True):
                frequencies[document] = frequencies.get(document, 0) + frequency
            lengths = part.norms or [1] * len(part.documents)
            norms.update(zip(part.documents, lengths, strict=True))
    return {
        document: phrase_score(weight, frequency, factors[norms[document]])
        for document, frequency in frequencies.items()
    }
