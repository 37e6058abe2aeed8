"""What must follow from a change, in its transaction and whoever writes: a registry.

Markers hear of an object once in a transaction; settlers hear of every write, because each may
break what the one before left right. An operation settles once, at its end; any other write
settles at once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from course_discovery.core.changes.registry import Identity

Changed = Mapping[str, Collection[Identity]]
"""The objects that changed, or went, by kind."""
Settler = Callable[[Changed], None]

Work = Callable[[list[Identity]], None]
Known = dict[tuple[str, Any], Identity]
"""The identities of objects, by their kinds and the keys of their rows."""


class _Block:
    """What waits for the end of an operation, and what need not be asked again until then."""

    def __init__(self) -> None:
        self.waiting: set[Identity] = set()
        self.postponed: dict[Work, dict[Identity, None]] = {}
        self.known: Known = {}
        self.hooks: object = None


_settlers: list[Settler] = []
_open: ContextVar[_Block | None] = ContextVar("operation", default=None)


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
    if _open.get() is not None:
        yield
        return
    block = _Block()
    token = _open.set(block)
    try:
        yield
        while block.waiting:
            changed = by_kind(block.waiting)
            block.waiting.clear()
            for settler in _settlers:
                settler(changed)
        for work, identities in block.postponed.items():
            work(list(identities))
    finally:
        _open.reset(token)


def postpone(work: Work, identities: Iterable[Identity]) -> bool:
    """Let `work` be done with these objects, once, when all in the open block is settled.

    Answers False, and does nothing, if no block is open.
    """
    block = _open.get()
    if block is None:
        return False
    block.postponed.setdefault(work, {}).update(dict.fromkeys(identities))
    return True


def known_identities() -> Known:
    """What the open block has learned of rows; a new dictionary if none is open."""
    block = _open.get()
    if block is None:
        return {}
    # A rollback to a savepoint, after which a key may stand for another row, leaves another list.
    hooks = transaction.get_connection().run_on_commit
    if hooks is not block.hooks:
        block.hooks, block.known = hooks, {}
    return block.known


def settle(identities: Iterable[Identity]) -> None:
    """Settle these objects, at the end of the block that is open, or now."""
    with settled_together():
        block = _open.get()
        if block is not None:
            block.waiting.update(identities)


def by_kind(identities: Iterable[Identity]) -> dict[str, list[Identity]]:
    """The objects by their kinds."""
    kinds: defaultdict[str, list[Identity]] = defaultdict(list)
    for each in identities:
        kinds[each.kind].append(each)
    return dict(kinds)
