"""The queries of the request language that compare values without analysing them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError
from search.engine.embedded.queries.base import (
    Context,
    Mark,
    Nothing,
    Query,
    Rewritten,
)
from search.engine.embedded.queries.patterns import (
    PatternQuery,
    fuzzy_query,
    regex_query,
    wants_terms,
    wildcard_query,
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
            accepts = re.compile(re.escape(str(self.value)), re.I).fullmatch
            return PatternQuery(field=field, start="", accepts=accepts)
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
        wants_terms(field, "prefix")
        if self.ignores_case:
            pattern = re.compile(re.escape(self.prefix) + ".*", re.I | re.S)
            return PatternQuery(field=field, start="", accepts=pattern.fullmatch)
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
        return wildcard_query(field, self.pattern, ignores_case=self.ignores_case)


@dataclass(frozen=True, kw_only=True)
class Regexp(Rewritten):
    """`regexp`: values that match a regular expression."""

    field: str
    pattern: str

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        field = context.field(self.field)
        return Nothing() if field is None else regex_query(field, self.pattern)


@dataclass(frozen=True, kw_only=True)
class Fuzzy(Rewritten):
    """`fuzzy`: values that are alike; how alike depends on the length if `edits` is None."""

    field: str
    value: str
    edits: int | None = None

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        field = context.field(self.field)
        return Nothing() if field is None else fuzzy_query(context, field, self.value, self.edits)


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


def parse_regexp(body: Any) -> Query:
    """Read `regexp`."""
    name, options = _field_options("regexp", body, "value")
    query = Regexp(field=name, pattern=options.text("value"), boost=options.boost())
    options.done()
    return query


def parse_fuzzy(body: Any) -> Query:
    """Read `fuzzy`."""
    name, options = _field_options("fuzzy", body, "value")
    edits = str(options.take("fuzziness", "AUTO"))
    if edits not in ("0", "1", "2", "AUTO"):
        raise ParsingError("[fuzziness] of [fuzzy] must be AUTO, 0, 1 or 2")
    query = Fuzzy(
        field=name,
        value=options.text("value"),
        edits=None if edits == "AUTO" else int(edits),
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
