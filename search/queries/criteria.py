"""What is searched for: the parameters of a request, checked and put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.documents.kinds import LEARNER_PATHWAY, Kind
from search.queries.filters import Parameters, filters
from search.queries.query_strings import phrase
from search.queries.scopes import scopes_of, within_scopes
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
    every_scope: bool = False,
) -> Criteria:
    """What the parameters of a request ask for: `q`, `include_restricted`, and the filters.

    `parameters` maps each name to its values as they came, texts of a URL or values of JSON.
    `partner` is the short code that holds unless the parameters name one; `filtered=False` leaves
    the filters out (endpoints of one kind know only `q`). Restricted runs are left out unless
    asked for, and so are learner pathways that are for some only, unless their scope is named, or
    `every_scope` (staff) holds.

    Raises BadQuery and BadValue.
    """
    conditions = filters(parameters, now) if filtered else []
    if partner and not (filtered and first(parameters, "partner")):
        own = Q("term", **{"partner.lower": lowered(partner)})
        # Learner pathways of no partner are everybody's.
        everybodys = ~Q("exists", field="partner")
        conditions.append(own | everybodys if LEARNER_PATHWAY in kinds else own)
    relaxed = frozenset(_parts(parameters, "include_restricted"))
    conditions.append(unrestricted(relaxed))
    if LEARNER_PATHWAY in kinds and not every_scope:
        conditions.append(within_scopes(scopes_of(parameters)))
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


def _parts(parameters: Parameters, name: str) -> Iterator[str]:
    """The comma separated parts of a parameter, repeated or not, without empty ones."""
    given = (text(each) for each in parameters.get(name, ()) if each is not None)
    yield from filter(None, (part.strip() for each in given for part in each.split(",")))
