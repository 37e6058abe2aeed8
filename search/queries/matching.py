"""Which courses or runs a query string matches: every one of them, however many."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.conf import settings
from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.documents.kinds import Kind
from search.queries.asking import ask
from search.queries.criteria import unrestricted
from search.queries.query_strings import EVERYTHING, query_string
from search.queries.values import lowered


def is_everything(written: str) -> bool:
    """Whether a query string asks for everything, so that nobody need be asked."""
    return written.strip() == EVERYTHING


def matching_query(
    kind: Kind,
    written: str,
    *,
    now: datetime,
    partner: str | None = None,
    include_restricted: Collection[str] = (),
    keys: Collection[str] | None = None,
    uuids: Collection[str] | None = None,
    parameter: str = "q",
) -> Query:
    """A query string as a query, limited to a partner, and to keys or uuids where they are given.

    Raises BadQuery, naming `parameter`.
    """
    conditions = [
        query_string(written, now=now, parameter=parameter),
        unrestricted(frozenset(include_restricted)),
    ]
    if partner:
        conditions.append(Q("term", **{"partner.lower": lowered(partner)}))
    if keys is not None:
        conditions.append(Q("terms", **{"key.lower": [lowered(key) for key in keys]}))
    if uuids is not None:
        conditions.append(Q("terms", uuid=[lowered(uuid) for uuid in uuids]))
    return Q("bool", filter=conditions)


def matching_pks(kind: Kind, query: Query) -> Iterator[int]:
    """The primary keys of the official rows that a query matches, rising, in constant memory."""
    size = min(settings.ELASTICSEARCH_DSL_QUERYSET_PAGINATION, settings.MAX_RESULT_WINDOW)
    ordered = Search().query(query).sort("pk").source(False)[:size]
    asked = ordered
    while True:
        hits = ask([kind], asked)["hits"]["hits"]
        yield from (hit["sort"][0] for hit in hits)
        if len(hits) < size:
            return
        asked = ordered.extra(search_after=hits[-1]["sort"])


def count_matching(kind: Kind, query: Query) -> int:
    """How many rows a query matches."""
    found = ask([kind], Search().query(query).extra(track_total_hits=True)[:0])
    return int(found["hits"]["total"]["value"])
