"""What stored queries match of documents that no index has: as things would be, or were.

The documents are put into an embedded engine that lives as long as the question.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.documents.base import Body
from search.documents.kinds import Kind
from search.engine.client import build_client
from search.queries.errors import BadQuery
from search.queries.stored import Match, Query, samples

Bodies = Mapping[Kind, Mapping[str, Body]]
"""Documents by their kinds and uuids."""
# Queries that are asked at once.
_AT_ONCE = 100


def matches_of_bodies(
    asked: Sequence[tuple[Kind, Query]], bodies: Bodies
) -> list[list[Match] | BadQuery]:
    """What each of the queries, of kinds that `bodies` names, matches of these documents."""
    size = max((len(each) for each in bodies.values()), default=0)
    if not asked or not size:
        return [[] for _each in asked]
    found: list[list[Match] | BadQuery] = []
    with _engine_of(bodies) as engine:
        for start in range(0, len(asked), _AT_ONCE):
            answers = samples(asked[start : start + _AT_ONCE], size, engine=engine)
            found += [each if isinstance(each, BadQuery) else each.matches for each in answers]
    return found


@contextmanager
def _engine_of(bodies: Bodies) -> Iterator[Elasticsearch]:
    with TemporaryDirectory() as folder:
        engine = build_client("", path=Path(folder) / "search.sqlite3")
        try:
            for kind in bodies:
                engine.indices.create(index=kind.alias, **kind.definition())
            helpers.bulk(engine, _actions(bodies), refresh=True)
            yield engine
        finally:
            engine.close()


def _actions(bodies: Bodies) -> Iterator[dict[str, Any]]:
    for kind, documents in bodies.items():
        for uuid, body in documents.items():
            yield {"_op_type": "index", "_index": kind.alias, "_id": uuid, "_source": body}
