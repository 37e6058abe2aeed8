"""Pages of hits, by number or by position, and single documents."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from elasticsearch.dsl import Q, Search

from search.queries.asking import ask
from search.queries.boosts import boosted
from search.queries.criteria import Criteria
from search.queries.errors import BadValue, NoSuchPage
from search.queries.ordering import (
    BY_KEY,
    BY_UUID,
    DEFAULT_BY_KEY,
    DEFAULT_BY_UUID,
    Sort,
    is_by_score,
    place_asked,
    place_shown,
    sort_of,
)
from search.queries.values import lowered

# What of a document is fetched for a page.
SHOWN = (
    "aggregation_key", "aggregation_uuid", "authoring_organization_uuids", "content_type", "key",
    "partner", "pk", "stored.row", "stored.runs", "subject_uuids", "uuid",
)  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A document that was found: what of it was fetched, and its place in the order."""

    source: dict[str, Any]
    place: list[Any]

    @property
    def content_type(self) -> str:
        """What kind of thing it is: course, courserun."""
        return str(self.source["content_type"])

    @property
    def pk(self) -> int:
        """The primary key of its official row."""
        return int(self.source["pk"])


@dataclass(frozen=True)
class Page:
    """A page of hits: `count` is that of all hits, exactly."""

    count: int
    number: int
    size: int
    hits: list[Hit]

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.number * self.size < self.count


@dataclass(frozen=True)
class Stretch:
    """Hits after a position: `following` is the position to go on from, None at the end."""

    count: int
    hits: list[Hit]
    following: str | None


def search_page(
    criteria: Criteria,
    *,
    page: int | Literal["last"] = 1,
    size: int = 20,
    ordering: Sequence[Any] = (),
    grouped: bool = False,
) -> Page:
    """A page of hits; `grouped` puts hits of one kind together, in the order of their first.

    Raises NoSuchPage beyond the last page (an empty result has one page), and BadValue beyond what
    engines can reach by number (MAX_RESULT_WINDOW hits).
    """
    sort = sort_of(ordering, BY_KEY, DEFAULT_BY_KEY)
    number = _last_page(criteria, size) if page == "last" else page
    if number < 1:
        raise NoSuchPage(number)
    if number * size > settings.MAX_RESULT_WINDOW:
        if number > _last_page(criteria, size):
            raise NoSuchPage(number)
        raise BadValue(
            "page",
            f"Pages reach as far as {settings.MAX_RESULT_WINDOW} results; "
            "/api/v2/search/all/ goes on from there.",
        )
    start = (number - 1) * size
    count, hits = _hits(criteria, _sorted(criteria, sort)[start : start + size], sort)
    if number > 1 and start >= count:
        raise NoSuchPage(number)
    return Page(count, number, size, group_by_type(hits) if grouped else hits)


def search_after(
    criteria: Criteria, *, after: str = "", size: int = 20, ordering: Sequence[Any] = ()
) -> Stretch:
    """The hits after a position that an earlier answer gave, "" for the first ones.

    Reaches every hit, however many there are. As long as there are more hits than `size`, the last
    ones have a position too, and lead to an empty stretch without one. Raises BadValue for what is
    no position.
    """
    sort = sort_of(ordering, BY_UUID, DEFAULT_BY_UUID)
    search = _sorted(criteria, sort)[:size]
    if after:
        search = search.extra(search_after=_position(after, sort))
    count, hits = _hits(criteria, search, sort)
    following = json.dumps(hits[-1].place) if hits and count > size else None
    return Stretch(count, group_by_type(hits), following)


def find_one(criteria: Criteria, identifier: str, *, partner: str = "") -> Hit | None:
    """The document with this uuid or key (in any case), None without one or with several.

    Partners may use the same keys: `partner` is the short code of the one whose key is meant. The
    hit's place is that in the default order of `search_after`.
    """
    by_key = Q("term", **{"key.lower": lowered(identifier)})
    if partner:
        by_key &= Q("term", **{"partner.lower": lowered(partner)})
    one = criteria.narrowed(Q("term", uuid=_as_uuid(identifier)) | by_key)
    sort = sort_of((), BY_UUID, DEFAULT_BY_UUID)
    count, hits = _hits(one, _sorted(one, sort)[:2], sort)
    return hits[0] if count == 1 else None


def group_by_type(hits: Sequence[Hit]) -> list[Hit]:
    """Hits of one kind together, kinds in the order of their first hit."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.content_type, []).append(hit)
    return [hit for group in groups.values() for hit in group]


def _sorted(criteria: Criteria, sort: Sort) -> Search[Any]:
    query = boosted(criteria.query, criteria.now) if is_by_score(sort) else None
    return criteria.search(query).sort(*sort).source(list(SHOWN))


def _hits(criteria: Criteria, search: Search[Any], sort: Sort) -> tuple[int, list[Hit]]:
    found = ask(criteria.kinds, search)["hits"]
    return found["total"]["value"], [
        Hit(hit["_source"], place_shown(sort, hit["sort"])) for hit in found["hits"]
    ]


def _as_uuid(identifier: str) -> str:
    """The uuid that a text writes in one of its forms, as documents have it."""
    try:
        return str(UUID(identifier))
    except ValueError:
        return lowered(identifier)


def _last_page(criteria: Criteria, size: int) -> int:
    count = ask(criteria.kinds, criteria.search()[:0])["hits"]["total"]["value"]
    return max(1, -(-int(count) // size))


def _position(after: str, sort: Sort) -> list[Any]:
    try:
        return place_asked(sort, json.loads(after))
    except (ValueError, RecursionError) as error:
        own = not isinstance(error, (json.JSONDecodeError, RecursionError, UnicodeError))
        reason = str(error) if own else "Must be JSON"
        raise BadValue("search_after", f"{reason}.") from None
