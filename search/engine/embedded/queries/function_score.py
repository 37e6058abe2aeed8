"""function_score: changes the score of each hit by weights and by how near a date is.

https://www.elastic.co/guide/en/elasticsearch/reference/8.17/query-dsl-function-score-query.html
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, QueryError
from search.engine.embedded.mapping.dates import parse_date_math
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.queries.base import Context, Query, Scores

_SPAN = re.compile(r"([+-]?)(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h|d)")
_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


@dataclass(frozen=True)
class Gauss:
    """A factor that falls from 1 to `decay` at `scale` milliseconds (beyond `offset`) from a date.

    A document with several dates counts by the one that is nearest; one without has factor 1.
    """

    field: str
    origin: str
    scale: int
    offset: int = 0
    decay: float = 0.5

    def target(self, context: Context) -> tuple[Field, int]:
        """Return the field and the milliseconds of the origin; raises QueryError for no dates."""
        field = context.field(self.field)
        if field is None or field.type != "date":
            raise QueryError(f"[gauss] needs a date field but [{self.field}] is none")
        try:
            return field, parse_date_math(self.origin, now=context.now)
        except ValueError as error:
            raise QueryError(str(error), "parse_exception") from None

    def factors(self, context: Context, documents: Iterable[int]) -> Scores:
        """Return the factor of each document."""
        field, origin = self.target(context)
        nearest: dict[int, int] = {}
        for column in context.reader.column(field.number):
            for document, value in zip(column.documents, column.values, strict=True):
                distance = abs(value - origin)
                if distance < nearest.get(document, distance + 1):
                    nearest[document] = distance
        width = math.log(self.decay) / self.scale**2
        return {
            document: math.exp(width * max(0, nearest[document] - self.offset) ** 2)
            if document in nearest
            else 1.0
            for document in documents
        }


@dataclass(frozen=True)
class Function:
    """What one function adds for the documents that its filter finds."""

    filter: Query | None
    weight: float | None
    gauss: Gauss | None

    @property
    def factor(self) -> float:
        """What the value of the function is multiplied by."""
        return 1.0 if self.weight is None else self.weight

    def values(self, context: Context, documents: Iterable[int]) -> Scores:
        """Return the weighted value for each document that the function applies to."""
        found = set(documents)
        if self.filter is not None:
            found &= self.filter.documents(context)
        if self.gauss is None:
            return dict.fromkeys(found, self.factor)
        factors = self.gauss.factors(context, found)
        return {document: self.factor * factor for document, factor in factors.items()}


@dataclass(frozen=True, kw_only=True)
class FunctionScore(Query):
    """A query whose scores are changed by functions.

    `score_mode` joins the values of the functions, `boost_mode` joins the result with the score; a
    document that no function applies to gets the value 1.
    """

    query: Query
    functions: tuple[Function, ...]
    score_mode: str = "multiply"
    boost_mode: str = "multiply"
    max_boost: float = math.inf
    min_score: float | None = None

    def documents(self, context: Context) -> set[int]:
        """Return what the inner query finds."""
        if self.min_score is not None:
            return set(self.scores(context))
        return self.query.documents(context)

    def scores(self, context: Context) -> Scores:
        """Return the changed scores."""
        before = self.query.scores(context)
        found = [(function.factor, function.values(context, before)) for function in self.functions]
        after = {}
        for document, score in before.items():
            value = self._joined([pair for pair in found if document in pair[1]], document)
            after[document] = _applied(self.boost_mode, score * self.boost, value)
        if self.min_score is not None:
            return {key: score for key, score in after.items() if score >= self.min_score}
        return after

    def _joined(self, found: list[tuple[float, Scores]], document: int) -> float:
        """Return the joined value of the functions that apply to a document."""
        if not found:
            return min(1.0, self.max_boost)
        values = [scores[document] for _, scores in found]
        if self.score_mode == "avg":
            weights = sum(weight for weight, _ in found)
            return min(sum(values) / weights if weights else 0.0, self.max_boost)
        return min(_JOINS[self.score_mode](values), self.max_boost)

    def clauses(self, context: Context) -> Iterable[Query]:
        """Return the inner query."""
        return (self.query,)

    def check(self, context: Context) -> None:
        """Check the inner query and the functions."""
        self.query.check(context)
        for function in self.functions:
            if function.filter is not None:
                function.filter.check(context)
            if function.gauss is not None:
                function.gauss.target(context)


def parse_function(body: Any, query: Query | None) -> Function:
    """Read one of the functions, whose filter has been read already."""
    options = Body("function_score", body)
    weight = options.number("weight") if "weight" in options else None
    gauss = _parse_gauss(options.take("gauss")) if "gauss" in options else None
    options.done()
    if weight is None and gauss is None:
        raise ParsingError("an entry in functions list is missing a function.")
    return Function(query, weight, gauss)


def _parse_gauss(body: Any) -> Gauss:
    outer = Body("gauss", body)
    name = outer.only_key()
    options = Body("gauss", outer.take(name))
    decay = options.number("decay", 0.5)
    if not 0 < decay < 1:
        raise ParsingError("[decay] of [gauss] must be between 0 and 1")
    scale = _milliseconds("scale", options.take("scale"))
    if scale <= 0:
        raise ParsingError("[scale] of [gauss] must be above 0")
    gauss = Gauss(
        field=name,
        origin=str(options.take("origin", "now")),
        scale=scale,
        offset=_milliseconds("offset", options.take("offset", "0ms")),
        decay=decay,
    )
    options.done()
    return gauss


def _milliseconds(name: str, value: Any) -> int:
    found = _SPAN.fullmatch(str(value))
    if found is None:
        raise ParsingError(f"[{name}] of [gauss] must be a time such as 30d: [{value}]")
    sign, number, unit = found.groups()
    return int(float(number) * _UNITS[unit]) * (-1 if sign == "-" else 1)


_JOINS: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "multiply": math.prod,
    "max": max,
    "min": min,
    "first": lambda values: values[0],
}
SCORE_MODES = (*_JOINS, "avg")
BOOST_MODES = ("multiply", "sum", "replace", "avg", "max", "min")


def _applied(mode: str, score: float, value: float) -> float:
    match mode:
        case "sum":
            return score + value
        case "avg":
            return (score + value) / 2
        case "max":
            return max(score, value)
        case "min":
            return min(score, value)
        case "replace":
            return value
    return score * value
