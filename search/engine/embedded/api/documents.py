"""Requests on single documents, and bulk."""

from typing import Any

import orjson

from search.engine.embedded.api.routing import (
    TIMEOUTS,
    Request,
    Response,
    Route,
    load_json,
)
from search.engine.embedded.body import Body
from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import DocumentMissing, RequestError, VersionConflict
from search.engine.embedded.searching.source import SourceFilter, parse_source
from search.engine.embedded.storage.places import number_at
from search.engine.embedded.writing import Done, Operation, write

Answer = dict[str, Any]

_ACTIONS = ("create", "delete", "index")
_STATUSES = {"created": 201, "updated": 200, "deleted": 200, "not_found": 404}
_SHARDS = {"total": 1, "successful": 1, "failed": 0}


def _index(engine: Engine, request: Request) -> Response:
    action = request.parameters.get("op_type", "index")
    if action not in ("index", "create"):
        raise RequestError(f"opType must be 'create' or 'index': [{action}]")
    request.json()
    return _write(engine, request, action)


def _create(engine: Engine, request: Request) -> Response:
    request.json()
    return _write(engine, request, "create")


def _delete(engine: Engine, request: Request) -> Response:
    return _write(engine, request, "delete")


def _write(engine: Engine, request: Request, action: str) -> Response:
    operation = Operation(
        action,
        request.index,
        request.parts.get("id"),
        request.body,
        _version(request.parameters.get("version")),
        request.parameters.get("version_type", "internal"),
        request.flag("require_alias", default=False),
    )
    (done,) = write(engine, [operation])
    if error := _error(done):
        raise error
    answer = _done(done)
    return Response(answer, _STATUSES[answer["result"]])


def _bulk(engine: Engine, request: Request) -> Response:
    operations = _operations(request)
    done = write(engine, operations)
    items = []
    for operation, item in zip(operations, done, strict=True):
        error = _error(item)
        if error:
            answer: Answer = {"_index": item.index, "_id": item.id}
            answer |= {"status": error.status, "error": error.cause()}
        else:
            answer = _done(item)
            answer["status"] = _STATUSES[answer["result"]]
        items.append({operation.action: answer})
    has_errors = any("error" in answer for item in items for answer in item.values())
    return Response({"errors": has_errors, "took": 0, "items": items})


def _operations(request: Request) -> list[Operation]:
    if not request.body.strip():
        raise RequestError("request body is required", "parse_exception")
    if not request.body.endswith(b"\n"):
        raise RequestError("The bulk request must be terminated by a newline [\\n]")
    lines = iter(request.body.split(b"\n"))
    operations = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            operations.append(_operation(request, number, line, lines))
    if not operations:
        raise RequestError("Validation Failed: 1: no requests added;")
    return operations


def _operation(request: Request, number: int, line: bytes, lines: Any) -> Operation:
    outer = Body("bulk", load_json(line))
    action = outer.only_key()
    if action not in _ACTIONS:
        raise RequestError(
            f"Malformed action/metadata line [{number}], expected one of [create, delete, index]"
            f" but found [{action}]"
        )
    options = Body("bulk", outer.take(action))
    index = options.text("_index", request.parts.get("index"))
    key = options.take("_id", None)
    operation = Operation(
        action,
        index,
        None if key is None else str(key),
        b"" if action == "delete" else next(lines, b""),
        _version(options.take("version", None)),
        options.text("version_type", "internal"),
        options.flag("require_alias", request.flag("require_alias", default=False)),
    )
    options.done()
    return operation


def _version(value: Any) -> int | None:
    if value is None:
        return None
    text = str(value)
    if isinstance(value, bool) or not text.removeprefix("-").isdecimal() or len(text) > 19:
        raise RequestError(f"Failed to parse version [{text}]")
    return int(text)


def _error(done: Done) -> RequestError | None:
    if done.error is not None:
        return done.error
    if done.outcome is not None and done.outcome.conflict:
        return VersionConflict(done.index, done.id, done.outcome.conflict)
    return None


def _done(done: Done) -> Answer:
    outcome = done.outcome
    if outcome is None:
        return {}
    return {
        "_index": done.index,
        "_id": done.id,
        "_version": outcome.version,
        "result": outcome.result,
        "_shards": _SHARDS,
        "_seq_no": outcome.sequence,
        "_primary_term": 1,
    }


