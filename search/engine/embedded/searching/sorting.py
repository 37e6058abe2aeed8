"""Puts hits in order, by several keys, and cuts a page out of them."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, QueryError, RequestError
from search.engine.embedded.mapping.dates import parse_date
from search.engine.embedded.mapping.fields import DECIMAL_TYPES, LONG_LIMIT, Field
from search.engine.embedded.queries.base import Context, Scores

SortValue = str | int | float | None
Keys = Mapping[int, SortValue]

MAX_KEYS = 10


@dataclass(frozen=True)
class SortKey(ABC):
    """One key to sort by; without a value a document comes last, or first."""

    is_descending: bool = False

    @abstractmethod
    def values(self, context: Context, scores: Scores) -> Keys:
        """Return the value of documents; those that are not in it have `absent`."""

    def absent(self, context: Context) -> SortValue:
        """Return what stands for a missing value."""
        return None

    @property
    def missing_comes_first(self) -> bool:
        """Whether documents without a value come first."""
        return False

    @abstractmethod
    def parse(self, context: Context, value: Any) -> SortValue:
        """Return a value of `search_after`; raises RequestError if it cannot be one."""


@dataclass(frozen=True)
class ByScore(SortKey):
    """The score, the best first."""

    is_descending: bool = True

    def values(self, context: Context, scores: Scores) -> Keys:
        """Return the scores."""
        return scores

    def parse(self, context: Context, value: Any) -> SortValue:
        """Return a number."""
        return _number("_score", value)


@dataclass(frozen=True)
class ByPlace(SortKey):
    """The order in which documents were written."""

    def values(self, context: Context, scores: Scores) -> Keys:
        """Return the numbers of the documents."""
        return _Itself()

    def parse(self, context: Context, value: Any) -> SortValue:
        """Return a number."""
        return _number("_doc", value)


class _Itself(dict[int, SortValue]):
    def __missing__(self, key: int) -> int:
        return key

    def get(self, key: int, default: Any = None) -> int:
        return key

    def __contains__(self, key: object) -> bool:
        return True


@dataclass(frozen=True)
class ByField(SortKey):
    """The values of a field: of several the smallest, or in falling order the greatest."""

    field: str = ""
    missing: Any = "_last"
    mode: str = ""
    unmapped_type: str = ""

    def values(self, context: Context, scores: Scores) -> Keys:
        """Return one value of each document; raises QueryError if the field cannot be sorted by."""
        field = self._field(context)
        if field is None:
            return {}
        wants_greatest = self.mode == "max" if self.mode else self.is_descending
        found: dict[int, SortValue] = {}
        for column in context.reader.column(field.number):
            pairs = zip(column.documents, column.values, strict=True)
            found.update(pairs if wants_greatest else reversed(list(pairs)))
        return found

    def absent(self, context: Context) -> SortValue:
        """Return the greatest or smallest number, or None for keywords."""
        field = self._field(context)
        kind = self.unmapped_type if field is None else field.type
        if self.missing not in ("_last", "_first"):
            return self.missing if kind == "keyword" else _number(self.field, self.missing)
        if kind == "keyword":
            return None
        is_greatest = (self.missing == "_last") != self.is_descending
        if kind in DECIMAL_TYPES:
            return math.inf if is_greatest else -math.inf
        return LONG_LIMIT - 1 if is_greatest else -LONG_LIMIT

    @property
    def missing_comes_first(self) -> bool:
        """Whether documents without a value come first."""
        return bool(self.missing == "_first")

    def parse(self, context: Context, value: Any) -> SortValue:
        """Return a value of the field's type."""
        field = self._field(context)
        kind = self.unmapped_type if field is None else field.type
        if kind == "keyword":
            if value is not None and not isinstance(value, str):
                raise _unusable(self.field, value)
            return value
        if kind == "boolean" and isinstance(value, bool | str):
            return int(value in (True, "true"))
        if kind == "date" and isinstance(value, str):
            try:
                return parse_date(value) if not _is_whole(value) else int(value)
            except ValueError:
                raise _unusable(self.field, value) from None
        return _number(self.field, value)

    def _field(self, context: Context) -> Field | None:
        field = context.index.mapping.fields.get(self.field)
        if field is None and not self.unmapped_type:
            raise QueryError(f"No mapping found for [{self.field}] in order to sort on")
        if field is not None and not field.is_sortable:
            raise not_sortable(field, context.index.name)
        return field


@dataclass(frozen=True)
class Ranked:
    """A hit with the values that it was sorted by; `order` is the place of its index."""

    values: tuple[SortValue, ...]
    order: int
    number: int


