"""Queries that look through the terms of a field: wildcards, regular expressions, similar words."""

import re
from dataclasses import dataclass
from fnmatch import translate

from search.engine.embedded.errors import QueryError
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Query
from search.engine.embedded.queries.terms import TermQuery
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


def wants_terms(field: Field, query: str) -> None:
    """Raise QueryError for a field that has no terms to look through."""
    if not field.has_terms:
        raise QueryError(
            f"Can only use {query} queries on keyword, text and wildcard fields - not on"
            f" [{field.name}] which is of type [{field.type}]"
        )


def pattern_query(context: Context, field: Field, pattern: re.Pattern[str], start: str) -> Query:
    """Return the query for the terms that match a pattern, all of which begin with `start`."""
    found = context.reader.terms_between(field.number, start, after_prefix(start))
    terms = frozenset(term for term in found if pattern.fullmatch(term))
    return TermsOfField(field=field, terms=terms)


def wildcard_query(
    context: Context, field: Field, pattern: str, *, ignores_case: bool = False
) -> Query:
    """Return the query for the terms that match, where `*` is any text and `?` any character."""
    wants_terms(field, "wildcard")
    if field.type == "text":
        pattern = "".join(
            found[1] or _normal(context, field, found[0]) for found in _PIECES.finditer(pattern)
        )
    start, expression = _expression(pattern)
    if ignores_case:
        return pattern_query(context, field, re.compile(expression, re.IGNORECASE), "")
    return pattern_query(context, field, re.compile(expression), start)


def regex_query(context: Context, field: Field, pattern: str) -> Query:
    """Return the query for the terms that match a regular expression, as it is written."""
    wants_terms(field, "regexp")
    try:
        automaton = compile_regex(pattern)
    except RegexError as error:
        raise QueryError(f"failed to create query: {error}") from None
    found = context.reader.terms_between(field.number, "", None)
    return TermsOfField(field=field, terms=automaton.accepted(found))


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
