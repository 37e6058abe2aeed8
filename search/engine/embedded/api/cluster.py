"""What the engine tells of itself."""

import sqlite3

from search.engine.embedded.api.routing import TIMEOUTS, Request, Response, Route
from search.engine.embedded.engine import Engine

NAME = "embedded"


def _health(engine: Engine, request: Request) -> Response:
    options = request.index_options() if "index" in request.parts else {}
    with engine.database.reading() as connection:
        indexes = engine.indexes.resolve(connection, request.index, **options)
    count = len(indexes)
    return Response(
        {
            "cluster_name": NAME,
            "status": "green",
            "timed_out": False,
            "number_of_nodes": 1,
            "number_of_data_nodes": 1,
            "active_primary_shards": count,
            "active_shards": count,
            "relocating_shards": 0,
            "initializing_shards": 0,
            "unassigned_shards": 0,
            "number_of_pending_tasks": 0,
            "active_shards_percent_as_number": 100.0,
        }
    )


def _nodes(engine: Engine, request: Request) -> Response:
    node = {
        "name": NAME,
        "version": sqlite3.sqlite_version,
        "build_flavor": NAME,
        "roles": ["data", "master"],
    }
    return Response(
        {
            "_nodes": {"total": 1, "successful": 1, "failed": 0},
            "cluster_name": NAME,
            "nodes": {NAME: node},
        }
    )


_WAITS = frozenset({"wait_for_status", "wait_for_no_initializing_shards", "level"})

ROUTES = (
    Route(("GET",), "/_cluster/health", _health, TIMEOUTS | _WAITS),
    Route(("GET",), "/_cluster/health/{index}", _health, TIMEOUTS | _WAITS),
    Route(("GET",), "/_nodes", _nodes, TIMEOUTS),
    Route(("GET",), "/_nodes/_local", _nodes, TIMEOUTS),
)