def rank(
    context: Context,
    order: int,
    keys: Sequence[SortKey],
    found: Iterable[int],
    scores: Scores,
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> list[Ranked]:
    """Return the first `limit` of the documents found in an index, in order, after some values."""
    columns = [_SortColumn(key, key.values(context, scores), key.absent(context)) for key in keys]
    documents = sorted(found)
    if after is None:
        documents = _first(documents, columns, limit)
    ranked = [
        Ranked(
            tuple([column.values.get(document, column.absent) for column in columns]),
            order,
            document,
        )
        for document in documents
    ]
    if after is not None:
        limits = [key.parse(context, value) for key, value in zip(keys, after, strict=True)]
        ranked = [hit for hit in ranked if _is_after(keys, hit.values, limits)]
    return sort_hits(keys, ranked)[:limit]


def sort_hits(keys: Sequence[SortKey], hits: list[Ranked]) -> list[Ranked]:
    """Return hits in order; equal ones stay in the order of their indexes and places."""
    hits = sorted(hits, key=lambda hit: (hit.order, hit.number))
    for i in reversed(range(len(keys))):
        present = [hit for hit in hits if hit.values[i] is not None]
        absent = [hit for hit in hits if hit.values[i] is None]
        try:
            present.sort(key=lambda hit: hit.values[i], reverse=keys[i].is_descending)  # type: ignore[arg-type, return-value]
        except TypeError:
            raise RequestError(
                "Can't sort: a field has values of different types in the indices"
            ) from None
        hits = absent + present if keys[i].missing_comes_first else present + absent
    return hits


def parse_sort(body: Any) -> list[SortKey]:
    """Return the keys of a `sort`; raises ParsingError for a form that is not known."""
    listed = body if isinstance(body, list) else [body]
    if len(listed) > MAX_KEYS:
        raise ParsingError(f"[sort] may have {MAX_KEYS} keys")
    return [_parse_key(item) for item in listed]


def not_sortable(field: Field, index: str) -> RequestError:
    """Return the error for a field whose values cannot be sorted or counted."""
    if field.type == "text":
        return RequestError(
            f"Fielddata is disabled on [{field.name}] in [{index}]. Text fields are not optimised"
            " for operations that require per-document field data like aggregations and sorting,"
            " so these operations are disabled by default. Please use a keyword field instead."
        )
    return RequestError(f"Field [{field.name}] of type [{field.type}] is not supported here")


def shown(value: SortValue) -> SortValue:
    """Return a sort value as it stands in an answer."""
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


@dataclass(frozen=True)
class _SortColumn:
    key: SortKey
    values: Keys
    absent: SortValue


def _first(documents: list[int], columns: Sequence[_SortColumn], limit: int) -> list[int]:
    """Return the documents that come first, in no order; of equal ones the first in the list."""
    if len(documents) <= limit or not columns:
        return documents[:limit]
    column, rest = columns[0], columns[1:]
    values: list[Any] = [column.values.get(document, column.absent) for document in documents]
    without: list[int] = []
    if column.absent is None and None in values:
        without = [key for key, value in zip(documents, values, strict=True) if value is None]
        documents = [key for key, value in zip(documents, values, strict=True) if value is not None]
        values = [value for value in values if value is not None]
    if column.key.missing_comes_first:
        chosen = _first(without, rest, limit)
        return chosen + _best(documents, values, columns, limit - len(chosen))
    chosen = _best(documents, values, columns, limit)
    return chosen + _first(without, rest, limit - len(chosen))


def _best(
    documents: list[int], values: list[Any], columns: Sequence[_SortColumn], limit: int
) -> list[int]:
    """Return the documents with the best values of the first column."""
    if len(documents) <= limit:
        return documents
    if limit <= 0:
        return []
    is_descending = columns[0].key.is_descending
    last = sorted(values, reverse=is_descending)[limit - 1]
    pairs = list(zip(documents, values, strict=True))
    if is_descending:
        chosen = [document for document, value in pairs if value > last]
    else:
        chosen = [document for document, value in pairs if value < last]
    equal = [document for document, value in pairs if value == last]
    return chosen + _first(equal, columns[1:], limit - len(chosen))


def _is_after(
    keys: Sequence[SortKey], values: Sequence[SortValue], limits: Sequence[SortValue]
) -> bool:
    for key, value, limit in zip(keys, values, limits, strict=True):
        if value == limit:
            continue
        if value is None or limit is None:
            return (value is None) != key.missing_comes_first
        try:
            return (value < limit) == key.is_descending  # type: ignore[operator]
        except TypeError:
            raise _unusable("sort", limit) from None
    return False


def _parse_key(body: Any) -> SortKey:
    if isinstance(body, str):
        body = {body: {}}
    outer = Body("sort", body)
    name = outer.only_key()
    value = outer.take(name)
    options = Body("sort", {"order": value} if isinstance(value, str) else value)
    order = options.choice("order", ("asc", "desc"), "desc" if name == "_score" else "asc")
    is_descending = order == "desc"
    key: SortKey
    if name == "_score":
        key = ByScore(is_descending)
    elif name == "_doc":
        key = ByPlace(is_descending)
    else:
        key = ByField(
            is_descending,
            name,
            options.take("missing", "_last"),
            options.choice("mode", ("", "min", "max"), ""),
            options.text("unmapped_type", ""),
        )
    options.done()
    return key


def _is_whole(text: str) -> bool:
    return len(text) < 20 and text.removeprefix("-").isdecimal() and len(text) != 4


def _number(field: str, value: Any) -> int | float:
    if isinstance(value, bool):
        raise _unusable(field, value)
    if isinstance(value, str):
        if _is_whole(value):
            return int(value)
        if value in ("Infinity", "-Infinity"):
            return math.inf if value[0] == "I" else -math.inf
    try:
        number = value if isinstance(value, int | float) else float(value)
    except (TypeError, ValueError):
        raise _unusable(field, value) from None
    return number


def _unusable(field: str, value: Any) -> RequestError:
    return RequestError(f"Failed to parse search_after value [{str(value)[:100]}] for [{field}]")
