"""Token filters: each takes the terms of a text with their positions and returns the new ones.

A filter may drop terms (their positions stay empty) or put several at one position; it never joins
positions, so a position always counts words of the text.
"""

import threading
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer


class Terms(NamedTuple):
    """Terms in order and the position of each, counted from 0."""

    terms: list[str]
    positions: Sequence[int]


Filter = Callable[[Terms], Terms]

_ENGLISH = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then"
    " there these they this to was will with"
)
ENGLISH_STOP_WORDS = frozenset(_ENGLISH.split())
MAX_REMEMBERED_STEMS = 100_000
MAX_REMEMBERED_BEGINNINGS = 10_000


def lowercase(tokens: Terms) -> Terms:
    """Lower each character by itself, without rules that look at its neighbours."""
    return Terms([lower(term) for term in tokens.terms], tokens.positions)


def lower(text: str) -> str:
    """Return the text in lower case, one character for each character."""
    if text.isascii():
        return text.lower()
    return text.replace("Σ", "σ").replace("İ", "i").lower()


def stop_filter(words: frozenset[str]) -> Filter:
    """Return the filter that drops these words."""

    def drop(tokens: Terms) -> Terms:
        if words.isdisjoint(tokens.terms):
            return tokens
        kept = [pair for pair in zip(*tokens, strict=True) if pair[0] not in words]
        return Terms([term for term, _ in kept], [position for _, position in kept])

    return drop


class Stemmer:
    """Reduces words to their stems by a Snowball algorithm; remembers the stems of common words."""

    def __init__(self, algorithm: str) -> None:
        self._algorithm = algorithm
        self._local = threading.local()
        self._stems: dict[str, str] = {}

    def __call__(self, tokens: Terms) -> Terms:
        stems = self._stems
        terms = [stems.get(term) or self._stem(term) for term in tokens.terms]
        return Terms(terms, tokens.positions)

    def _stem(self, term: str) -> str:
        if not hasattr(self._local, "stemmer"):  # a stemmer holds the word that it works on
            self._local.stemmer = snowballstemmer.stemmer(self._algorithm)
        stem: str = self._local.stemmer.stemWord(term)
        if len(self._stems) >= MAX_REMEMBERED_STEMS:
            self._stems = {}
        self._stems[term] = stem
        return stem


class EdgeNgrams:
    """Puts the beginnings of each term at its position."""

    def __init__(self, shortest: int, longest: int) -> None:
        self._sizes = range(shortest, longest + 1)
        self._beginnings = lru_cache(maxsize=MAX_REMEMBERED_BEGINNINGS)(self._cut)

    def __call__(self, tokens: Terms) -> Terms:
        terms: list[str] = []
        positions: list[int] = []
        for term, position in zip(*tokens, strict=True):
            beginnings = self._beginnings(term)
            terms += beginnings
            positions += [position] * len(beginnings)
        return Terms(terms, positions)

    def _cut(self, term: str) -> list[str]:
        return [term[:size] for size in self._sizes if size <= len(term)]


_FOLDED = {
    **str.maketrans({"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}),
    **str.maketrans({"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h"}),
    **str.maketrans({"Ħ": "H", "ı": "i", "ł": "l", "Ł": "L", "þ": "th", "Þ": "TH", "ŋ": "n"}),
    **str.maketrans({"Ŋ": "N", "ŧ": "t", "Ŧ": "T", "‘": "'", "’": "'", "“": '"', "”": '"'}),
    **str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "«": '"', "»": '"', "‚": "'"}),
}


def ascii_folding(tokens: Terms) -> Terms:
    """Replace Latin letters with marks by the plain letters."""
    return Terms([_fold(term) for term in tokens.terms], tokens.positions)


def _fold(term: str) -> str:
    if term.isascii():
        return term
    return "".join(map(_fold_character, term.translate(_FOLDED)))


def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)
    plain = "".join(part for part in base if not unicodedata.combining(part))
    return plain if plain.isascii() else character
