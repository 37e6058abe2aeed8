"""Counts beside the hits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from elasticsearch.dsl import A, Q
from elasticsearch.dsl.query import Query

from search.queries.asking import ask
from search.queries.criteria import Criteria
from search.queries.errors import BadValue
from search.queries.fields import field_types
from search.queries.values import READERS

SIZE = 100
# Values that each shard of an index tells; counts are exact for facets with fewer of them.
_CANDIDATES = 10_000
_SOON = timedelta(days=60)
_EXACT = "_exact"
_QUERIES = "queries"
_DISTINCT = "distinct"
# Up to so many different things are counted exactly by a server, and each costs it memory.
_PRECISION, _PRECISION_OF_BUCKETS = 1500, 250

# The field that each facet counts the values of.
FACETS = {
    "active": "is_active",
    "availability": "open_availability",
    "content_type": "content_type",
    "course_type": "course_type",
    "enterprise_subscription_inclusion": "enterprise_subscription_inclusion",
    "external_course_marketing_type": "external_course_marketing_type",
    "first_enrollable_paid_seat_price": "first_enrollable_paid_seat_price",
    "language": "language.raw",
    "languages": "open_languages",
    "level_type": "level_type.raw",
    "mobile_available": "mobile_available",
    "organizations": "organizations.raw",
    "pacing_type": "pacing_type",
    "prerequisites": "prerequisites",
    "product_source": "product_source",
    "seat_types": "seat_types",
    "status": "status",
    "subjects": "subjects.raw",
    "transcript_languages": "transcript_languages.raw",
    "type": "type.raw",
}


@dataclass(frozen=True)
class Bucket:
    """A value of a facet and how many hits have it; 0 and 1 stand for false and true.

    `distinct` is how many different things (aggregation keys) are among them, if that was asked.
    """

    text: str | int
    count: int
    distinct: int | None = None


@dataclass(frozen=True)
class Facets:
    """Values by facet, most frequent first; hits by query facet, those without hits left out.

    `distinct` and `distinct_queries` are the numbers of different things, if that was asked.
    """

    fields: dict[str, list[Bucket]]
    queries: dict[str, int]
    distinct: int | None = None
    distinct_queries: dict[str, int] = field(default_factory=dict)


def query_facets(now: datetime) -> dict[str, Query]:
    """What of the catalog can be taken up when."""
    moment, soon = now.isoformat(), (now + _SOON).isoformat()
    return {
        "availability_current": Q("range", start={"lte": moment}) & Q("range", end={"gte": moment}),
        "availability_starting_soon": Q("range", start={"gte": moment, "lte": soon}),
        "availability_upcoming": Q("range", start={"gte": soon}),
        "availability_archived": Q("range", end={"lte": moment}),
    }


def open_to_all(criteria: Criteria) -> Criteria:
    """The same without what is not published, or hidden."""
    return criteria.narrowed(Q("term", published=True), ~Q("term", hidden=True))


def narrowed(
    criteria: Criteria,
    *,
    fields: Sequence[str],
    selected: Sequence[str] = (),
    selected_queries: Sequence[str] = (),
) -> Criteria:
    """The same narrowed to chosen facets: `<facet>_exact:<value>`, and names of query facets.

    Raises BadValue for a facet that is not among `fields`, for a value that it cannot have, and
    for an unknown query facet.
    """
    queries = query_facets(criteria.now)
    conditions = [_chosen(each, fields, criteria.now) for each in selected]
    for name in selected_queries:
        if name not in queries:
            raise BadValue(
                "selected_query_facets", f"The selected query facet [{name}] is not valid."
            )
        conditions.append(queries[name])
    return criteria.narrowed(*conditions)


def facets(
    criteria: Criteria, *, fields: Sequence[str], queries: bool = True, distinct: bool = False
) -> Facets:
    """Counts of the values of these facets among all hits, and of the query facets.

    With `distinct` different things are counted beside the hits; large numbers of them are
    estimates where a server answers.
    """
    search = criteria.search()[:0]
    for name in fields:
        size = settings.SEARCH_FACET_LIMIT if name == "organizations" else SIZE
        # Shards that name their most frequent values only would leave some uncounted.
        counted = A("terms", field=FACETS[name], size=size, shard_size=_CANDIDATES)
        search.aggs.bucket(name, _with_distinct(counted, distinct))
    if queries:
        named: dict[str, Any] = query_facets(criteria.now)
        search.aggs.bucket(_QUERIES, _with_distinct(A("filters", filters=named), distinct))
    if distinct:
        search.aggs.metric(_DISTINCT, _different(_PRECISION))
    found = ask(criteria.kinds, search).get("aggregations", {})
    counts = found.pop(_QUERIES, {"buckets": {}})["buckets"]
    hit = {name: each for name, each in counts.items() if each["doc_count"]}
    return Facets(
        {name: [_bucket(each) for each in found[name]["buckets"]] for name in fields},
        {name: each["doc_count"] for name, each in hit.items()},
        found[_DISTINCT]["value"] if distinct else None,
        {name: each[_DISTINCT]["value"] for name, each in hit.items()} if distinct else {},
    )


def _different(precision: int) -> Any:
    return A("cardinality", field="aggregation_key", precision_threshold=precision)


def _with_distinct(aggregation: Any, distinct: bool) -> Any:
    if distinct:
        aggregation.metric(_DISTINCT, _different(_PRECISION_OF_BUCKETS))
    return aggregation


def _chosen(selected: str, fields: Sequence[str], now: datetime) -> Query:
    named, _, value = selected.partition(":")
    name = named.removesuffix(_EXACT)
    if name not in fields:
        raise BadValue("selected_facets", f"The selected facet [{named}] is not valid.")
    field = FACETS[name]
    try:
        return Q("term", **{field: READERS[field_types()[field]](value, now)})
    except ValueError as error:
        raise BadValue("selected_facets", f"{named}: {error}.") from None


def _bucket(found: dict[str, Any]) -> Bucket:
    distinct = found[_DISTINCT]["value"] if _DISTINCT in found else None
    return Bucket(found["key"], found["doc_count"], distinct)
