"""What a search asks for, read from its body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, RequestError
from search.engine.embedded.queries.base import Everything, Query
from search.engine.embedded.queries.parse import parse_query
from search.engine.embedded.searching.aggregations import Aggregation, parse_aggregations
from search.engine.embedded.searching.highlighting import Highlighter, parse_highlight
from search.engine.embedded.searching.sorting import ByScore, SortKey, parse_sort
from search.engine.embedded.searching.source import SourceFilter, parse_source

DEFAULT_SIZE = 10
DEFAULT_TRACKED = 10_000


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """A search; `tracked` is up to which number hits are counted, None for all of them."""

    query: Query = field(default_factory=Everything)
    post_filter: Query | None = None
    aggregations: Mapping[str, Aggregation] = field(default_factory=dict)
    sort: tuple[SortKey, ...] = ()
    start: int = 0
    size: int = DEFAULT_SIZE
    after: tuple[Any, ...] | None = None
    source: SourceFilter = field(default_factory=SourceFilter)
    tracked: int | None = DEFAULT_TRACKED
    highlighter: Highlighter | None = None
    tracks_scores: bool = False
    min_score: float | None = None
    shows_version: bool = False
    explains: bool = False

    @property
    def keys(self) -> tuple[SortKey, ...]:
        """The keys to sort by: the score, if none are asked for."""
        return self.sort or (ByScore(),)

    @cached_property
    def needs_scores(self) -> bool:
        """Whether hits must be scored."""
        return (
            self.tracks_scores
            or self.explains
            or self.min_score is not None
            or any(isinstance(key, ByScore) for key in self.keys)
        )


def parse_search(body: Any) -> SearchRequest:
    """Return the search that a body asks for; raises RequestError for what is not supported."""
    options = Body("search", body)
    sort = tuple(parse_sort(options.take("sort"))) if "sort" in options else ()
    request = SearchRequest(
        query=parse_query(options.take("query")) if "query" in options else Everything(),
        post_filter=parse_query(options.take("post_filter")) if "post_filter" in options else None,
        aggregations=_aggregations(options),
        sort=sort,
        start=options.integer("from", 0),
        size=options.integer("size", DEFAULT_SIZE),
        after=_after(options, sort),
        source=parse_source(options.take("_source", True)),
        tracked=_tracked(options.take("track_total_hits", DEFAULT_TRACKED)),
        highlighter=parse_highlight(options.take("highlight")) if "highlight" in options else None,
        tracks_scores=options.flag("track_scores", False),
        min_score=options.number("min_score") if "min_score" in options else None,
        shows_version=options.flag("version", False),
        explains=options.flag("explain", False),
    )
    options.done()
    if request.after is not None and request.start:
        raise RequestError(
            "Validation Failed: 1: `from` parameter must be set to 0 when `search_after` is used;",
            "action_request_validation_exception",
        )
    return request


def _aggregations(options: Body) -> dict[str, Aggregation]:
    if "aggs" in options and "aggregations" in options:
        raise ParsingError("[search] takes either [aggs] or [aggregations]")
    name = "aggs" if "aggs" in options else "aggregations"
    return parse_aggregations(options.take(name, {}))


def _after(options: Body, sort: tuple[SortKey, ...]) -> tuple[Any, ...] | None:
    if "search_after" not in options:
        return None
    values = options.take("search_after")
    if not isinstance(values, list) or any(isinstance(value, list | dict) for value in values):
        raise ParsingError("[search_after] must be a list of values")
    if not sort:
        raise RequestError("Sort must contain at least one field.")
    if len(values) != len(sort):
        raise RequestError(f"search_after has {len(values)} value(s) but sort has {len(sort)}.")
    return tuple(values)


def _tracked(value: Any) -> int | None:
    if value is True:
        return None
    if value is False:
        return -1
    if not isinstance(value, int) or value < 0:
        raise RequestError(f"[track_total_hits] must be true, false or a number: [{value}]")
    return value
