"""Which parts of a query string something matches."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from elasticsearch.dsl import Q

from search.documents.kinds import Kind
from search.engine.query_string import Conjunction, Modifier, parse
from search.queries.errors import BadQuery
from search.queries.query_strings import EVERYTHING, capital_operators, query_string
from search.queries.stored import matches_among

Role = Literal["required", "optional", "prohibited"]


@dataclass(frozen=True)
class Part:
    """A part of a query as a query string of its own, and what matching it means for the whole.

    Something is found that matches all required parts and no prohibited one. Without required parts
    it must match one of the optional ones, if there are any.
    """

    written: str
    role: Role


@dataclass(frozen=True)
class Match:
    """Whether something is in the index at all, matches a query, and each part of it."""

    is_indexed: bool
    matches: bool
    parts: list[tuple[Part, bool]]


def explain_match(
    kind: Kind, uuid: UUID, written: str, *, now: datetime, parameter: str = "q"
) -> Match:
    """Whether the thing with this uuid matches a query string, and which parts of it.

    All is asked at once. Raises BadQuery, naming `parameter`, and SearchUnavailable.
    """
    whole = query_string(written, now=now, parameter=parameter)
    parts = parts_of(written)
    queries = [Q("match_all"), whole, *(query_string(part.written, now=now) for part in parts)]
    asked = [(kind, Q("bool", filter=[query])) for query in queries]
    found = matches_among(asked, [uuid])
    for each in found:
        if isinstance(each, BadQuery):
            raise each
    is_indexed, matches, *matched = (bool(each) for each in found)
    return Match(is_indexed, matches, list(zip(parts, matched, strict=True)))


def parts_of(written: str) -> list[Part]:
    """The parts of a query string that can be read: its outermost clauses.

    Operators are folded from left to right, as engines do it; see `search.engine.query_string`.
    """
    query = capital_operators(written)
    if query.strip() == EVERYTHING:
        return [Part(EVERYTHING, "required")]
    clauses = parse(query).clauses
    folded: list[Part] = []
    for clause in clauses:
        joined = clause.conjunction is Conjunction.AND
        if joined and folded[-1].role == "optional":
            folded[-1] = replace(folded[-1], role="required")
        role: Role = "required" if joined or clause.modifier is Modifier.REQUIRED else "optional"
        if clause.modifier is Modifier.PROHIBITED:
            role = "prohibited"
        start, end = clause.span
        folded.append(Part(query[start:end], role))
    if len(folded) == 1 and folded[0].role == "optional":
        return [replace(folded[0], role="required")]
    return folded
