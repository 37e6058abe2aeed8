"""Marking what changes touch: in their transaction, and once more when they are committed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from course_discovery.core.changes.markers import register_marker
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import batches
from course_discovery.core.changes.registry import Identity, has_kind
from course_discovery.projections.models import Projection
from course_discovery.projections.models.projection import LONG_AGO
from course_discovery.projections.reach import Place, reached


def register() -> None:
    """Hear of every change while its transaction is open."""
    register_marker(mark_changed)


def mark_changed(
    identities: Sequence[Identity], operation: str, *, transaction: str, at: datetime
) -> None:
    """Mark what shows these objects; a look-up, and an update for each 500 rows."""
    _mark(identities, operation == Change.REBUILD, number_of(transaction), at)


def mark_again(changes: Collection[Change]) -> set[Place]:
    """Mark, after its commit, what shows the objects of one transaction; answers what that is.

    Two open transactions do not see each other's rows, nor what a reader has inserted meanwhile.
    """
    first = next(iter(changes))
    rebuilt = any(each.operation == Change.REBUILD for each in changes)
    # Entries may be of kinds whose app is gone.
    objects = [
        Identity(each.kind, each.uuid, each.key, each.draft)
        for each in changes
        if has_kind(each.kind)
    ]
    return _mark(objects, rebuilt, number_of(first.transaction), first.at)


def number_of(transaction: str) -> int:
    """The number by which marks name a transaction: 63 bits that its token gives."""
    return int.from_bytes(blake2b(transaction.encode(), digest_size=8).digest()) >> 1


def _mark(identities: Collection[Identity], rebuilt: bool, token: int, at: datetime) -> set[Place]:
    """Mark what shows these objects, or everything; answers what shows them.

    What bears the mark of this transaction has it since before the commit: whoever renders it
    since then sees all that was committed, so it is left alone.
    """
    rows = Projection.objects.exclude(marked_by=token)
    if rebuilt:
        _raise(rows, token, at)
        return set()
    places = reached(identities)
    # In key order, so that transactions meet each other's locks in one order.
    for batch in batches(sorted(places)):
        pks: defaultdict[str, list[int]] = defaultdict(list)
        for kind, row in batch:
            pks[kind].append(row)
        wanted = Q()
        for kind, of_kind in pks.items():
            wanted |= Q(kind=kind, row__in=of_kind)
        _raise(rows.filter(wanted), token, at)
    return places


def _raise(rows: "QuerySet[Projection]", token: int, at: datetime) -> None:
    later: Any = Case(When(changed_at__gt=at, then=F("changed_at")), default=Value(at))
    rows.update(version=F("version") + 1, changed_at=later, marked_by=token, due_at=LONG_AGO)
