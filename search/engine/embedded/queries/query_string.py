"""query_string: runs what a query string means on the fields of an index.

Operators are folded from left to right, as Lucene's classic query parser does: AND makes the
clauses on both its sides required, and there is no precedence.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import QueryError
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Everything, Nothing, Query, Rewritten
from search.engine.embedded.queries.compound import Bool, DisMax
from search.engine.embedded.queries.full_text import (
    Text,
    WeightedFields,
    analyzed_words,
    best_field,
    matching_fields,
    parse_fields,
)
from search.engine.embedded.queries.patterns import (
    fuzzy_query,
    normal_pattern,
    regex_query,
    wants_terms,
    wildcard_query,
)
from search.engine.embedded.queries.term_level import Exists
from search.engine.embedded.queries.terms import PrefixQuery, TermQuery
from search.engine.embedded.queries.values import Limits, range_query
from search.engine.query_string import (
    Clause,
    Conjunction,
    Fuzzy,
    Group,
    Modifier,
    Node,
    Phrase,
    Prefix,
    QueryStringError,
    Range,
    Regex,
    Wildcard,
    Words,
    parse,
)
from search.engine.query_string import Exists as ExistsNode


@dataclass(frozen=True, kw_only=True)
class QueryString(Rewritten):
    """`query_string`: a query in Lucene's language over some fields."""

    text: str
    default_field: str | None = "*"
    fields: tuple[tuple[str, float], ...] = ()
    wants_all: bool = False
    analyzes_prefixes: bool = False
    is_lenient: bool = False

    def rewrite(self, context: Context) -> Query:
        """Return the query on the fields; raises QueryError if the text cannot be read."""
        try:
            group = parse(self.text, self.default_field)
        except QueryStringError as error:
            cause = {"type": "parse_exception", "reason": str(error), "position": error.position}
            reason = f"Failed to parse query [{self.text[:1000]}]"
            raise QueryError(reason, caused_by=cause) from None
        return _Compiler(context, self).group(group) or Nothing()


@dataclass(frozen=True)
class _Folded:
    """A clause whose part in its group has been decided."""

    query: Query
    is_required: bool = False
    is_prohibited: bool = False


