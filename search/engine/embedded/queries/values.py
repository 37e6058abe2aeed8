"""Queries on the values of a field: they compare numbers, dates and booleans one by one."""

import math
from dataclasses import dataclass
from typing import Any

from search.engine.embedded.errors import QueryError, RequestError
from search.engine.embedded.mapping.dates import parse_date_math
from search.engine.embedded.mapping.fields import (
    DECIMAL_TYPES,
    MAX_DIGITS,
    Field,
    as_single,
    text_of,
)
from search.engine.embedded.queries.base import Context, Nothing, Query, Scores
from search.engine.embedded.queries.scoring import K1, length_factors, rarity
from search.engine.embedded.queries.terms import TermQuery


@dataclass(frozen=True, kw_only=True)
class BetweenQuery(Query):
    """Values of a number, date or boolean field between two limits, both included."""

    field: Field
    low: float = -math.inf
    high: float = math.inf

    def describe(self) -> str:
        """Return the field and the limits."""
        return f"{self.field.name}:[{self.low} TO {self.high}]"

    def documents(self, context: Context) -> set[int]:
        """Return the documents with such a value."""
        low, high = self.low, self.high
        columns = context.reader.column(self.field.number)
        if low == high:
            return {
                document
                for column in columns
                for document, value in zip(column.documents, column.values, strict=True)
                if value == low
            }
        return {
            document
            for column in columns
            for document, value in zip(column.documents, column.values, strict=True)
            if low <= value <= high
        }


@dataclass(frozen=True, kw_only=True)
class BooleanQuery(BetweenQuery):
    """A boolean value; unlike numbers, booleans are scored by their rarity."""

    def scores(self, context: Context) -> Scores:
        """Return the same score for each document."""
        found = self.documents(context)
        holders, words = context.reader.statistics(self.field.number)
        weight = rarity(holders, len(found)) * (K1 + 1) / (1 + length_factors(holders, words)[1])
        return dict.fromkeys(found, weight * self.boost)


@dataclass(frozen=True, kw_only=True)
class KeywordRangeQuery(Query):
    """Terms of a text or keyword field from `start` up to but without `end`."""

    field: Field
    start: str
    end: str | None

    def documents(self, context: Context) -> set[int]:
        """Return the documents that hold such a term."""
        return context.reader.documents_between(self.field.number, self.start, self.end)


@dataclass(frozen=True)
class Limits:
    """The limits of a range as they were asked; None is open."""

    low: Any = None
    high: Any = None
    include_low: bool = True
    include_high: bool = True


def term_query(context: Context, field: Field | None, value: Any, boost: float = 1.0) -> Query:
    """Return the query for one exact value of a field.

    Raises QueryError when the value cannot be one of the field's.
    """
    if field is None:
        return Nothing()
    if field.has_terms:
        return TermQuery(field=field, terms=frozenset((_text(value),)), boost=boost)
    if field.type == "boolean":
        number = _boolean(value)
        return BooleanQuery(field=field, low=number, high=number, boost=boost)
    return range_query(context, field, Limits(value, value), boost)


def range_query(context: Context, field: Field | None, limits: Limits, boost: float = 1.0) -> Query:
    """Return the query for the values of a field between limits.

    Raises QueryError when a limit cannot be a value of the field.
    """
    if field is None:
        return Nothing()
    if field.type == "completion":
        raise QueryError(f"Field [{field.name}] of type [completion] cannot be searched")
    if field.has_terms:
        return _keyword_range(field, limits, boost)
    if field.type == "date":
        low, high = _date_limits(limits, context.now)
    elif field.type == "boolean":
        low, high = _number_limits(limits, _boolean, 1)
    elif field.type in DECIMAL_TYPES:
        low, high = _decimal_limits(field, limits)
    else:
        low, high = _whole_limits(limits)
    return BetweenQuery(field=field, low=low, high=high, boost=boost)


def _keyword_range(field: Field, limits: Limits, boost: float) -> Query:
    start = "" if limits.low is None else _text(limits.low)
    if limits.low is not None and not limits.include_low:
        start += "\0"
    end = None if limits.high is None else _text(limits.high)
    if end is not None and limits.include_high:
        end += "\0"
    return KeywordRangeQuery(field=field, start=start, end=end, boost=boost)


def _date_limits(limits: Limits, now: int) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    if limits.low is not None:
        low = _date(limits.low, now, round_up=not limits.include_low) + (not limits.include_low)
    if limits.high is not None:
        high = _date(limits.high, now, round_up=limits.include_high) - (not limits.include_high)
    return low, high


def _date(value: Any, now: int, *, round_up: bool) -> int:
    try:
        return parse_date_math(_text(value), now=now, round_up=round_up)
    except ValueError as error:
        raise QueryError(str(error), "parse_exception") from None


def _whole_limits(limits: Limits) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    if limits.low is not None:
        low = _number(limits.low)
        low = math.ceil(low) if limits.include_low else math.floor(low) + 1
    if limits.high is not None:
        high = _number(limits.high)
        high = math.floor(high) if limits.include_high else math.ceil(high) - 1
    return low, high


def _decimal_limits(field: Field, limits: Limits) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    if limits.low is not None:
        low = _decimal(field, limits.low)
        low = low if limits.include_low else math.nextafter(low, math.inf)
    if limits.high is not None:
        high = _decimal(field, limits.high)
        high = high if limits.include_high else math.nextafter(high, -math.inf)
    return low, high


def _decimal(field: Field, value: Any) -> float:
    number = float(_number(value))
    return as_single(number) if field.type == "float" else number


def _number_limits(limits: Limits, convert: Any, step: int) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    if limits.low is not None:
        low = convert(limits.low) + (0 if limits.include_low else step)
    if limits.high is not None:
        high = convert(limits.high) - (0 if limits.include_high else step)
    return low, high


def _number(value: Any) -> int | float:
    """Return a number; a whole one stays exact."""
    text = _text(value)
    try:
        if len(text) > MAX_DIGITS or "_" in text:
            raise ValueError(text)
        number = int(text) if text.lstrip("+-").isdecimal() else float(text)
    except ValueError:
        raise QueryError(f'failed to create query: For input string: "{text}"') from None
    if math.isnan(number) or math.isinf(number):
        raise QueryError(f"failed to create query: [{text}] is not a finite number")
    return number


def _boolean(value: Any) -> int:
    if value is True or value == "true":
        return 1
    if value is False or value == "false":
        return 0
    raise QueryError(f"Can't parse boolean value [{value}], expected [true] or [false]")


def _text(value: Any) -> str:
    try:
        return text_of(value)
    except ValueError:
        raise RequestError(f"A value cannot be an object or a list: [{str(value)[:100]}]") from None