def _get(engine: Engine, request: Request) -> Response:
    found = _fetch(engine, request.index, request.parts["id"], _source(request))
    return Response(found, 200 if found["found"] else 404)


def _exists(engine: Engine, request: Request) -> Response:
    found = _fetch(engine, request.index, request.parts["id"], SourceFilter(is_shown=False))
    return Response(status=200 if found["found"] else 404)


def _get_source(engine: Engine, request: Request) -> Response:
    found = _fetch(engine, request.index, request.parts["id"], _source(request))
    if not found["found"]:
        raise DocumentMissing(f"Document not found [{request.index}]/[{request.parts['id']}]")
    return Response(found["_source"])


def _mget(engine: Engine, request: Request) -> Response:
    options = Body("mget", request.json())
    default = _source(request)
    listed = options.listed("docs", [])
    listed = [*listed, *({"_id": key} for key in options.listed("ids", []))]
    options.done()
    if not listed:
        raise RequestError("Validation Failed: 1: no documents to get;")
    docs = []
    for item in listed:
        wanted = Body("mget", item)
        index = wanted.text("_index", request.parts.get("index"))
        key = str(wanted.take("_id"))
        source = parse_source(wanted.take("_source")) if "_source" in wanted else default
        wanted.done()
        try:
            docs.append(_fetch(engine, index, key, source))
        except RequestError as error:
            docs.append({"_index": index, "_id": key, "error": error.body()["error"]})
    return Response({"docs": docs})


def _fetch(engine: Engine, name: str, key: str, source: SourceFilter) -> Answer:
    with engine.database.reading() as connection:
        index = engine.indexes.target(connection, name)
        row = connection.execute(
            "SELECT place, version, source FROM document"
            " WHERE index_number = ? AND id = ? AND deleted IS NULL",
            (index.number, key),
        ).fetchone()
    answer: Answer = {"_index": index.name, "_id": key}
    if row is None:
        return {**answer, "found": False}
    place, version, data = row
    answer |= {
        "_version": version,
        "_seq_no": number_at(place),
        "_primary_term": 1,
        "found": True,
    }
    if source.shows_all:
        answer["_source"] = orjson.Fragment(data)
    elif source.is_shown:
        answer["_source"] = source.apply(orjson.loads(data))
    return answer


def _source(request: Request) -> SourceFilter:
    return source_parameter(request) or SourceFilter()


def source_parameter(request: Request) -> SourceFilter | None:
    """Return what the parameters say of `_source`; None if they say nothing."""
    includes = request.parameters.get("_source_includes", "")
    excludes = request.parameters.get("_source_excludes", "")
    shown = request.parameters.get("_source")
    if shown in ("true", "false"):
        if shown == "false":
            return SourceFilter(is_shown=False)
    elif shown:
        includes = shown
    if shown is None and not includes and not excludes:
        return None
    return parse_source(
        {
            "includes": includes.split(",") if includes else [],
            "excludes": excludes.split(",") if excludes else [],
        }
    )


_SOURCE = frozenset({"_source", "_source_includes", "_source_excludes", "realtime", "refresh"})
_WRITE = TIMEOUTS | {"refresh", "version", "version_type", "require_alias"}

ROUTES = (
    Route(("PUT", "POST"), "/{index}/_doc/{id}", _index, _WRITE | {"op_type"}),
    Route(("POST",), "/{index}/_doc", _index, _WRITE | {"op_type"}),
    Route(("PUT", "POST"), "/{index}/_create/{id}", _create, _WRITE),
    Route(("DELETE",), "/{index}/_doc/{id}", _delete, _WRITE),
    Route(("GET",), "/{index}/_doc/{id}", _get, _SOURCE),
    Route(("HEAD",), "/{index}/_doc/{id}", _exists, _SOURCE),
    Route(("GET",), "/{index}/_source/{id}", _get_source, _SOURCE),
    Route(("GET", "POST"), "/_mget", _mget, _SOURCE),
    Route(("GET", "POST"), "/{index}/_mget", _mget, _SOURCE),
    Route(("PUT", "POST"), "/_bulk", _bulk, TIMEOUTS | {"refresh", "require_alias"}),
    Route(("PUT", "POST"), "/{index}/_bulk", _bulk, TIMEOUTS | {"refresh", "require_alias"}),
)
