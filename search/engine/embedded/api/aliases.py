"""Requests on aliases; all actions of one request take effect together."""

import sqlite3
from typing import Any

from search.engine.embedded.api.routing import INDEX_OPTIONS, TIMEOUTS, Request, Response, Route
from search.engine.embedded.body import Body
from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import AliasesMissing, ParsingError
from search.engine.embedded.indexes import (
    Index,
    add_alias,
    aliases_of,
    matches,
    remove_alias,
)

_ACKNOWLEDGED = {"acknowledged": True}


def _update(engine: Engine, request: Request) -> Response:
    """Indexes are removed first, so that an alias may take the name of one."""
    options = Body("aliases", request.json())
    actions = [_action(item) for item in options.listed("actions")]
    options.done()
    with engine.database.writing() as connection:
        removals = [inner for name, inner in actions if name == "remove_index"]
        for inner in removals:
            for index in _indexes(engine, connection, inner):
                engine.indexes.delete(connection, index)
            inner.done()
        for name, inner in actions:
            if name == "add":
                _add(connection, _indexes(engine, connection, inner), inner)
            elif name == "remove":
                _remove(connection, _indexes(engine, connection, inner), inner)
    if removals:
        engine.clear_garbage()
    return Response(_ACKNOWLEDGED)


def _action(item: Any) -> tuple[str, Body]:
    outer = Body("aliases", item)
    name = outer.only_key()
    if name not in ("add", "remove", "remove_index"):
        raise ParsingError(f"[aliases] unknown field [{name}]")
    return name, Body(name, outer.take(name))


def _indexes(engine: Engine, connection: sqlite3.Connection, options: Body) -> list[Index]:
    expression = ",".join(map(str, _either(options, "index", "indices")))
    return engine.indexes.resolve(connection, expression, allow_no_indices=False)


def _add(connection: sqlite3.Connection, indexes: list[Index], options: Body) -> None:
    aliases = _either(options, "alias", "aliases")
    options.done()
    for index in indexes:
        for alias in aliases:
            add_alias(connection, index, str(alias), {})


def _remove(connection: sqlite3.Connection, indexes: list[Index], options: Body) -> None:
    aliases = _either(options, "alias", "aliases")
    must_exist = options.flag("must_exist", True)
    options.done()
    for alias in map(str, aliases):
        removed = sum(remove_alias(connection, index, alias) for index in indexes)
        if must_exist and not removed and "*" not in alias:
            raise AliasesMissing(alias)


def _either(options: Body, one: str, several: str) -> list[Any]:
    return options.listed(one if one in options else several)


def _get(engine: Engine, request: Request) -> Response:
    wanted = request.parts.get("name", "_all").split(",")
    shown: dict[str, Any] = {}
    found: set[str] = set()
    with engine.database.reading() as connection:
        for index in engine.indexes.resolve(connection, request.index, **request.index_options()):
            own = [name for name in aliases_of(connection, index) if matches(name, wanted)]
            found.update(own)
            if own or "name" not in request.parts:
                shown[index.name] = {"aliases": {name: {} for name in own}}
    missing = [name for name in wanted if "*" not in name and name not in {"_all", *found}]
    if missing:
        error = f"alias [{','.join(missing)}] missing"
        return Response({"error": error, "status": 404, **shown}, 404)
    return Response(shown)


def _exists(engine: Engine, request: Request) -> Response:
    found = _get(engine, request)
    return Response(status=200 if found.body and found.status == 200 else 404)


def _put(engine: Engine, request: Request) -> Response:
    with engine.database.writing() as connection:
        for index in engine.indexes.resolve(connection, request.index, allow_no_indices=False):
            add_alias(connection, index, request.parts["name"], request.json())
    return Response(_ACKNOWLEDGED)


def _delete(engine: Engine, request: Request) -> Response:
    with engine.database.writing() as connection:
        indexes = engine.indexes.resolve(connection, request.index, allow_no_indices=False)
        for name in request.parts["name"].split(","):
            removed = sum(remove_alias(connection, index, name) for index in indexes)
            if not removed and "*" not in name:
                raise AliasesMissing(name)
    return Response(_ACKNOWLEDGED)


ROUTES = (
    Route(("POST",), "/_aliases", _update, TIMEOUTS),
    Route(("GET",), "/_alias", _get, INDEX_OPTIONS),
    Route(("GET",), "/_alias/{name}", _get, INDEX_OPTIONS),
    Route(("GET",), "/{index}/_alias", _get, INDEX_OPTIONS),
    Route(("GET",), "/{index}/_alias/{name}", _get, INDEX_OPTIONS),
    Route(("HEAD",), "/_alias/{name}", _exists, INDEX_OPTIONS),
    Route(("HEAD",), "/{index}/_alias/{name}", _exists, INDEX_OPTIONS),
    Route(("PUT", "POST"), "/{index}/_alias/{name}", _put, TIMEOUTS),
    Route(("DELETE",), "/{index}/_alias/{name}", _delete, TIMEOUTS),
)
