"""What must follow from a change, in its transaction and whoever writes: a registry.

Markers hear of an object once in a transaction; settlers hear of every write, because each may
break what the one before left right. An operation settles once, at its end; any other write
settles at once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from course_discovery.core.changes.registry import Identity

Changed = Mapping[str, Collection[Identity]]
"""The objects that changed, or went, by kind."""
Settler = Callable[[Changed], None]

_settlers: list[Settler] = []
_waiting: ContextVar[set[Identity] | None] = ContextVar("waiting_to_be_settled", default=None)


def register_settler(settler: Settler) -> None:
    """Let `settler` look at what changed, in the transaction of the change and after it.

    It must be cheap where it has nothing to do. What it writes is settled next; what it raises
    undoes the change. Registering it again changes nothing.
    """
    if settler not in _settlers:
        _settlers.append(settler)


@contextmanager
def settled_together() -> Iterator[None]:
    """Settle once, at the end of the block, what is written inside it.

    The block stands inside a transaction. For changes that are right as a whole only: a member of
    a curriculum and the runs that it leaves out.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: set[Identity] = set()
    token = _waiting.set(waiting)
    try:
        yield
        while waiting:
            changed = by_kind(waiting)
            waiting.clear()
            for settler in _settlers:
                settler(changed)
    finally:
        _waiting.reset(token)


def settle(identities: Iterable[Identity]) -> None:
    """Settle these objects, at the end of the block that is open, or now."""
    with settled_together():
        waiting = _waiting.get()
        if waiting is not None:
            waiting.update(identities)


def by_kind(identities: Iterable[Identity]) -> dict[str, list[Identity]]:
    """The objects by their kinds."""
    kinds: defaultdict[str, list[Identity]] = defaultdict(list)
    for each in identities:
        kinds[each.kind].append(each)
    return dict(kinds)
