"""What is remembered of the indexes, for people and for `/health/`."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b
from typing import Any

import orjson

from search.documents.kinds import KINDS, Kind
from search.models import IndexRecord


def note_build(kind: Kind, index: str, documents: int, now: datetime) -> None:
    """A new index has been taken into use. It was compared with the database before."""
    _note(
        kind, index=index, definition=_digest(kind), documents=documents, built_at=now,
        rolled_back_at=None, checked_at=now, differing=0, repaired=0,
    )  # fmt: skip


def note_rollback(kind: Kind, index: str, documents: int, now: datetime) -> None:
    """An older index has been taken into use again; nobody knows yet what differs in it."""
    _note(
        kind, index=index, definition="", documents=documents, rolled_back_at=now, checked_at=None
    )  # fmt: skip


def note_check(kind: Kind, documents: int, differing: int, repaired: int, now: datetime) -> None:
    """The index in use was compared with the database; `differing` documents still do differ."""
    _note(kind, documents=documents, checked_at=now, differing=differing, repaired=repaired)


def is_outdated(kind: Kind) -> bool:
    """Whether the index in use was built for documents of another make, as far as is known.

    Writing documents does not mend that: they need fields that the index was not told of.
    """
    known = IndexRecord.objects.filter(kind=kind.name).values_list("definition", flat=True).first()
    return bool(known) and known != _digest(kind)


def forget(kinds: Collection[Kind]) -> None:
    """The indexes of these kinds are gone."""
    IndexRecord.objects.filter(kind__in=[kind.name for kind in kinds]).delete()


def records() -> dict[str, IndexRecord | None]:
    """What is known of the index of each kind; None where it was never built."""
    names = [kind.name for kind in KINDS]
    return dict.fromkeys(names) | IndexRecord.objects.in_bulk(names)


def _digest(kind: Kind) -> str:
    definition = orjson.dumps(kind.definition()["mappings"], option=orjson.OPT_SORT_KEYS)
    return blake2b(definition, digest_size=16).hexdigest()


def _note(kind: Kind, **values: Any) -> None:
    IndexRecord.objects.update_or_create(kind=kind.name, defaults=values)
