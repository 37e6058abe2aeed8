"""Queries whose text is analysed as the field is: match, match_phrase and multi_match."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, QueryError
from search.engine.embedded.mapping.fields import Field, text_of
from search.engine.embedded.queries.base import Context, Everything, Nothing, Query, Rewritten
from search.engine.embedded.queries.compound import Bool, DisMax
from search.engine.embedded.queries.minimum import minimum_of
from search.engine.embedded.queries.terms import NearQuery, PhraseQuery, TermQuery
from search.engine.embedded.queries.values import term_query


@dataclass(frozen=True)
class Text:
    """A text to be looked for, and how its words combine."""

    value: Any
    is_phrase: bool = False
    slop: int = 0
    wants_all: bool = False
    minimum: Any = None
    is_lenient: bool = False

    def query(self, context: Context, field: Field | None, boost: float = 1.0) -> Query | None:
        """Return the query on a field; None when the analyzer leaves no word.

        Raises QueryError when the text cannot be a value of the field, unless it is lenient.
        """
        if field is None:
            return Nothing()
        if field.type != "text":
            return self._value_query(context, field, boost)
        words = analyzed_words(context, field, text_of(self.value))
        if not words:
            return None
        if self.is_phrase:
            return words_query(field, words, boost, self.slop)
        if len(words) == 1:
            return TermQuery(field=field, terms=words[0][1], boost=boost)
        clauses = tuple(TermQuery(field=field, terms=choices) for _, choices in words)
        if self.wants_all:
            return Bool(must=clauses, boost=boost)
        minimum = max(1, minimum_of(self.minimum, len(clauses))) if self.minimum else 1
        return Bool(should=clauses, minimum=minimum, boost=boost)

    def _value_query(self, context: Context, field: Field, boost: float) -> Query:
        try:
            return term_query(context, field, self.value, boost)
        except QueryError:
            if self.is_lenient:
                return Nothing()
            raise


Words = tuple[tuple[int, frozenset[str]], ...]


def analyzed_words(context: Context, field: Field, text: str) -> Words:
    """Return the places of a text, each with the terms that stand there."""
    analyzer = context.index.mapping.analyzers[field.search_analyzer]
    places: dict[int, set[str]] = {}
    for term, position in zip(*analyzer.analyze(text).terms, strict=True):
        places.setdefault(position, set()).add(term)
    return tuple((position, frozenset(terms)) for position, terms in places.items())


def words_query(field: Field, words: Words, boost: float = 1.0, slop: int = 0) -> Query:
    """Return the query for one word, or for words in their order, or nearly so."""
    if len(words) == 1:
        ((place, terms),) = words
        if place and len(terms) > 1:  # Lucene takes it for a phrase, and then for alternatives
            single = tuple(TermQuery(field=field, terms=frozenset((term,))) for term in terms)
            return Bool(should=single, minimum=1, boost=boost)
        return TermQuery(field=field, terms=terms, boost=boost)
    if slop:
        return NearQuery(field=field, words=words, slop=slop, boost=boost)
    return PhraseQuery(field=field, words=words, boost=boost)


@dataclass(frozen=True, kw_only=True)
class Match(Rewritten):
    """`match` and `match_phrase`: a text in one field."""

    field: str
    text: Text
    matches_all_without_words: bool = False

    def rewrite(self, context: Context) -> Query:
        """Return the query on the field."""
        query = self.text.query(context, context.field(self.field))
        if query is None:
            return Everything() if self.matches_all_without_words else Nothing()
        return query


@dataclass(frozen=True, kw_only=True)
class MultiMatch(Rewritten):
    """`multi_match`: a text in any of several fields, of which the best counts."""

    fields: tuple[tuple[str, float], ...]
    text: Text
    tie_breaker: float = 0.0

    def rewrite(self, context: Context) -> Query:
        """Return the queries on the fields."""
        fields = matching_fields(context, self.fields)
        return best_field(context, fields, self.text, self.tie_breaker) or Nothing()


WeightedFields = list[tuple[Field, float]]


def matching_fields(context: Context, names: Iterable[tuple[str, float]]) -> WeightedFields:
    """Return the searchable fields that names and patterns mean here, each with its boost."""
    found: dict[str, tuple[Field, float]] = {}
    for name, boost in names:
        for field in context.index.mapping.matching(name):
            if field.scope == context.scope and field.type != "completion":
                found[field.name] = (field, found.get(field.name, (field, 1.0))[1] * boost)
    return list(found.values())


def best_field(
    context: Context, fields: WeightedFields, text: Text, tie_breaker: float = 0.0
) -> Query | None:
    """Return the query for a text in several fields; None when no field has a word of it."""
    queries = [query for field, boost in fields if (query := text.query(context, field, boost))]
    if not queries and fields:
        return None
    if len(queries) == 1:
        return queries[0]
    return DisMax(queries=tuple(queries), tie_breaker=tie_breaker)


def parse_match(body: Any) -> Query:
    """Read `match`."""
    name, options = _field_options("match", body)
    query = Match(
        field=name,
        text=replace(_text(options), wants_all=_wants_all(options), minimum=_minimum(options)),
        matches_all_without_words=_zero_terms(options),
        boost=options.boost(),
    )
    options.done()
    return query


def parse_match_phrase(body: Any) -> Query:
    """Read `match_phrase`."""
    name, options = _field_options("match_phrase", body)
    query = Match(
        field=name,
        text=Text(_value(options), is_phrase=True, slop=options.integer("slop", 0)),
        matches_all_without_words=_zero_terms(options),
        boost=options.boost(),
    )
    options.done()
    return query


def parse_multi_match(body: Any) -> Query:
    """Read `multi_match`."""
    options = Body("multi_match", body)
    kind = options.choice("type", ("best_fields", "phrase"), "best_fields")
    text = replace(
        _text(options, is_lenient="fields" not in options),
        is_phrase=kind == "phrase",
        wants_all=_wants_all(options),
        minimum=_minimum(options),
    )
    query = MultiMatch(
        fields=parse_fields("multi_match", options.listed("fields", ["*"])),
        text=text,
        tie_breaker=options.number("tie_breaker", 0.0),
        boost=options.boost(),
    )
    options.done()
    return query


def parse_fields(where: str, names: list[Any]) -> tuple[tuple[str, float], ...]:
    """Return field names with their boosts (`title^2`)."""
    fields = []
    for name in names:
        if not isinstance(name, str) or not name:
            raise ParsingError(f"[fields] of [{where}] must be names: [{name}]")
        field, caret, boost = name.partition("^")
        try:
            fields.append((field, float(boost) if caret else 1.0))
        except ValueError:
            raise ParsingError(f"[fields] of [{where}] has no such boost: [{name}]") from None
    return tuple(fields)


def _field_options(kind: str, body: Any) -> tuple[str, Body]:
    outer = Body(kind, body)
    name = outer.only_key()
    value = outer.take(name)
    return name, Body(kind, value if isinstance(value, dict) else {"query": value})


def _text(options: Body, *, is_lenient: bool = False) -> Text:
    return Text(_value(options), is_lenient=options.flag("lenient", is_lenient))


def _value(options: Body) -> Any:
    value = options.take("query")
    if value is None or isinstance(value, list | dict):
        raise ParsingError("[query] of a full text query must be one value")
    return value


def _wants_all(options: Body) -> bool:
    return options.choice("operator", ("or", "and"), "or") == "and"


def _minimum(options: Body) -> Any:
    return options.take("minimum_should_match", None)


def _zero_terms(options: Body) -> bool:
    return options.choice("zero_terms_query", ("none", "all"), "none") == "all"
