"""Writing entries of the change log, in the transaction of the change itself."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from course_discovery.core.changes import background, markers, registry, settling
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import BATCH, batches
from course_discovery.core.changes.registry import Identity


@dataclass(frozen=True)
class Context:
    """Who changes something, and through which door."""

    actor: str | Callable[[], str] = ""
    origin: str = ""

    def columns(self) -> dict[str, str]:
        """Actor and origin as an entry takes them."""
        actor = self.actor() if callable(self.actor) else self.actor
        return {"actor": actor[:150], "origin": self.origin[:16]}


_context: ContextVar[Context] = ContextVar("change_context", default=Context())


@contextmanager
def changing(
    *, actor: str | Callable[[], str] | None = None, origin: str | None = None
) -> Iterator[None]:
    """Let the entries written inside name this actor (a user name) and origin.

    An actor that is a function is asked when an entry is written, and only then.
    Origins: publisher, lms, ecommerce, feed, csv, event, admin, api, command. What is None stays
    as the surrounding block has it.
    """
    outer = _context.get()
    token = _context.set(
        Context(outer.actor if actor is None else actor, outer.origin if origin is None else origin)
    )
    try:
        yield
    finally:
        _context.reset(token)


class _Transaction:
    """One transaction as the log knows it: it lives as long as one of its commit hooks.

    Each entry brings a hook, so a rollback to a savepoint takes hook and entry alike, and a token
    without hooks has no entries. Django takes the hooks away before it runs them at a commit, so
    no token outlives its transaction, whatever other hooks do.
    """

    def __init__(self, block: object) -> None:
        self.block = block
        self.token = uuid.uuid4().hex
        self.deletes = False
        self.entered: set[Identity] = set()
        self.marked: set[Identity] = set()
        self.hooks: object = None

    def committed(self) -> None:
        """The commit hook."""
        background.wake()

    def to_mark(self, identities: list[Identity], operation: str) -> list[Identity]:
        """Those of the objects that the markers have not heard of in this transaction.

        What moves may be shown by others than before, and what is deleted by others than when it
        was made.
        """
        news = [
            each
            for each in identities
            if operation != Change.UPDATE or each not in self.marked or registry.moves(each.kind)
        ]
        self.marked.update(news)
        return news

    def to_enter(self, identities: list[Identity], operation: str) -> list[Identity]:
        """Those of the objects that may have no entry yet, or one that says something else."""
        if operation == Change.UPDATE and not self.deletes:
            return [each for each in identities if each not in self.entered]
        return identities

    @classmethod
    def present(cls) -> "_Transaction":
        """The transaction that is open now, with a hook for one more entry.

        Raises TransactionManagementError outside of one.
        """
        connection = transaction.get_connection()
        if not connection.in_atomic_block:
            raise TransactionManagementError("a change must be recorded inside its transaction")
        block = _outermost(connection.atomic_blocks, connection.savepoint_ids)
        for _savepoints, hook, _robust in connection.run_on_commit:
            known = getattr(hook, "__self__", None)
            if isinstance(known, cls) and known.block == block:
                break
        else:
            known = cls(block)
        # Nobody's write fails because the drain could not be woken.
        transaction.on_commit(known.committed, robust=True)
        # A rollback to a savepoint, which takes entries and marks back, leaves another list.
        if connection.run_on_commit is not known.hooks:
            known.hooks, known.entered, known.marked = connection.run_on_commit, set(), set()
        return known


def _outermost(blocks: list[Any], savepoints: list[str | None]) -> tuple[object, str | None]:
    """What tells one transaction from the next: the outermost block and its savepoint.

    The blocks that wrap a test case never commit, what the test does inside them would; elsewhere
    there is one outermost block in a list of hooks.
    """
    wrapping = sum(block._from_testcase for block in blocks)
    place = min(wrapping, len(blocks) - 1)
    return blocks[place], savepoints[place - 1] if place else None


def record(identities: Iterable[Identity], operation: str) -> None:
    """Write one entry for each object, unless this transaction already has one.

    A deletion outweighs what the transaction did to the object before, and what is made again
    after its deletion is an update. One INSERT a batch of what has no entry, for a deletion one
    UPDATE besides, and what the markers do; these hear of all objects of an operation at its end.

    Raises TransactionManagementError outside of a transaction.
    """
    wanted = list(dict.fromkeys(identities))
    if not wanted:
        return
    present, at = _Transaction.present(), timezone.now()
    columns = _context.get().columns()
    entries = [
        Change(
            transaction=present.token, kind=each.kind, uuid=each.uuid, key=each.key[:255],
            draft=each.draft, operation=operation, at=at, **columns,
        )
        for each in present.to_enter(wanted, operation)
    ]  # fmt: skip
    # Conflicts are how an object gets one entry, even if savepoints took an earlier one back.
    Change.objects.bulk_create(entries, ignore_conflicts=True, batch_size=BATCH)
    present.entered.update(wanted)
    if operation == Change.DELETE:
        present.deletes = True
        _settle(present.token, wanted, {"operation": Change.DELETE})
    elif operation == Change.CREATE and present.deletes:
        _settle(present.token, wanted, {"operation": Change.UPDATE}, operation=Change.DELETE)
    news = present.to_mark(wanted, operation)
    # What shows an object is looked up before the object is deleted, else when all is written.
    later = operation in (Change.CREATE, Change.UPDATE) and settling.postpone(_mark, news)
    if news and not later:
        markers.mark(news, operation, transaction=present.token, at=at)
    settling.settle(wanted)


def present_entries() -> list[Change]:
    """The entries that the open transaction has written so far.

    Raises TransactionManagementError outside of one.
    """
    return list(Change.objects.filter(transaction=_Transaction.present().token).order_by("pk"))


def _mark(identities: list[Identity]) -> None:
    """Let the markers hear of objects that were made or changed in the block that ends."""
    if identities:
        token = _Transaction.present().token
        markers.mark(identities, Change.UPDATE, transaction=token, at=timezone.now())


def _settle(token: str, wanted: list[Identity], values: dict[str, str], **only: str) -> None:
    """Change the entries that this transaction already has for the objects."""
    kinds: dict[tuple[str, bool], list[uuid.UUID]] = defaultdict(list)
    for each in wanted:
        kinds[each.kind, each.draft].append(each.uuid)
    for (kind, draft), marks in kinds.items():
        for batch in batches(marks):
            Change.objects.filter(
                transaction=token, kind=kind, draft=draft, uuid__in=batch, **only
            ).update(**values)
