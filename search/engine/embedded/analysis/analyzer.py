"""An analyzer: characters are filtered, cut into words, and the words filtered."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from search.engine.embedded.analysis.filters import EdgeNgrams, Filter, Terms, lower, lowercase
from search.engine.embedded.analysis.html import cuts, strip_html
from search.engine.embedded.analysis.word_breaks import MAX_TOKEN_LENGTH, word_spans, words

_LETTERS = re.compile(rf"[^\W\d_]{{1,{MAX_TOKEN_LENGTH}}}")
_NO_SPACE = re.compile(rf"\S{{1,{MAX_TOKEN_LENGTH}}}")


@dataclass(frozen=True)
class Tokenizer:
    """Cuts text into words, and tells where in the text each one stands."""

    words: Callable[[str], list[str]]
    spans: Callable[[str], Iterator[tuple[int, int]]]


def _matching(pattern: re.Pattern[str]) -> Tokenizer:
    return Tokenizer(pattern.findall, lambda text: (m.span() for m in pattern.finditer(text)))


STANDARD = Tokenizer(words, word_spans)
WHITESPACE = _matching(_NO_SPACE)
LETTER = _matching(_LETTERS)
KEYWORD = Tokenizer(
    lambda text: [text] if text else [], lambda text: iter([(0, len(text))] if text else [])
)


@dataclass(frozen=True)
class Analyzed:
    """The terms of a text; `length` is the number of words that the tokenizer found."""

    terms: Terms
    length: int


@dataclass(frozen=True, eq=False)
class Analyzer:
    """A chain of `html_strip` (or not), a tokenizer and filters."""

    tokenizer: Tokenizer
    filters: tuple[Filter, ...] = ()
    strips_html: bool = False

    @cached_property
    def stacks_terms(self) -> bool:
        """Whether several terms may stand at one position."""
        return any(isinstance(found, EdgeNgrams) for found in self.filters)

    def analyze(self, text: str) -> Analyzed:
        """Return the terms of a text."""
        if self.strips_html:
            text = strip_html(text)
        filters = self.filters
        if filters and filters[0] is lowercase:  # once for the text is faster than for each word
            text, filters = lower(text), filters[1:]
        found = self.tokenizer.words(text)
        terms = Terms(found, range(len(found)))
        for apply in filters:
            terms = apply(terms)
        return Analyzed(terms, len(found))

    def normalize(self, text: str) -> str:
        """Return one term in the form that the index holds, without cutting or stemming it."""
        return lower(text) if lowercase in self.filters else text

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where in `text` the word of each position starts and ends."""
        if not self.strips_html:
            return list(self.tokenizer.spans(text))
        places = _places(text)
        stripped = strip_html(text)
        return [
            (places[start], places[end - 1] + 1) for start, end in self.tokenizer.spans(stripped)
        ]


def _places(text: str) -> list[int]:
    """Return where each character that is left by `strip_html` stood."""
    places: list[int] = []
    at = 0
    for cut in cuts(text):
        places += range(at, cut.start)
        inner = cut.start + 9 if text.startswith("<![CDATA[", cut.start) else None
        places += (
            range(inner, inner + len(cut.replacement))
            if inner is not None
            else [cut.end - 1] * len(cut.replacement)
        )
        at = cut.end
    places += range(at, len(text))
    return places
