"""Filters: `name[__lookup]=value` of a request, as queries.

Repeated values without a lookup are alternatives, and so are those that one parameter joins with
two underscores; repeated parameters with a lookup must all hold. Names and lookups that are not in
the table are ignored, as clients need.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.queries.errors import BadValue
from search.queries.query_strings import day_of
from search.queries.values import Value, lowered, millis, text, truth, whole

Parameters = Mapping[str, Sequence[Any]]

_SEPARATOR = "__"
# Each of these is a clause of its own, which costs; terms are looked up together.
MAX_ALTERNATIVES = 100
MAX_TERMS = 10_000
_TERM = frozenset({"", "term"})
_TERMS = _TERM | {"terms"}
_TERMS_EXCLUDE = _TERMS | {"exclude"}
_COMPARED = frozenset({"gt", "gte", "lt", "lte"})
_PRICE = _TERMS | _COMPARED | {"range", "in"}


@dataclass(frozen=True)
class Filter:
    """A filter that clients may use: the field, how its values are read, and the look-ups.

    Dates name a span of time, and a phrase is analysed; values of all other kinds are exact.
    """

    field: str
    lookups: frozenset[str] = _TERMS
    kind: Literal["exact", "any case", "truth", "whole", "date", "phrase"] = "exact"

    def read(self, value: Any, now: datetime, *, end: bool = False) -> Value:
        """A value as the field takes it. Raises ValueError for one that it cannot have."""
        if self.kind == "date":
            return millis(value, now, end=end)
        return _READERS[self.kind](value)


_READERS: dict[str, Callable[[Any], Value]] = {
    "exact": text,
    "any case": lowered,
    "truth": truth,
    "whole": whole,
    "phrase": text,
}

FILTERS: dict[str, Filter] = {
    "active": Filter("is_active", _TERM, "truth"),
    "aggregation_key": Filter("aggregation_key", _TERMS_EXCLUDE),
    "authoring_organization_uuids": Filter("authoring_organization_uuids"),
    "authoring_organizations": Filter("authoring_organizations.lower", _TERMS_EXCLUDE, "any case"),
    "availability": Filter("availability.raw"),
    "content_type": Filter("content_type"),
    "course_ends": Filter("course_ends.raw"),
    "course_type": Filter("course_type", _TERMS_EXCLUDE),
    "end": Filter("end", _TERM | _COMPARED, "date"),
    "end_date": Filter("end_date", _TERM | _COMPARED, "date"),
    "enrollment_mode": Filter("type.lower", _TERM, "any case"),
    "enterprise_subscription_inclusion": Filter(
        "enterprise_subscription_inclusion", _TERM, "truth"
    ),
    "external_course_marketing_type": Filter("external_course_marketing_type"),
    "first_enrollable_paid_seat_price": Filter("first_enrollable_paid_seat_price", _PRICE, "whole"),
    "has_enrollable_seats": Filter("has_enrollable_seats", _TERM, "truth"),
    "hidden": Filter("hidden", _TERM, "truth"),
    "key": Filter("key", _TERM, "phrase"),
    "key.raw": Filter("key.raw", _TERMS_EXCLUDE),
    "languages": Filter("languages"),
    "level_type": Filter("level_type.raw"),
    "number": Filter("number"),
    "org": Filter("org.lower", _TERMS_EXCLUDE, "any case"),
    "pacing_type": Filter("pacing_type"),
    "partner": Filter("partner.lower", _TERM, "any case"),
    "product_source": Filter("product_source"),
    "published": Filter("published", _TERM, "truth"),
    "short_description": Filter("short_description", _TERM, "phrase"),
    "skill_names": Filter("skill_names"),
    # The nested skills hold their names as analysed text only.
    "skills": Filter("skill_names"),
    "start": Filter("start", _TERM | _COMPARED, "date"),
    "status": Filter("status", _TERM),
    "subject_uuids": Filter("subject_uuids"),
    "type": Filter("type.lower", _TERM, "any case"),
}


def filters(parameters: Parameters, now: datetime) -> list[Query]:
    """The filters that parameters ask for.

    Raises BadValue, with the parameter's name, for a value that its field cannot have.
    """
    found: list[Query] = []
    for parameter, values in parameters.items():
        name, _, lookup = parameter.partition(_SEPARATOR)
        known = FILTERS.get(name)
        given = [each for each in values if each is not None and each != ""]
        if known is None or lookup not in known.lookups or not given:
            continue
        try:
            found += _queries(known, lookup, given, now)
        except ValueError as error:
            raise BadValue(parameter, f"{error}.") from error
    return found


def _queries(known: Filter, lookup: str, values: Sequence[Any], now: datetime) -> Iterator[Query]:
    if lookup == "":
        yield _any_of(known, values, now)
        return
    if len(values) > MAX_ALTERNATIVES:
        raise ValueError(f"At most {MAX_ALTERNATIVES} times")
    for value in values:
        if lookup in _COMPARED:
            yield _compared(known, {lookup: value}, now)
        elif lookup == "range":
            yield _compared(known, _limits(value), now)
        elif lookup == "term":
            yield _any_of(known, [value], now)
        else:
            query = _any_of(known, [part for part in text(value).split(_SEPARATOR) if part], now)
            yield ~query if lookup == "exclude" else query


def _any_of(known: Filter, values: Sequence[Any], now: datetime) -> Query:
    if known.kind == "phrase":
        return _either([Q("match_phrase", **{known.field: text(each)}) for each in values])
    if known.kind == "date":
        return _either([day_of(known.field, each, now) for each in values])
    if len(values) > MAX_TERMS:
        raise ValueError(f"At most {MAX_TERMS} values")
    return Q("terms", **{known.field: [known.read(each, now) for each in values]})


def _either(queries: list[Query]) -> Query:
    if len(queries) > MAX_ALTERNATIVES:
        raise ValueError(f"At most {MAX_ALTERNATIVES} values")
    return queries[0] if len(queries) == 1 else Q("bool", should=queries, minimum_should_match=1)


def _limits(value: Any) -> dict[str, str]:
    """`low__high`, `low` alone, or `__high`. Raises ValueError without either."""
    low, high, *_ = [*text(value).split(_SEPARATOR), ""]
    limits = {sign: limit for sign, limit in (("gte", low), ("lte", high)) if limit}
    if not limits:
        raise ValueError("Must be low__high")
    return limits


def _compared(known: Filter, limits: dict[str, Any], now: datetime) -> Query:
    read = {
        sign: known.read(limit, now, end=sign in ("gt", "lte")) for sign, limit in limits.items()
    }
    return Q("range", **{known.field: read})
