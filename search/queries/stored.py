"""What stored query strings match: members of catalogs.

A stored query is asked as of a moment, whatever the partner, and finds restricted runs too: who may
see what is decided when somebody reads.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.documents.kinds import Kind
from search.queries.asking import ask, ask_many
from search.queries.errors import BadQuery
from search.queries.moments import Window, said_of, speaks_of_now
from search.queries.query_strings import query_string
from search.queries.values import lowered

__all__ = [
    "NOTHING", "Match", "Query", "Sample", "anything_between", "due_among", "matches_after",
    "matches_among", "of_partner", "samples", "stored_query", "turned",
]  # fmt: skip

NOTHING = Q("match_none")


@dataclass(frozen=True)
class Match:
    """A thing that a query string matches, as its document names it.

    `row` is its primary key. What has no key is known by its uuid. `restriction_type` is "" for
    what everybody may see.
    """

    uuid: UUID
    row: int
    key: str
    partner: str
    restriction_type: str


@dataclass(frozen=True)
class Sample:
    """How many matches there are, and some of them."""

    count: int
    matches: list[Match]


# What a match tells, as keys to sort by: their values come with each hit, and no document has to be
# read for them. The first one is unique.
_TOLD = ("pk", "key.raw", "partner.raw", "restriction_type")


def stored_query(written: str, moment: datetime, *, parameter: str = "query") -> Query:
    """A stored query string as a query that always means what it meant at that moment.

    Raises BadQuery, naming `parameter`.
    """
    query = query_string(written, now=moment, parameter=parameter)
    if speaks_of_now(written):
        query = query_string(said_of(written, moment), now=moment, parameter=parameter)
    return Q("bool", filter=[query])


def turned(query: Query, *, before: Query) -> Query:
    """What matches a query and did not match the one before."""
    return Q("bool", filter=[query], must_not=[before])


def matches_among(
    asked: Sequence[tuple[Kind, Query]], uuids: Collection[UUID]
) -> list[list[Match] | BadQuery]:
    """What each of the queries matches of these things, all asked at once.

    As `ask_many` answers, a query that the engine refuses is answered with BadQuery.
    """
    wanted = _ids(uuids)
    found = samples(
        [(kind, Q("bool", filter=[query, wanted])) for kind, query in asked], len(uuids)
    )
    return [each if isinstance(each, BadQuery) else each.matches for each in found]


def samples(
    asked: Sequence[tuple[Kind, Query]], size: int, *, engine: Elasticsearch | None = None
) -> list[Sample | BadQuery]:
    """How many things each of the queries matches, and at most so many of them; asked at once.

    `engine` is asked if it is given, else the one in use.
    """
    searches = [([kind], _told(query).extra(track_total_hits=True)[:size]) for kind, query in asked]
    return [
        answer
        if isinstance(answer, BadQuery)
        else Sample(answer["hits"]["total"]["value"], _matches(answer))
        for answer in ask_many(searches, engine=engine)
    ]


def matches_after(kind: Kind, query: Query, row: int, size: int) -> list[Match]:
    """The next matches of a query in the order of their primary keys: those behind `row`.

    Raises BadQuery and SearchUnavailable.
    """
    behind = Q("bool", filter=[query, Q("range", pk={"gt": row})])
    return _matches(ask([kind], _told(behind)[:size]))


def anything_between(kinds: Sequence[Kind], windows: Collection[Window]) -> bool:
    """Whether a document has a date in one of the windows."""
    if not windows:
        return False
    ranges = [Q("range", **{each.field: {"gte": each.low, "lte": each.high}}) for each in windows]
    search = Search().query(Q("bool", should=ranges, minimum_should_match=1))
    answer = ask(kinds, search.extra(track_total_hits=True)[:0])
    return bool(answer["hits"]["total"]["value"])


def of_partner(query: Query, short_code: str) -> Query:
    """What a query matches of a partner's."""
    return Q("bool", filter=[query, Q("term", **{"partner.lower": lowered(short_code)})])


def due_among(kind: Kind, uuids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of the things whose documents time has changed, but nobody has written anew yet."""
    due = Q("range", next_boundary={"lte": now.isoformat()})
    search = _told(Q("bool", filter=[due, _ids(uuids)]))[: len(uuids)]
    return {match.uuid for match in _matches(ask([kind], search))}


def _ids(uuids: Collection[UUID]) -> Query:
    return Q("ids", values=[str(each) for each in uuids])


def _told(query: Query) -> Search[Any]:
    keys = [{name: {"order": "asc", "unmapped_type": "keyword"}} for name in _TOLD]
    return Search().query(query).source(False).sort(*keys)


def _matches(answer: dict[str, Any]) -> list[Match]:
    return [_match(hit["_id"], *hit["sort"]) for hit in answer["hits"]["hits"]]


def _match(uuid: str, row: int, key: str | None, partner: str | None, kept: str | None) -> Match:
    return Match(UUID(uuid), row, key or uuid, partner or "", kept or "")
