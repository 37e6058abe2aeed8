"""Counts beside the hits, over all indexes of a search together."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, RequestError
from search.engine.embedded.mapping.dates import format_date
from search.engine.embedded.mapping.fields import Field, Value, convert, widened
from search.engine.embedded.queries.base import Context, Query
from search.engine.embedded.queries.parse import OBJECT_PARSER, parse_query
from search.engine.embedded.searching.sorting import not_sortable

Answer = dict[str, Any]
Part = tuple[Context, set[int]]
"""An index and the hits in it."""

MAX_BUCKETS = 65_536
MAX_DEPTH = 5


@dataclass(frozen=True)
class Aggregation(ABC):
    """Something counted over hits; `inner` is counted within each bucket."""

    inner: "Mapping[str, Aggregation]"

    @abstractmethod
    def run(self, parts: Sequence[Part]) -> Answer:
        """Return the counts over the hits of some indexes."""

    def bucket(self, parts: Sequence[Part]) -> Answer:
        """Return the number of hits, and what is counted within them."""
        return {
            "doc_count": sum(len(hits) for _, hits in parts),
            **run_aggregations(self.inner, parts),
        }


def run_aggregations(wanted: Mapping[str, Aggregation], parts: Sequence[Part]) -> Answer:
    """Return what each aggregation counts, by name."""
    return {name: aggregation.run(parts) for name, aggregation in wanted.items()}


@dataclass(frozen=True)
class FieldAggregation(Aggregation):
    """An aggregation over the values of a field."""

    field: str
    missing: Any = None

    def values(self, context: Context, hits: set[int]) -> Iterator[tuple[int, Value]]:
        """Yield each hit with each of its distinct values."""
        field = self._field(context)
        if field is not None:
            for column in context.reader.column(field.number):
                pairs = zip(column.documents, column.values, strict=True)
                yield from compress(pairs, map(hits.__contains__, column.documents))
        if self.missing is not None:
            yield from self._missing_values(context, field, hits)

    def bare_values(self, context: Context, hits: set[int]) -> Iterator[Value]:
        """Yield the distinct values of each hit."""
        field = self._field(context)
        if field is not None:
            for column in context.reader.column(field.number):
                yield from compress(column.values, map(hits.__contains__, column.documents))
        if self.missing is not None:
            for _, value in self._missing_values(context, field, hits):
                yield value

    def type(self, parts: Sequence[Part]) -> str:
        """Return the type of the field where it is mapped; "" if it is nowhere.

        Raises RequestError if some indexes hold texts there and others numbers.
        """
        fields = (self._field(context) for context, _ in parts)
        types = {field.type: field.has_terms for field in fields if field is not None}
        if len(set(types.values())) > 1:
            raise RequestError(f"[{self.field}] has values of different types in the indices")
        return next(iter(types), "")

    def _missing_values(
        self, context: Context, field: Field | None, hits: set[int]
    ) -> Iterator[tuple[int, Value]]:
        """Yield each hit without a value, with the one that stands for it."""
        holders = set() if field is None else context.reader.holders(field.number)
        value = self._missing_value(field)
        if value is not None:
            yield from ((document, value) for document in hits - holders)

    def _missing_value(self, field: Field | None) -> Value | None:
        if field is None:
            return self.missing if isinstance(self.missing, str | int | float) else None
        try:
            return convert(field, self.missing)
        except ValueError as error:
            raise ParsingError(f"[missing] cannot be a value of [{self.field}]: {error}") from None

    def _field(self, context: Context) -> Field | None:
        field = context.index.mapping.fields.get(self.field)
        if field is not None and not field.is_sortable:
            raise not_sortable(field, context.index.name)
        return field


@dataclass(frozen=True)
class TermsAggregation(FieldAggregation):
    """`terms`: the number of hits that have each value."""

    size: int = 10
    min_count: int = 1
    orders: tuple[tuple[str, bool], ...] = (("_count", True),)

    def run(self, parts: Sequence[Part]) -> Answer:
        """Return the buckets in order."""
        kind = self.type(parts)
        counts = self._counts(parts)
        ordered = sorted(key for key, count in counts.items() if count >= self.min_count)
        for by, is_descending in reversed(self.orders):
            ordered.sort(key=counts.__getitem__ if by == "_count" else None, reverse=is_descending)
        chosen = ordered[: self.size]
        within = self._hits_of(chosen, parts) if self.inner else {}
        buckets = [
            {
                **_key(key, kind),
                "doc_count": counts[key],
                **run_aggregations(self.inner, within.get(key, [])),
            }
            for key in chosen
        ]
        return {
            "doc_count_error_upper_bound": 0,
            "sum_other_doc_count": sum(counts[key] for key in ordered[self.size :]),
            "buckets": buckets,
        }

    def _counts(self, parts: Sequence[Part]) -> Counter[Any]:
        counts: Counter[Any] = Counter()
        for context, hits in parts:
            counts.update(self.bare_values(context, hits))
            if self.min_count == 0:
                living = context.reader.roots()
                counts.update(dict.fromkeys(self.bare_values(context, living), 0))
        return counts

    def _hits_of(self, keys: Sequence[Value], parts: Sequence[Part]) -> dict[Value, list[Part]]:
        """Return the hits that have each of some values."""
        found: dict[Value, list[Part]] = {key: [] for key in keys}
        for context, hits in parts:
            own: dict[Value, set[int]] = {key: set() for key in keys}
            for document, value in self.values(context, hits):
                if value in own:
                    own[value].add(document)
            for key in keys:
                found[key].append((context, own[key]))
        return found


@dataclass(frozen=True)
class CardinalityAggregation(FieldAggregation):
    """`cardinality`: the number of distinct values; exact."""

    def run(self, parts: Sequence[Part]) -> Answer:
        """Return the number."""
        return {"value": len(set().union(*(self.bare_values(*part) for part in parts)))}


@dataclass(frozen=True)
class MissingAggregation(FieldAggregation):
    """`missing`: the hits that have no value."""

    def run(self, parts: Sequence[Part]) -> Answer:
        """Return their number."""
        without = []
        for context, hits in parts:
            field = self._field(context)
            holders = set() if field is None else context.reader.holders(field.number)
            without.append((context, hits - holders))
        return self.bucket(without)


@dataclass(frozen=True)
class ExtremeAggregation(FieldAggregation):
    """`min` and `max`: the smallest or greatest value."""

    choose: Callable[..., Any] = min

    def run(self, parts: Sequence[Part]) -> Answer:
        """Return the value, null if there is none."""
        kind = self.type(parts)
        if kind == "keyword":
            raise ParsingError(f"Field [{self.field}] of type [keyword] is not supported here")
        found = chain.from_iterable(self.bare_values(*part) for part in parts)
        value = self.choose(found, default=None)
        if value is None:
            return {"value": None}
        shown = {"value_as_string": format_date(value)} if kind == "date" else {}
        return {"value": widened(value) if kind == "float" else float(value), **shown}


@dataclass(frozen=True)
class FilterAggregation(Aggregation):
    """`filter`: the hits that match a query."""

    query: Query

    def run(self, parts: Sequence[Part]) -> Answer:
        """Return their number."""
        return self.bucket(_narrowed(self.query, parts))


@dataclass(frozen=True)
class FiltersAggregation(Aggregation):
    """`filters`: the hits that match each of several queries; a list of them has no names."""

    queries: Mapping[str, Query] | Sequence[Query]

    def run(self, parts: Sequence[Part]) -> Answer:
        """Return their numbers."""
        if isinstance(self.queries, Mapping):
            named = self.queries.items()
            return {"buckets": {key: self.bucket(_narrowed(query, parts)) for key, query in named}}
        return {"buckets": [self.bucket(_narrowed(query, parts)) for query in self.queries]}


def _narrowed(query: Query, parts: Sequence[Part]) -> list[Part]:
    for context, _ in parts:
        query.check(context)
    return [(context, hits & query.documents(context)) for context, hits in parts]


def _key(value: Value, kind: str) -> Answer:
    if kind == "boolean":
        return {"key": value, "key_as_string": "true" if value else "false"}
    if kind == "date" and isinstance(value, int):
        return {"key": value, "key_as_string": format_date(value)}
    if kind == "float" and isinstance(value, float):
        return {"key": widened(value)}
    return {"key": value}


Inner = Mapping[str, Aggregation]


def parse_aggregations(body: Any, depth: int = 1) -> dict[str, Aggregation]:
    """Return the aggregations of a request by name; raises ParsingError for an unknown one."""
    if depth > MAX_DEPTH:
        raise ParsingError(f"Aggregations may be nested {MAX_DEPTH} deep")
    if not isinstance(body, dict):
        raise ParsingError("[aggs] must be an object")
    return {name: _parse(name, definition, depth) for name, definition in body.items()}


def _parse(name: str, definition: Any, depth: int) -> Aggregation:
    options = Body(f"aggregation {name}", definition)
    inner: Inner = {}
    for key in ("aggs", "aggregations"):
        if key in options:
            inner = parse_aggregations(options.take(key), depth + 1)
    kind = options.only_key()
    if kind not in _KINDS:
        raise ParsingError(f"Unknown aggregation type [{kind}]")
    if inner and kind in ("cardinality", "min", "max"):
        raise ParsingError(
            f"Aggregator [{name}] of type [{kind}] cannot accept sub-aggregations",
            "aggregation_initialization_exception",
        )
    return _KINDS[kind](options.take(kind), inner)


def _terms(body: Any, inner: Inner) -> Aggregation:
    options = Body("terms", body, OBJECT_PARSER)
    size = options.integer("size", 10)
    if not 1 <= size <= MAX_BUCKETS:
        reason = f"[size] of [terms] must be between 1 and {MAX_BUCKETS}: [{size}]"
        raise ParsingError(reason, OBJECT_PARSER)
    options.integer("shard_size", 0)
    aggregation = TermsAggregation(
        inner,
        _field(options),
        options.take("missing", None),
        size,
        options.integer("min_doc_count", 1),
        _orders(options.listed("order", {"_count": "desc"})),
    )
    options.done()
    return aggregation


def _field(options: Body) -> str:
    if "field" not in options:
        raise RequestError("Required one of fields [field, script], but none were specified.")
    return options.text("field")


def _orders(listed: list[Any]) -> tuple[tuple[str, bool], ...]:
    orders = []
    for item in listed:
        options = Body("order", item)
        key = options.only_key()
        if key not in ("_count", "_key"):
            raise ParsingError(f"[order] of [terms] does not support [{key}]")
        orders.append((key, options.choice(key, ("asc", "desc"), "asc") == "desc"))
    return tuple(orders)


def _cardinality(body: Any, inner: Inner) -> Aggregation:
    options = Body("cardinality", body, OBJECT_PARSER)
    options.integer("precision_threshold", 0)
    aggregation = CardinalityAggregation(inner, _field(options), options.take("missing", None))
    options.done()
    return aggregation


def _missing(body: Any, inner: Inner) -> Aggregation:
    options = Body("missing", body, OBJECT_PARSER)
    aggregation = MissingAggregation(inner, _field(options))
    options.done()
    return aggregation


def _extreme(name: str, choose: Callable[..., Any]) -> Callable[[Any, Inner], Aggregation]:
    def parse(body: Any, inner: Inner) -> Aggregation:
        options = Body(name, body, OBJECT_PARSER)
        field, missing = _field(options), options.take("missing", None)
        options.done()
        return ExtremeAggregation(inner, field, missing, choose)

    return parse


def _filter(body: Any, inner: Inner) -> Aggregation:
    return FilterAggregation(inner, parse_query(body))


def _filters(body: Any, inner: Inner) -> Aggregation:
    options = Body("filters", body)
    filters = options.take("filters")
    options.done()
    if isinstance(filters, list):
        return FiltersAggregation(inner, [parse_query(item) for item in filters])
    if not isinstance(filters, dict):
        raise ParsingError("[filters] must be an object or a list")
    return FiltersAggregation(inner, {name: parse_query(item) for name, item in filters.items()})


_KINDS: dict[str, Callable[[Any, Inner], Aggregation]] = {
    "terms": _terms,
    "cardinality": _cardinality,
    "missing": _missing,
    "min": _extreme("min", min),
    "max": _extreme("max", max),
    "filter": _filter,
    "filters": _filters,
}
