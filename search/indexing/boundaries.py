"""What time alone changes: documents whose next boundary has passed are written anew."""

import time
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils import timezone
from elasticsearch.dsl import Q, Search

from search.documents.connection import SearchUnavailable, answering, client, whole
from search.documents.kinds import KINDS, kind_of
from search.indexing.announcing import announce
from search.indexing.live import Targets, targets_of, write
from search.indexing.names import in_use
from search.indexing.writing import BATCH, refresh

# Seconds between two tries of what an index refuses.
RETRY = 60.0
# So many refused documents are passed over meanwhile; more are tried again and again.
_MOST = 1000


class _Walk:
    """Where this process is among the documents that are due, and which of them are hopeless."""

    after: list[Any] | None = None
    refused: set[str] = set()
    forget_at = 0.0


def pass_boundaries() -> bool:
    """Write a batch of the documents that are due; answers whether there may be more.

    When nobody answers nothing is lost: they stay due.
    """
    try:
        return _rewrite_due(timezone.now())
    except SearchUnavailable:
        _Walk.after = None
        return False


def _rewrite_due(now: datetime) -> bool:
    hits = _due(now)
    uuids: defaultdict[str, list[str]] = defaultdict(list)
    for hit in hits:
        uuids[hit["_source"]["content_type"]].append(hit["_source"]["uuid"])
    _write(uuids, targets_of([kind_of(content_type) for content_type in uuids]))
    # From here on, so that what stays due does not keep the others waiting.
    _Walk.after = hits[-1]["sort"] if len(hits) == BATCH else None
    return _Walk.after is not None


def _due(now: datetime) -> list[dict[str, Any]]:
    """The next documents of the indexes in use whose boundary has passed."""
    aliases = [kind.alias for kind in KINDS if in_use(kind.alias, "health")]
    if not aliases:
        return []
    if time.monotonic() > _Walk.forget_at:
        _Walk.refused, _Walk.forget_at = set(), time.monotonic() + RETRY
    search = (
        Search()
        .filter("range", next_boundary={"lte": now.isoformat()})
        .exclude(Q("terms", uuid=sorted(_Walk.refused)))
        .sort("next_boundary", "uuid")
        .source(["uuid", "content_type"])[:BATCH]
    )
    if _Walk.after is not None:
        search = search.extra(search_after=_Walk.after)
    with answering():
        found = whole(client("search").search(index=aliases, body=search.to_dict()).body)
    hits: list[dict[str, Any]] = found["hits"]["hits"]
    return hits


def _write(uuids: dict[str, list[str]], targets: Targets) -> None:
    for kind, indexes in targets.items():
        announce(kind, uuids[kind.content_type])
        written = write(kind, uuids[kind.content_type], indexes)
        refresh(indexes)
        hopeless = {*written.refused, *(uuid for _, uuid in written.overtaken)}
        _Walk.refused |= set(sorted(hopeless)[: max(_MOST - len(_Walk.refused), 0)])
