"""What catalogs would gain and lose if documents were other than they are."""

from datetime import datetime
from typing import NamedTuple

from course_discovery.catalogs.models import Catalog
from search.documents.kinds import COURSE, COURSE_RUN, PROGRAM, Kind
from search.queries import BadQuery
from search.queries.imagined import Bodies, matches_of_bodies
from search.queries.stored import Match, Query, stored_query

MEMBERS = (COURSE, COURSE_RUN, PROGRAM)


class Prospect(NamedTuple):
    """A gain or loss that is to come: of which catalog, and of what."""

    catalog: Catalog
    gained: bool
    kind: Kind
    match: Match


def prospects(before: Bodies, after: Bodies, now: datetime) -> list[Prospect]:
    """The gains and losses of all catalogs when these documents take the place of those before.

    What would be shown to others than before is lost and gained, as in the ledger. One query.
    """
    asked = [
        (catalog, kind, query)
        for catalog in Catalog.objects.order_by("pk")
        for kind in MEMBERS
        if (query := _query(catalog, kind, now)) is not None
    ]
    questions = [(kind, query) for _catalog, kind, query in asked]
    answers = zip(
        asked,
        matches_of_bodies(questions, {kind: before.get(kind, {}) for kind in MEMBERS}),
        matches_of_bodies(questions, {kind: after.get(kind, {}) for kind in MEMBERS}),
        strict=True,
    )
    found = []
    for (catalog, kind, _query_of), old, new in answers:
        if isinstance(old, BadQuery) or isinstance(new, BadQuery):
            continue
        had, has = ({_as_shown(each): each for each in matches} for matches in (old, new))
        found += [Prospect(catalog, False, kind, had[each]) for each in had if each not in has]
        found += [Prospect(catalog, True, kind, has[each]) for each in has if each not in had]
    return found


def _as_shown(match: Match) -> tuple[object, ...]:
    return match.uuid, match.partner, match.restriction_type


def _query(catalog: Catalog, kind: Kind, now: datetime) -> Query | None:
    """What the catalog asks of things of a kind; None for nothing, or what cannot be read."""
    written = catalog.program_query if kind is PROGRAM else catalog.query
    try:
        return stored_query(written, now) if written.strip() else None
    except BadQuery:
        return None
