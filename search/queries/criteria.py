"""What is searched for: the parameters of a request, checked and put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.documents.kinds import Kind
from search.queries.filters import Parameters, filters
from search.queries.query_strings import phrase
from search.queries.values import lowered, text


@dataclass(frozen=True)
class Criteria:
    """What to search for, in which kinds: `query` scores, `conditions` only narrow.

    `relaxed` are the restriction types whose runs may be shown.
    """

    kinds: Sequence[Kind]
    query: Query
    conditions: tuple[Query, ...]
    relaxed: frozenset[str]
    now: datetime

    def search(self, query: Query | None = None) -> Search[Any]:
        """The request so far: hits and their exact number."""
        found = Q("bool", must=[query or self.query], filter=list(self.conditions))
        return Search().query(found).extra(track_total_hits=True)

    def narrowed(self, *conditions: Query) -> "Criteria":
        """The same with further conditions."""
        return Criteria(
            self.kinds, self.query, (*self.conditions, *conditions), self.relaxed, self.now
        )


def criteria(
    parameters: Parameters,
    *,
    kinds: Sequence[Kind],
    now: datetime,
    partner: str | None = None,
    filtered: bool = True,
) -> Criteria:
    """What the parameters of a request ask for: `q`, `include_restricted`, and the filters.

    `parameters` maps each name to its values as they came, texts of a URL or values of JSON.
    `partner` is the short code that holds unless the parameters name one; `filtered=False` leaves
    the filters out (endpoints of one kind know only `q`). Restricted runs are left out unless
    asked for.

    Raises BadQuery and BadValue.
    """
    conditions = filters(parameters, now) if filtered else []
    if partner and not (filtered and first(parameters, "partner")):
        conditions.append(Q("term", **{"partner.lower": lowered(partner)}))
    relaxed = frozenset(
        part.strip() for part in first(parameters, "include_restricted").split(",") if part.strip()
    )
    conditions.append(unrestricted(relaxed))
    written = first(parameters, "q")
    query = phrase(written, now=now) if written.strip() else Q("match_all")
    return Criteria(tuple(kinds), query, tuple(conditions), relaxed, now)


def unrestricted(relaxed: frozenset[str]) -> Query:
    """No restricted runs but those of these types."""
    free = ~Q("exists", field="restriction_type")
    return free | Q("terms", restriction_type=sorted(relaxed)) if relaxed else free


def first(parameters: Parameters, name: str) -> str:
    """The first value of a parameter as text, "" without one."""
    return next((text(each) for each in parameters.get(name, ()) if each is not None), "")