class _Compiler:
    def __init__(self, context: Context, options: QueryString) -> None:
        self._context = context
        self._options = options
        self._defaults = matching_fields(context, options.fields)

    def group(self, group: Group) -> Query | None:
        """Return the query for a group; None when its words were all stop words."""
        folded: list[_Folded] = []
        for clause in group.clauses:
            self._fold(folded, clause)
        if not folded:
            return None
        if len(folded) == 1 and not folded[0].is_prohibited:
            return folded[0].query
        must = _merged(clause.query for clause in folded if clause.is_required)
        should = _merged(
            clause.query for clause in folded if not clause.is_required and not clause.is_prohibited
        )
        return Bool(
            must=must,
            should=should,
            must_not=_merged(clause.query for clause in folded if clause.is_prohibited),
            filter=() if must or should else (Everything(),),
            minimum=0 if must or not should else 1,
        )

    def _fold(self, folded: list[_Folded], clause: Clause) -> None:
        """Add a clause; the operator before it may change the part of the last one."""
        wants_all = self._options.wants_all
        conjunction = clause.conjunction
        if folded and not folded[-1].is_prohibited:
            if conjunction is Conjunction.AND:
                folded[-1] = replace(folded[-1], is_required=True)
            elif conjunction is Conjunction.OR and wants_all:
                folded[-1] = replace(folded[-1], is_required=False)
        query = self._node(clause.node)
        if query is None:
            return
        if clause.boost != 1:
            query = replace(query, boost=query.boost * clause.boost)
        if isinstance(clause.node, Words) and clause.node.is_run:
            folded += [_Folded(part, is_required=wants_all) for part in _parts(query)]
            return
        is_prohibited = clause.modifier is Modifier.PROHIBITED
        if wants_all:
            is_required = conjunction is not Conjunction.OR
        else:
            is_required = conjunction is Conjunction.AND or clause.modifier is Modifier.REQUIRED
        folded.append(_Folded(query, is_required and not is_prohibited, is_prohibited))

    def _node(self, node: Node) -> Query | None:
        match node:
            case Group():
                return self.group(node)
            case Words():
                return self._text(node.field, Text(node.text))
            case Phrase():
                return self._text(node.field, Text(node.text, is_phrase=True, slop=node.slop))
            case ExistsNode():
                return self._exists(node.field)
            case _:
                return self._each(node.field, partial(self._one, node))

    def _one(self, node: Prefix | Wildcard | Regex | Fuzzy | Range, field: Field) -> Query | None:
        """Return the query of a node that is asked of one field at a time."""
        match node:
            case Prefix():
                return self._prefix(field, node.text)
            case Wildcard():
                return wildcard_query(field, normal_pattern(self._context, field, node.pattern))
            case Regex():
                return regex_query(field, node.pattern)
            case Fuzzy():
                return fuzzy_query(self._context, field, node.text, node.edits)
            case Range():
                limits = Limits(node.lower, node.upper, node.include_lower, node.include_upper)
                return self._range(field, limits)

    def _fields(self, name: str | None) -> WeightedFields:
        if name is None:
            return self._defaults
        return matching_fields(self._context, ((name, 1.0),))

    def _text(self, name: str | None, text: Text) -> Query | None:
        options = self._options
        text = replace(text, wants_all=options.wants_all, is_lenient=options.is_lenient)
        fields = self._fields(name)
        return best_field(self._context, fields, text) if fields else Nothing()

    def _each(self, name: str | None, make: Callable[[Field], Query | None]) -> Query | None:
        """Return what `make` makes of each field as alternatives."""
        queries: list[Query] = []
        fields = self._fields(name)
        for field, boost in fields:
            try:
                query = make(field)
            except QueryError:
                if not self._options.is_lenient:
                    raise
                query = Nothing()
            if query is not None:
                queries.append(query if boost == 1 else replace(query, boost=boost))
        if fields and not queries:
            return None
        return queries[0] if len(queries) == 1 else DisMax(queries=tuple(queries))

    def _exists(self, name: str | None) -> Query:
        if name == "*":
            return Everything()
        if name is not None:
            return Exists(field=name)
        return DisMax(
            queries=tuple(Exists(field=field.name, boost=boost) for field, boost in self._defaults)
        )

    def _range(self, field: Field, limits: Limits) -> Query:
        if field.type == "text":
            limits = replace(
                limits, low=self._normal(field, limits.low), high=self._normal(field, limits.high)
            )
        return range_query(self._context, field, limits)

    def _normal(self, field: Field, limit: str | None) -> str | None:
        analyzer = self._context.index.mapping.analyzers[field.search_analyzer]
        return None if limit is None else analyzer.normalize(limit)

    def _prefix(self, field: Field, prefix: str) -> Query | None:
        wants_terms(field, "prefix")
        if field.type == "keyword":
            return PrefixQuery(field=field, prefix=prefix)
        if not self._options.analyzes_prefixes:
            return PrefixQuery(field=field, prefix=self._normal(field, prefix) or "")
        words = analyzed_words(self._context, field, prefix)
        if not words:
            return None
        *whole, (_, beginnings) = words
        prefixes = tuple(PrefixQuery(field=field, prefix=term) for term in sorted(beginnings))
        last = Bool(should=prefixes, minimum=1)
        clauses = (*(TermQuery(field=field, terms=terms) for _, terms in whole), last)
        if self._options.wants_all:
            return Bool(must=clauses)
        return Bool(should=clauses, minimum=1)


def _merged(queries: Iterable[Query]) -> tuple[Query, ...]:
    """Return equal queries as one, which counts as often as they do."""
    return tuple(
        query if times == 1 else replace(query, boost=query.boost * times)
        for query, times in Counter(queries).items()
    )


def _parts(query: Query) -> tuple[Query, ...]:
    """Return the words of a run as clauses of their own, if they are not tied to one field."""
    if isinstance(query, Bool) and query.boost == 1:
        return (*query.must, *query.should)
    return (query,)


def parse_query_string(body: Any) -> Query:
    """Read `query_string`."""
    options = Body("query_string", body)
    names = options.listed("fields", [])
    default_field = options.text("default_field", "*")
    query = QueryString(
        text=options.text("query"),
        default_field=None if names else default_field,
        fields=parse_fields("query_string", names),
        wants_all=options.choice("default_operator", ("or", "and"), "or") == "and",
        analyzes_prefixes=options.flag("analyze_wildcard", False),
        is_lenient=options.flag("lenient", "*" in (names or [default_field])),
        boost=options.boost(),
    )
    options.done()
    return query
