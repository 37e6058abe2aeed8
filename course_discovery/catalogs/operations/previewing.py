"""What other queries would mean for a catalog, before they are stored."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from course_discovery.catalogs.operations.questions import KINDS
from search.documents.kinds import PROGRAM, Kind
from search.queries import BadQuery
from search.queries.stored import NOTHING, Query, Sample, of_partner, samples, stored_query, turned

SHOWN = 50


class Queries(NamedTuple):
    """The query strings of a catalog."""

    query: str
    program_query: str


class Preview(NamedTuple):
    """What a kind of members gains and loses: how many, and some of them."""

    kind: str
    gains: Sample
    losses: Sample


def preview(queries: Queries, *, before: Queries, now: datetime) -> list[Preview]:
    """What these queries match that those before do not, and the other way round.

    Raises BadQuery, for the new ones only, and SearchUnavailable.
    """
    new = [(kind, _asked(kind, queries, now)) for kind in KINDS]
    old = [(kind, _stored(kind, before, now)) for kind in KINDS]
    pairs = [
        (kind, turned(one, before=other))
        for (kind, after), (_kind, earlier) in zip(new, old, strict=True)
        for one, other in ((after, earlier), (earlier, after))
    ]
    found = list(_read(samples(pairs, SHOWN)))
    return [
        Preview(kind.name, gains, losses)
        for kind, gains, losses in zip(KINDS, found[::2], found[1::2], strict=True)
    ]


def found_by(queries: Queries, partner: str, *, now: datetime) -> dict[str, Sample]:
    """What queries match of a partner's, by kind. Raises BadQuery and SearchUnavailable."""
    asked = [(kind, of_partner(_asked(kind, queries, now), partner)) for kind in KINDS]
    return {
        kind.name: sample for kind, sample in zip(KINDS, _read(samples(asked, SHOWN)), strict=True)
    }


def _asked(kind: Kind, queries: Queries, now: datetime) -> Query:
    name = "program_query" if kind is PROGRAM else "query"
    written: str = getattr(queries, name)
    return stored_query(written, now, parameter=name) if written.strip() else NOTHING


def _stored(kind: Kind, queries: Queries, now: datetime) -> Query:
    """What is stored; a query that cannot be read matches nothing."""
    try:
        return _asked(kind, queries, now)
    except BadQuery:
        return NOTHING


def _read(answers: list[Sample | BadQuery]) -> Iterator[Sample]:
    for answer in answers:
        if isinstance(answer, BadQuery):
            raise answer
        yield answer
