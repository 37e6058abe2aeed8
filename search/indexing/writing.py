"""Writing documents.

The version of a document is the last number that the change log had given before its row was
read, and an index takes no version lower than the one it has. Whatever a writer's row did not say
yet has a higher number, so it is written again: writers may overtake each other.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from elasticsearch import helpers

from course_discovery.core.changes.sequence import last_number
from search.documents.base import Body
from search.documents.connection import SearchUnavailable, answering, client
from search.documents.kinds import Kind

# Rows rendered and documents sent at once: bounds memory, and the queries of one rendering.
BATCH = 100
_CONFLICT = 409
_BUSY = 429


@dataclass
class Written:
    """What became of documents.

    `refused` are ids with the reason that the index gave; `overtaken` are index and id of those
    of which the index had a later version.
    """

    count: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    overtaken: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Written") -> None:
        """Count another batch too."""
        self.count += other.count
        self.refused |= other.refused
        self.overtaken += other.overtaken


def write_rows(kind: Kind, pks: Collection[int], indexes: Sequence[str], now: datetime) -> Written:
    """Write the documents of rows into every one of `indexes`."""
    version = last_number()
    return _send(indexes, kind.bodies(pks, now), [], version)


def write_uuids(
    kind: Kind, uuids: Collection[str], indexes: Sequence[str], now: datetime
) -> Written:
    """Bring `indexes` up to date with these things: write what has a document, remove the rest."""
    version = last_number()
    pks = list(kind.rows().filter(uuid__in=uuids).order_by().values_list("pk", flat=True))
    bodies = kind.bodies(pks, now) if pks else {}
    return _send(indexes, bodies, [each for each in uuids if each not in bodies], version)


def refresh(indexes: Collection[str]) -> None:
    """Let what was written be found."""
    if indexes:
        with answering():
            client().indices.refresh(index=sorted(indexes))


def batches_of_rows(kind: Kind) -> Iterator[list[int]]:
    """The keys of all rows that have a document, BATCH at a time, in constant memory."""
    last = 0
    rows = kind.rows().order_by("pk")
    while batch := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield batch
        last = batch[-1]


def _send(
    indexes: Sequence[str], bodies: dict[str, Body], gone: Sequence[str], version: int
) -> Written:
    written = Written()
    meta = {"version": version, "version_type": "external_gte"}
    actions: list[dict[str, Any]] = []
    for index in indexes:
        actions += [
            {"_op_type": "index", "_index": index, "_id": uuid, "_source": body} | meta
            for uuid, body in bodies.items()
        ]
        actions += [{"_op_type": "delete", "_index": index, "_id": uuid} | meta for uuid in gone]
    with answering():
        for done, item in helpers.streaming_bulk(client(), actions, raise_on_error=False):
            _note(written, done, next(iter(item.values())))
    return written


def _note(written: Written, done: bool, result: dict[str, Any]) -> None:
    """Note one answer. A later document in the index, or none to delete, is as it should be."""
    if done:
        written.count += 1
    elif result["status"] == _BUSY or result["status"] >= 500:
        raise SearchUnavailable("the search server has no room for more documents now")
    elif result["status"] == _CONFLICT:
        written.overtaken.append((result["_index"], result["_id"]))
    elif "error" in result:
        written.refused[result["_id"]] = str(result["error"])
