"""An index against the database: which documents are missing, stale, or without a row."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from elasticsearch.dsl import Search

from search.documents.connection import SearchUnavailable, answering, client, whole
from search.documents.kinds import Kind
from search.indexing.writing import BATCH, batches_of_rows

_PAGE = 1000
_FINGERPRINT = "stored.fingerprint"


def count(index: str) -> int:
    """How many documents an index or alias has, 0 if there is none."""
    with answering():
        if not client().indices.exists(index=index):
            return 0
        return int(whole(client().count(index=index).body)["count"])


def differing(kind: Kind, index: str, now: datetime) -> Iterator[list[str]]:
    """The uuids of what the index lacks, has otherwise, or has without a row, in small lists."""
    for pks in batches_of_rows(kind):
        bodies = kind.bodies(pks, now)
        have = _fingerprints(index, list(bodies))
        wrong = [
            uuid for uuid, body in bodies.items() if have.get(uuid) != body["stored"]["fingerprint"]
        ]
        if wrong:
            yield wrong
    yield from without_a_row(kind, index)


def differences_among(
    kind: Kind, index: str, uuids: Sequence[str], now: datetime
) -> dict[str, str]:
    """Those of these uuids that the index does not have as it should, and how.

    It lacks them (`missing`), has them otherwise (`stale`), or `without a row`.
    """
    pks = kind.rows().filter(uuid__in=uuids).order_by().values_list("pk", flat=True)
    bodies = kind.bodies(list(pks), now)
    due = {uuid: body["stored"]["fingerprint"] for uuid, body in bodies.items()}
    have = _fingerprints(index, list(uuids))
    return {
        uuid: "missing" if uuid not in have else "stale" if uuid in due else "without a row"
        for uuid in uuids
        if have.get(uuid) != due.get(uuid)
    }


def without_a_row(kind: Kind, index: str) -> Iterator[list[str]]:
    """The uuids of documents whose row is gone or has none any more, in small lists."""
    for uuids in _uuids(index):
        present = kind.rows().filter(uuid__in=uuids).order_by().values_list("uuid", flat=True)
        gone = sorted({*uuids} - {str(each) for each in present})
        for start in range(0, len(gone), BATCH):
            yield gone[start : start + BATCH]


def _uuids(index: str) -> Iterator[list[str]]:
    """The uuids of all documents, in pages: each goes on after the last one of the page before."""
    ordered = Search().sort("uuid").source(False)[:_PAGE]
    asked = ordered
    while True:
        with answering():
            found = whole(client().search(index=index, body=asked.to_dict()).body)
        hits = found["hits"]["hits"]
        if not hits:
            return
        yield [hit["_id"] for hit in hits]
        asked = ordered.extra(search_after=hits[-1]["sort"])


def _fingerprints(index: str, uuids: list[str]) -> dict[str, str]:
    if not uuids:
        return {}
    with answering():
        found = client().mget(index=index, ids=uuids, source_includes=[_FINGERPRINT])
    if any("error" in document for document in found["docs"]):
        raise SearchUnavailable("a part of the index does not answer")
    # One that somebody else wrote has no fingerprint.
    return {
        document["_id"]: document.get("_source", {}).get("stored", {}).get("fingerprint", "")
        for document in found["docs"]
        if document.get("found")
    }
