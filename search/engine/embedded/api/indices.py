"""Requests that make, show and remove indexes."""

from typing import Any

from search.engine.embedded.api.routing import (
    INDEX_OPTIONS,
    TIMEOUTS,
    Request,
    Response,
    Route,
)
from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import IndexMissing, RequestError
from search.engine.embedded.indexes import Index, aliases_of
from search.engine.embedded.mapping.definition import shown_mapping
from search.engine.embedded.searching.execution import shards
from search.engine.embedded.settings import shown_settings
from search.engine.embedded.storage.places import places_of_index

_ACKNOWLEDGED = {"acknowledged": True}


def _create(engine: Engine, request: Request) -> Response:
    with engine.database.writing() as connection:
        engine.indexes.create(connection, request.index, request.json())
    return Response({**_ACKNOWLEDGED, "shards_acknowledged": True, "index": request.index})


def _delete(engine: Engine, request: Request) -> Response:
    if "*" in request.index or "_all" in request.index.split(","):
        raise RequestError("Wildcard expressions or all indices are not allowed")
    names = request.index.split(",")
    options = request.index_options()
    with engine.database.reading() as connection:
        found = [
            index for name in names for index in engine.indexes.resolve(connection, name, **options)
        ]
    own = [index for index in found if index.name in names]
    if len(own) < len(found) and not options["ignore_unavailable"]:
        raise RequestError(
            f"The provided expression [{request.index}] matches an alias, specify the"
            " corresponding concrete indices instead."
        )
    engine.delete_indexes(own)
    return Response(_ACKNOWLEDGED)


def _exists(engine: Engine, request: Request) -> Response:
    with engine.database.reading() as connection:
        try:
            found = engine.indexes.resolve(
                connection, request.index, **{**request.index_options(), "allow_no_indices": False}
            )
        except IndexMissing:
            found = []
    return Response(status=200 if found else 404)


def _get(engine: Engine, request: Request) -> Response:
    shown = {}
    with engine.database.reading() as connection:
        for index in engine.indexes.resolve(connection, request.index, **request.index_options()):
            shown[index.name] = {
                "aliases": {name: {} for name in aliases_of(connection, index)},
                "mappings": shown_mapping(index.mapping.definition),
                **_settings(index),
            }
    return Response(shown)


def _settings(index: Index) -> dict[str, Any]:
    own = {
        "creation_date": str(index.created),
        "uuid": index.uuid,
        "provided_name": index.name,
    }
    return {"settings": {"index": {**shown_settings(index.settings), **own}}}


def _get_settings(engine: Engine, request: Request) -> Response:
    with engine.database.reading() as connection:
        found = engine.indexes.resolve(connection, request.index, **request.index_options())
    return Response({index.name: _settings(index) for index in found})


def _get_mapping(engine: Engine, request: Request) -> Response:
    with engine.database.reading() as connection:
        found = engine.indexes.resolve(connection, request.index, **request.index_options())
    return Response(
        {index.name: {"mappings": shown_mapping(index.mapping.definition)} for index in found}
    )


def _put_settings(engine: Engine, request: Request) -> Response:
    body = request.json()
    changes = body.get("settings", body) if isinstance(body, dict) else body
    with engine.database.writing() as connection:
        for index in engine.indexes.resolve(connection, request.index, **request.index_options()):
            engine.indexes.change_settings(connection, index, changes)
    return Response(_ACKNOWLEDGED)


def _put_mapping(engine: Engine, request: Request) -> Response:
    body = request.json()
    with engine.database.writing() as connection:
        for index in engine.indexes.resolve(connection, request.index, **request.index_options()):
            engine.indexes.add_mapping(connection, index, body)
    return Response(_ACKNOWLEDGED)


def _refresh(engine: Engine, request: Request) -> Response:
    """Nothing is to be done: what was written can be found at once."""
    with engine.database.reading() as connection:
        found = engine.indexes.resolve(connection, request.index, **request.index_options())
    return Response({"_shards": shards(len(found))})


def _cat_indices(engine: Engine, request: Request) -> Response:
    rows = []
    with engine.database.reading() as connection:
        for index in engine.indexes.resolve(connection, request.index, **request.index_options()):
            (count,) = connection.execute(
                "SELECT count(*) FROM document WHERE place BETWEEN ? AND ? AND deleted IS NULL",
                places_of_index(index.number),
            ).fetchone()
            rows.append(
                {
                    "health": "green",
                    "status": "open",
                    "index": index.name,
                    "uuid": index.uuid,
                    "docs.count": str(count),
                }
            )
    return _cat(request, rows, ("health", "status", "index", "uuid", "docs.count"))


def _cat_aliases(engine: Engine, request: Request) -> Response:
    with engine.database.reading() as connection:
        rows = [
            {"alias": alias, "index": index.name}
            for index in engine.indexes.resolve(connection, "_all")
            for alias in aliases_of(connection, index)
        ]
    return _cat(request, rows, ("alias", "index"))


def _cat(request: Request, rows: list[dict[str, str]], columns: tuple[str, ...]) -> Response:
    """Return rows as JSON or as lines, with the columns that are asked for."""
    wanted = request.parameters.get("h")
    chosen = tuple(wanted.split(",")) if wanted else columns
    if unknown := set(chosen) - set(columns):
        raise RequestError(f"[h] does not support [{', '.join(sorted(unknown))}]")
    if request.parameters.get("format", "text") == "json":
        return Response([{name: row[name] for name in chosen} for row in rows])
    return Response("".join(" ".join(row[name] for name in chosen) + "\n" for row in rows))


_INDEXES = INDEX_OPTIONS | TIMEOUTS
_TABLE = frozenset({"format", "h"})

ROUTES = (
    Route(("PUT",), "/{index}", _create, TIMEOUTS),
    Route(("DELETE",), "/{index}", _delete, _INDEXES),
    Route(("HEAD",), "/{index}", _exists, INDEX_OPTIONS),
    Route(("GET",), "/{index}", _get, _INDEXES),
    Route(("GET",), "/_settings", _get_settings, _INDEXES),
    Route(("GET",), "/{index}/_settings", _get_settings, _INDEXES),
    Route(("PUT",), "/_settings", _put_settings, _INDEXES),
    Route(("PUT",), "/{index}/_settings", _put_settings, _INDEXES),
    Route(("GET",), "/_mapping", _get_mapping, _INDEXES),
    Route(("GET",), "/{index}/_mapping", _get_mapping, _INDEXES),
    Route(("PUT", "POST"), "/{index}/_mapping", _put_mapping, _INDEXES),
    Route(("GET", "POST"), "/_refresh", _refresh, INDEX_OPTIONS),
    Route(("GET", "POST"), "/{index}/_refresh", _refresh, INDEX_OPTIONS),
    Route(("GET",), "/_cat/indices", _cat_indices, INDEX_OPTIONS | _TABLE),
    Route(("GET",), "/_cat/indices/{index}", _cat_indices, INDEX_OPTIONS | _TABLE),
    Route(("GET",), "/_cat/aliases", _cat_aliases, _TABLE),
)
