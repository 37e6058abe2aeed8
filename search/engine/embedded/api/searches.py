"""Requests that search, count and validate."""

from collections.abc import Iterator
from typing import Any

from search.engine.embedded.api.documents import source_parameter
from search.engine.embedded.api.routing import (
    INDEX_OPTIONS,
    Request,
    Response,
    Route,
    load_json,
)
from search.engine.embedded.body import Body
from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import ParsingError, RequestError, SearchError
from search.engine.embedded.queries.base import Context, Query
from search.engine.embedded.queries.parse import parse_query
from search.engine.embedded.searching.execution import count_hits, run_search, shards
from search.engine.embedded.searching.request import parse_search

Answer = dict[str, Any]


def _search(engine: Engine, request: Request) -> Response:
    body = _with_parameters(request)
    search = parse_search(body)
    with engine.searching(request.index, **request.index_options()) as contexts:
        return Response(run_search(contexts, search))


def _with_parameters(request: Request) -> Answer:
    """Return the body with what the parameters say instead."""
    body = request.json()
    if not isinstance(body, dict):
        raise ParsingError("[search] must be an object")
    body = dict(body)
    for name in ("from", "size"):
        if name in request.parameters:
            body[name] = request.parameters[name]
    if "track_total_hits" in request.parameters:
        text = request.parameters["track_total_hits"]
        body["track_total_hits"] = (
            int(text) if text.isdecimal() else request.flag("track_total_hits", default=True)
        )
    source = source_parameter(request)
    if source is not None:
        body["_source"] = (
            {"includes": list(source.includes), "excludes": list(source.excludes)}
            if source.is_shown
            else False
        )
    return body


def _multi_search(engine: Engine, request: Request) -> Response:
    responses = []
    for header, body in _pairs(request):
        try:
            options = Body("msearch", header)
            index = options.take("index", request.parts.get("index", "_all"))
            inner = {
                "ignore_unavailable": options.flag("ignore_unavailable", False),
                "allow_no_indices": options.flag("allow_no_indices", True),
            }
            options.done()
            search = parse_search(body)
            expression = ",".join(map(str, index)) if isinstance(index, list) else str(index)
            with engine.searching(expression, **inner) as contexts:
                responses.append({**run_search(contexts, search), "status": 200})
        except RequestError as error:
            responses.append(error.body())
    return Response({"took": 0, "responses": responses})


def _pairs(request: Request) -> Iterator[tuple[Any, Any]]:
    if not request.body.endswith(b"\n"):
        raise RequestError("The msearch request must be terminated by a newline [\\n]")
    lines = request.body.split(b"\n")[:-1]
    if len(lines) % 2:
        raise RequestError("Each search of a msearch request needs a header and a body")
    for header, body in zip(lines[::2], lines[1::2], strict=True):
        yield load_json(header) if header.strip() else {}, load_json(body)


def _count(engine: Engine, request: Request) -> Response:
    query = _query(request)
    with engine.searching(request.index, **request.index_options()) as contexts:
        return Response({"count": count_hits(contexts, query), "_shards": shards(len(contexts))})


def _validate(engine: Engine, request: Request) -> Response:
    """Tell whether a query can be run on each index."""
    explains = request.flag("explain", default=False)
    with engine.searching(request.index, **request.index_options()) as contexts:
        try:
            query = _query(request)
        except RequestError as error:
            found = [{"valid": False, "error": error.reason}]
        else:
            found = [_explanation(context, query) for context in contexts]
    is_valid = all(explanation["valid"] for explanation in found)
    answer = {"_shards": shards(1), "valid": is_valid}
    return Response({**answer, "explanations": found} if explains else answer)


def _explanation(context: Context, query: Query) -> Answer:
    try:
        query.check(context)
    except RequestError as error:
        cause = error.details.get("caused_by", {}).get("reason", error.reason)
        return {"index": context.index.name, "valid": False, "error": f"{error.reason}; {cause}"}
    return {"index": context.index.name, "valid": True, "explanation": repr(query)}


def _explain(engine: Engine, request: Request) -> Response:
    query = _query(request)
    with engine.searching(request.index) as contexts:
        if len(contexts) != 1:
            raise RequestError(f"[{request.index}] must mean one index")
        (context,) = contexts
        key = request.parts["id"]
        answer: Answer = {"_index": context.index.name, "_id": key, "matched": False}
        numbers = context.reader.numbers_of([key])
        if not numbers:
            return Response(answer, 404)
        try:
            matched = numbers & query.documents(context)
            explanation = query.explain(context, numbers.pop())
        except RequestError as error:
            raise SearchError(error, context.index.name) from error
    return Response({**answer, "matched": bool(matched), "explanation": explanation})


def _query(request: Request) -> Query:
    options = Body("count", request.json())
    query = parse_query(options.take("query", {"match_all": {}}))
    options.done()
    return query


_SEARCH = INDEX_OPTIONS | {
    "from",
    "size",
    "track_total_hits",
    "_source",
    "_source_includes",
    "_source_excludes",
}

ROUTES = (
    Route(("GET", "POST"), "/_search", _search, _SEARCH),
    Route(("GET", "POST"), "/{index}/_search", _search, _SEARCH),
    Route(("GET", "POST"), "/_msearch", _multi_search),
    Route(("GET", "POST"), "/{index}/_msearch", _multi_search),
    Route(("GET", "POST"), "/_count", _count, INDEX_OPTIONS),
    Route(("GET", "POST"), "/{index}/_count", _count, INDEX_OPTIONS),
    Route(("GET", "POST"), "/{index}/_explain/{id}", _explain),
    Route(("GET", "POST"), "/_validate/query", _validate, INDEX_OPTIONS | {"explain"}),
    Route(("GET", "POST"), "/{index}/_validate/query", _validate, INDEX_OPTIONS | {"explain"}),
)
