"""Filters: `name[__lookup]=value` of a request, as queries.

Repeated values without a lookup are alternatives, and so are those that one parameter joins with
two underscores; repeated parameters with a lookup must all hold. Names and lookups that are not in
the table are ignored, as clients need.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.queries.errors import BadValue
from search.queries.query_strings import day_of
from search.queries.values import Value, lowered, millis, text, truth, whole

Parameters = Mapping[str, Sequence[Any]]

_TERMS = frozenset({"", "term", "terms"})
_TERMS_EXCLUDE = _TERMS | {"exclude"}
_TERM = frozenset({"", "term"})
_COMPARED = frozenset({"gt", "gte", "lt", "lte"})
_SEPARATOR = "__"


@dataclass(frozen=True)
class Filter:
    """A filter that clients may use: the field, the look-ups, and how a value is read."""

    field: str
    lookups: frozenset[str] = _TERMS
    read: Callable[[Any], Value] = text
    phrase: bool = False

    @property
    def is_date(self) -> bool:
        """Whether the values are dates, which are read with the clock."""
        return self.lookups is _DATES


_DATES = _TERM | _COMPARED


def _lower(field: str, lookups: frozenset[str] = _TERM) -> Filter:
    return Filter(f"{field}.lower", lookups, lowered)


FILTERS: dict[str, Filter] = {
    "aggregation_key": Filter("aggregation_key", _TERMS_EXCLUDE),
    "authoring_organizations": _lower("authoring_organizations", _TERMS_EXCLUDE),
    "course_type": Filter("course_type", _TERMS_EXCLUDE),
    "key.raw": Filter("key.raw", _TERMS_EXCLUDE),
    "org": _lower("org", _TERMS_EXCLUDE),
    "authoring_organization_uuids": Filter("authoring_organization_uuids"),
    "availability": Filter("availability.raw"),
    "content_type": Filter("content_type"),
    "external_course_marketing_type": Filter("external_course_marketing_type"),
    "product_source": Filter("product_source"),
    "course_ends": Filter("course_ends.raw"),
    "languages": Filter("languages"),
    "level_type": Filter("level_type.raw"),
    "number": Filter("number"),
    "pacing_type": Filter("pacing_type"),
    "skill_names": Filter("skill_names"),
    # The names of the nested skills, which hold them as analysed text only.
    "skills": Filter("skill_names"),
    "subject_uuids": Filter("subject_uuids"),
    "enterprise_subscription_inclusion": Filter("enterprise_subscription_inclusion", _TERM, truth),
    "active": Filter("is_active", _TERM, truth),
    "enrollment_mode": _lower("type"),
    "has_enrollable_seats": Filter("has_enrollable_seats", _TERM, truth),
    "hidden": Filter("hidden", _TERM, truth),
    "partner": _lower("partner"),
    "published": Filter("published", _TERM, truth),
    "status": Filter("status", _TERM),
    "type": _lower("type"),
    "first_enrollable_paid_seat_price": Filter(
        "first_enrollable_paid_seat_price", _TERMS | _COMPARED | {"range", "in"}, whole
    ),
    "start": Filter("start", _DATES),
    "end": Filter("end", _DATES),
    "end_date": Filter("end_date", _DATES),
    "key": Filter("key", _TERM, phrase=True),
    "short_description": Filter("short_description", _TERM, phrase=True),
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
    if known.phrase:
        return _either([Q("match_phrase", **{known.field: text(each)}) for each in values])
    if known.is_date:
        return _either([day_of(known.field, each, now) for each in values])
    return Q("terms", **{known.field: [known.read(each) for each in values]})


def _either(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q("bool", should=queries, minimum_should_match=1)


def _limits(value: Any) -> dict[str, str]:
    """`low__high`, `low` alone, or `__high`."""
    low, high, *_ = [*text(value).split(_SEPARATOR), ""]
    return {sign: limit for sign, limit in (("gte", low), ("lte", high)) if limit}


def _compared(known: Filter, limits: dict[str, Any], now: datetime) -> Query:
    read = {
        sign: millis(limit, now, end=sign in ("gt", "lte")) if known.is_date else known.read(limit)
        for sign, limit in limits.items()
    }
    return Q("range", **{known.field: read})
