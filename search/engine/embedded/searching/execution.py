"""Runs a search over some indexes and makes its answer."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import orjson

from search.engine.embedded.errors import RequestError, SearchError
from search.engine.embedded.queries.base import Context, Mark, Query, Scores
from search.engine.embedded.searching.aggregations import run_aggregations
from search.engine.embedded.searching.request import SearchRequest
from search.engine.embedded.searching.sorting import Ranked, rank, shown, sort_hits
from search.engine.embedded.settings import result_window

Answer = dict[str, Any]


@dataclass(frozen=True)
class _Found:
    """What a search found in one index: what it counts, and of that what it shows."""

    context: Context
    counted: set[int]
    shown: set[int]
    scores: Scores


def run_search(contexts: Sequence[Context], request: SearchRequest) -> Answer:
    """Return the answer to a search; raises SearchError when it cannot be run on an index."""
    started = time.monotonic()
    for context in contexts:
        _check_window(context, request)
    found = [_guarded(context, lambda c: _find(c, request)) for context in contexts]
    answer: Answer = {"took": 0, "timed_out": False, "_shards": shards(len(contexts))}
    name = contexts[0].index.name if contexts else ""
    try:
        aggregations = run_aggregations(
            request.aggregations, [(part.context, part.counted) for part in found]
        )
        page = _page(found, request)
    except RequestError as error:
        raise SearchError(error, name) from error
    answer["hits"] = _hits(found, page, request)
    if request.aggregations:
        answer["aggregations"] = aggregations
    answer["took"] = int((time.monotonic() - started) * 1000)
    return answer


def count_hits(contexts: Sequence[Context], query: Query) -> int:
    """Return how many documents match a query."""
    return sum(
        len(_guarded(context, lambda c: _living(c, query.documents(c)))) for context in contexts
    )


def shards(number: int) -> Answer:
    """Return the part of an answer that tells that nothing failed."""
    return {"total": number, "successful": number, "skipped": 0, "failed": 0}


def _guarded(context: Context, run: Any) -> Any:
    try:
        return run(context)
    except RequestError as error:
        raise SearchError(error, context.index.name) from error


def _check_window(context: Context, request: SearchRequest) -> None:
    window = result_window(context.index.settings)
    if request.start + request.size > window:
        error = RequestError(
            "Result window is too large, from + size must be less than or equal to:"
            f" [{window}] but was [{request.start + request.size}]. See the scroll api for a more"
            " efficient way to request large data sets. This limit can be set by changing the"
            " [index.max_result_window] index level setting."
        )
        raise SearchError(error, context.index.name)


def _find(context: Context, request: SearchRequest) -> _Found:
    request.query.check(context)
    scores: Scores = {}
    if request.needs_scores:
        scores = request.query.scores(context)
        found = _living(context, set(scores))
    else:
        found = _living(context, request.query.documents(context))
    if request.min_score is not None:
        found = {key for key in found if scores[key] >= request.min_score}
    shown = found
    if request.post_filter is not None:
        request.post_filter.check(context)
        shown = found & request.post_filter.documents(context)
    return _Found(context, found, shown, scores)


def _living(context: Context, documents: set[int]) -> set[int]:
    dead = context.reader.dead
    return documents - dead if dead else documents


def _page(found: Sequence[_Found], request: SearchRequest) -> list[Ranked]:
    """Return the hits of the page, in order."""
    limit = request.start + request.size
    if not limit:
        return []
    ranked: list[Ranked] = []
    for order, part in enumerate(found):
        ranked += rank(
            part.context,
            order,
            request.keys,
            part.shown,
            part.scores,
            limit=limit,
            after=request.after,
        )
    if len(found) > 1:
        ranked = sort_hits(request.keys, ranked)
    return ranked[request.start : limit]


def _hits(found: Sequence[_Found], page: Sequence[Ranked], request: SearchRequest) -> Answer:
    hits: Answer = {}
    if request.tracked != -1:
        total = sum(len(part.shown) for part in found)
        is_capped = request.tracked is not None and total > request.tracked
        value = request.tracked if is_capped else total
        hits["total"] = {"value": value, "relation": "gte" if is_capped else "eq"}
    best = chain.from_iterable(map(part.scores.__getitem__, part.shown) for part in found)
    hits["max_score"] = max(best) if page and request.needs_scores else None
    shown = [_Shown(part, order, page, request) for order, part in enumerate(found)]
    hits["hits"] = [shown[hit.order].hit(hit) for hit in page]
    return hits


class _Shown:
    """Shows the hits of one index."""

    def __init__(
        self, found: _Found, order: int, page: Sequence[Ranked], request: SearchRequest
    ) -> None:
        self._found = found
        self._request = request
        numbers = [hit.number for hit in page if hit.order == order]
        needs_source = request.source.is_shown or request.highlighter is not None
        self._stored = found.context.reader.stored(numbers, with_source=needs_source)
        self._marks: list[Mark] = []
        if numbers and request.highlighter:
            self._marks = list(request.query.marks(found.context))

    def hit(self, hit: Ranked) -> Answer:
        """Return a hit as it stands in the answer."""
        request, found = self._request, self._found
        key, version, data = self._stored[hit.number]
        answer: Answer = {"_index": found.context.index.name, "_id": key}
        if request.shows_version:
            answer["_version"] = version
        answer["_score"] = found.scores[hit.number] if request.needs_scores else None
        if request.source.shows_all:
            answer["_source"] = orjson.Fragment(data)
        elif request.source.is_shown:
            answer["_source"] = request.source.apply(orjson.loads(data))
        if request.highlighter is not None:
            source = orjson.loads(data)
            if marked := request.highlighter.highlight(found.context, self._marks, source):
                answer["highlight"] = marked
        if request.explains:
            answer["_explanation"] = request.query.explain(found.context, hit.number)
        if request.sort:
            answer["sort"] = [shown(value) for value in hit.values]
        return answer
