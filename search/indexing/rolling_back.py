"""Going back to the indexes that were in use before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from search.documents.kinds import Kind
from search.indexing import comparing, records
from search.indexing.aliases import move_aliases
from search.indexing.builds import being_built
from search.indexing.names import in_use, indexes_of

Clock = Callable[[], datetime]


class NothingToGoBackTo(Exception):
    """A kind has no older index that was kept."""


@dataclass(frozen=True)
class RolledBack:
    """An older index that is in use again, and the one that was before."""

    kind: Kind
    index: str
    before: str


def roll_back(kinds: Sequence[Kind], clock: Clock = timezone.now) -> list[RolledBack]:
    """Let each alias lead to the newest index older than the one in use, all of them at once.

    Live updates reach it from then on; what changed while it was out of use is not in it before it
    has been checked and repaired. Raises NothingToGoBackTo, and changes nothing then.
    """
    found = [_before(kind) for kind in kinds]
    move_aliases({each.kind: each.index for each in found})
    for each in found:
        records.note_rollback(each.kind, each.index, comparing.count(each.index), clock())
    return found


def _before(kind: Kind) -> RolledBack:
    used, known = in_use(kind.alias), indexes_of(kind.alias)
    if not used or used[-1] not in known:
        raise NothingToGoBackTo(f"{kind.alias} leads to no index")
    building = being_built(kind)
    older = [name for name in known[: known.index(used[-1])] if name not in building]
    # An empty one was in use before the first build only.
    older = (
        [name for name in older if comparing.count(name)] if comparing.count(used[-1]) else older
    )
    if not older:
        raise NothingToGoBackTo(f"no index of {kind.alias} was kept that is older than {used[-1]}")
    return RolledBack(kind, older[-1], used[-1])
