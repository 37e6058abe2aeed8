"""Queries that look through the terms of a field: wildcards, regular expressions, similar words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import translate

from search.engine.embedded.errors import QueryError
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Mark, Query
from search.engine.embedded.queries.terms import PrefixQuery, TermQuery
from search.engine.embedded.storage.reader import after_prefix
from search.engine.query_string.fuzzy import FuzzyWord, edits_for
from search.engine.query_string.regex import RegexError, compile_regex

_PIECES = re.compile(r"(\\.|[*?])|[^\\*?]+|\\", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class TermsOfField(TermQuery):
    """Any of several terms of a field, all with the same score."""

    def scores(self, context: Context) -> dict[int, float]:
        """Return the same score for each document."""
        return dict.fromkeys(self.documents(context), self.boost)


@dataclass(frozen=True, kw_only=True)
class PatternQuery(Query):
    """Terms that a pattern accepts, all of which begin with `start`."""

    field: Field
    start: str
    accepts: Callable[[str], object]

    def documents(self, context: Context) -> set[int]:
        """Return the documents that hold such a term."""
        return context.reader.documents_between(
            self.field.number, self.start, after_prefix(self.start), self.accepts
        )

    def marks(self, context: Context) -> Iterable[Mark]:
        """Return each word that is accepted."""
        end = after_prefix(self.start)
        found = context.reader.terms_between(self.field.number, self.start, end)
        return (Mark(self.field.name, (frozenset(filter(self.accepts, found)),)),)


def wants_terms(field: Field, query: str) -> None:
    """Raise QueryError for a field that has no terms to look through."""
    if not field.has_terms:
        raise QueryError(
            f"Can only use {query} queries on keyword, text and wildcard fields - not on"
            f" [{field.name}] which is of type [{field.type}]"
        )


def wildcard_query(field: Field, pattern: str, *, ignores_case: bool = False) -> Query:
    """Return the query for the terms that match, where `*` is any text and `?` any character."""
    wants_terms(field, "wildcard")
    if pattern and not pattern.strip("*"):
        return PrefixQuery(field=field, prefix="")
    start, expression = _expression(pattern)
    if ignores_case:
        accepts = re.compile(expression, re.IGNORECASE).fullmatch
        return PatternQuery(field=field, start="", accepts=accepts)
    return PatternQuery(field=field, start=start, accepts=re.compile(expression).fullmatch)


def normal_pattern(context: Context, field: Field, pattern: str) -> str:
    """Return a pattern with its text in the form that a text field holds."""
    if field.type != "text":
        return pattern
    return "".join(
        found[1] or _normal(context, field, found[0]) for found in _PIECES.finditer(pattern)
    )


def regex_query(field: Field, pattern: str) -> Query:
    """Return the query for the terms that match a regular expression, as it is written."""
    wants_terms(field, "regexp")
    try:
        automaton = compile_regex(pattern)
    except RegexError as error:
        raise QueryError(f"failed to create query: {error}") from None
    if automaton.accepts_all:
        return PrefixQuery(field=field, prefix="")
    return PatternQuery(field=field, start="", accepts=automaton.matches)


def fuzzy_query(context: Context, field: Field, word: str, edits: int | None) -> Query:
    """Return the query for the terms most like a word, which is not stemmed."""
    wants_terms(field, "fuzzy")
    allowed = edits_for(word) if edits is None else edits
    if field.type == "text":
        word = _normal(context, field, word)
    terms = frozenset((word,))
    if allowed:
        found = context.reader.terms_between(field.number, "", None)
        terms = FuzzyWord(word, allowed).nearest(found)
    return TermsOfField(field=field, terms=terms)


def _normal(context: Context, field: Field, text: str) -> str:
    return context.index.mapping.analyzers[field.search_analyzer].normalize(text)


def _expression(pattern: str) -> tuple[str, str]:
    """Return the text before the first wildcard, and the pattern as a regular expression.

    What `translate` makes of stars never tries a place twice.
    """
    start = ""
    glob = ""
    is_literal = True
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        if part in ("*", "?"):
            is_literal = False
            glob += part
            continue
        character = part[-1]
        start += character if is_literal else ""
        glob += f"[{character}]" if character in "*?[" else character
    return start, translate(glob)
