"""The queries of the request language that compare values without analysing them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, QueryError
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import (
    Context,
    Mark,
    Nothing,
    Query,
    Rewritten,
)
from search.engine.embedded.queries.terms import PrefixQuery, TermQuery
from search.engine.embedded.queries.values import Limits, range_query, term_query

MAX_TERMS = 65_536
MAX_PATTERN = 1000


@dataclass(frozen=True, kw_only=True)
class Term(Rewritten):
    """`term`: one exact value."""

    field: str
    value: Any
    ignores_case: bool = False

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        field = context.field(self.field)
        if self.ignores_case and field is not None and field.has_terms:
            return _pattern_query(context, field, re.compile(re.escape(str(self.value)), re.I), "")
        return term_query(context, field, self.value)


@dataclass(frozen=True, kw_only=True)
class Terms(Query):
    """`terms`: any of several exact values."""

    field: str
    values: tuple[Any, ...]

    def documents(self, context: Context) -> set[int]:
        """Return the documents with any of the values."""
        field = context.field(self.field)
        queries = self.clauses(context)
        if field is not None and field.has_terms:
            terms = [query.terms for query in queries if isinstance(query, TermQuery)]
            return context.reader.documents(field.number, frozenset().union(*terms))
        return set().union(*(query.documents(context) for query in queries))

    def clauses(self, context: Context) -> Iterable[Query]:
        """Return a query for each value."""
        field = context.field(self.field)
        return [term_query(context, field, value) for value in self.values]

    def marks(self, context: Context) -> Iterable[Mark]:
        """Return each word that is one of the values."""
        return (Mark(self.field, (frozenset(map(str, self.values)),)),)


@dataclass(frozen=True, kw_only=True)
class Range(Rewritten):
    """`range`: values between limits."""

    field: str
    limits: Limits

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        return range_query(context, context.field(self.field), self.limits)


@dataclass(frozen=True, kw_only=True)
class Exists(Query):
    """`exists`: any value at all; of an object, in any of its fields."""

    field: str

    def documents(self, context: Context) -> set[int]:
        """Return the documents that have the field."""
        mapping = context.index.mapping
        fields = mapping.matching(self.field) or mapping.below(self.field)
        return set().union(
            *(
                context.reader.holders(field.number)
                for field in fields
                if field.scope == context.scope
            )
        )


@dataclass(frozen=True, kw_only=True)
class Ids(Query):
    """`ids`: documents by their ids."""

    values: tuple[str, ...]

    def documents(self, context: Context) -> set[int]:
        """Return the documents of these ids."""
        return set() if context.scope else context.reader.numbers_of(self.values)


@dataclass(frozen=True, kw_only=True)
class Prefix(Rewritten):
    """`prefix`: values that start with a text."""

    field: str
    prefix: str
    ignores_case: bool = False

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        field = context.field(self.field)
        if field is None:
            return Nothing()
        _wants_terms(field, "prefix")
        if self.ignores_case:
            pattern = re.compile(re.escape(self.prefix) + ".*", re.I | re.S)
            return _pattern_query(context, field, pattern, "")
        return PrefixQuery(field=field, prefix=self.prefix)


@dataclass(frozen=True, kw_only=True)
class Wildcard(Rewritten):
    """`wildcard`: values that match a pattern, in which `*` is any text and `?` any character."""

    field: str
    pattern: str
    ignores_case: bool = False

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        field = context.field(self.field)
        if field is None:
            return Nothing()
        _wants_terms(field, "wildcard")
        pattern = self.pattern
        if field.type == "text":
            analyzer = context.index.mapping.analyzers[field.search_analyzer]
            pattern = analyzer.normalize(pattern)
        start, expression = _expression(pattern)
        if self.ignores_case:
            return _pattern_query(context, field, re.compile(expression, re.I), "")
        return _pattern_query(context, field, re.compile(expression), start)


def _wants_terms(field: Field, query: str) -> None:
    if not field.has_terms:
        raise QueryError(
            f"Can only use {query} queries on keyword, text and wildcard fields - not on"
            f" [{field.name}] which is of type [{field.type}]"
        )


def _pattern_query(context: Context, field: Field, pattern: re.Pattern[str], start: str) -> Query:
    """Return the query for the terms that match a pattern, all of which begin with `start`."""
    end = PrefixQuery(field=field, prefix=start).end
    found = context.reader.terms_between(field.number, start, end)
    terms = frozenset(term for term in found if pattern.fullmatch(term))
    return TermsOfField(field=field, terms=terms)


@dataclass(frozen=True, kw_only=True)
class TermsOfField(TermQuery):
    """Any of several terms of a field, all with the same score."""

    def scores(self, context: Context) -> dict[int, float]:
        """Return the same score for each document."""
        return dict.fromkeys(self.documents(context), self.boost)


def _expression(pattern: str) -> tuple[str, str]:
    """Return the text before the first wildcard, and the pattern as a regular expression."""
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


def parse_term(body: Any) -> Query:
    """Read `term`."""
    name, options = _field_options("term", body, "value")
    value = options.take("value")
    if value is None or isinstance(value, list | dict):
        raise ParsingError(f"[term] query needs one value for [{name}]")
    query = Term(
        field=name,
        value=value,
        ignores_case=options.flag("case_insensitive", False),
        boost=options.boost(),
    )
    options.done()
    return query


def parse_terms(body: Any) -> Query:
    """Read `terms`."""
    options = Body("terms", body)
    boost = options.boost()
    name = options.only_key()
    values = options.take(name)
    if not isinstance(values, list):
        raise ParsingError(f"[terms] query does not support [{name}] without a list of values")
    if len(values) > MAX_TERMS:
        raise ParsingError(f"[terms] may have {MAX_TERMS} values but has {len(values)}")
    if any(value is None or isinstance(value, list | dict) for value in values):
        raise ParsingError("No value specified for terms query")
    return Terms(field=name, values=tuple(values), boost=boost)


def parse_range(body: Any) -> Query:
    """Read `range`."""
    options = Body("range", body)
    name = options.only_key()
    inner = Body("range", options.take(name))
    low, include_low = _limit(inner, "gte", "gt")
    high, include_high = _limit(inner, "lte", "lt")
    limits = Limits(low, high, include_low, include_high)
    query = Range(field=name, limits=limits, boost=inner.boost())
    inner.done()
    return query


def _limit(options: Body, inclusive: str, exclusive: str) -> tuple[Any, bool]:
    value = options.take(exclusive, None)
    if value is not None:
        options.take(inclusive, None)
        return value, False
    return options.take(inclusive, None), True


def parse_exists(body: Any) -> Query:
    """Read `exists`."""
    options = Body("exists", body)
    query = Exists(field=options.text("field"), boost=options.boost())
    options.done()
    return query


def parse_ids(body: Any) -> Query:
    """Read `ids`."""
    options = Body("ids", body)
    values = tuple(map(str, options.listed("values")))
    query = Ids(values=values, boost=options.boost())
    options.done()
    return query


def parse_prefix(body: Any) -> Query:
    """Read `prefix`."""
    name, options = _field_options("prefix", body, "value")
    query = Prefix(
        field=name,
        prefix=options.text("value"),
        ignores_case=options.flag("case_insensitive", False),
        boost=options.boost(),
    )
    options.done()
    return query


def parse_wildcard(body: Any) -> Query:
    """Read `wildcard`."""
    name, options = _field_options("wildcard", body, "value")
    pattern = options.text("value") if "value" in options else options.text("wildcard")
    if len(pattern) > MAX_PATTERN:
        raise ParsingError(f"[wildcard] may have {MAX_PATTERN} characters")
    query = Wildcard(
        field=name,
        pattern=pattern,
        ignores_case=options.flag("case_insensitive", False),
        boost=options.boost(),
    )
    options.done()
    return query


def _field_options(kind: str, body: Any, main: str) -> tuple[str, Body]:
    """Return the field that a query names, and its options; a bare value stands for `main`."""
    outer = Body(kind, body)
    name = outer.only_key()
    value = outer.take(name)
    return name, Body(kind, value if isinstance(value, dict) else {main: value})
