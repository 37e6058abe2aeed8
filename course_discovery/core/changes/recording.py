"""Writing entries of the change log, in the transaction of the change itself."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, router, transaction
from django.db.models import QuerySet
from django.db.transaction import Atomic, get_connection
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity


@dataclass(frozen=True)
class Context:
    """Who changes something, and through which door."""

    actor: str = ""
    origin: str = ""


_context: ContextVar[Context] = ContextVar("change_context", default=Context())


@contextmanager
def changing(*, actor: str | None = None, origin: str | None = None) -> Iterator[None]:
    """Let the entries written inside name this actor (a user name) and origin.

    Origins: publisher, lms, ecommerce, feed, csv, event, admin, command. What is None stays as
    the surrounding block has it.
    """
    outer = _context.get()
    token = _context.set(
        Context(outer.actor if actor is None else actor, outer.origin if origin is None else origin)
    )
    try:
        yield
    finally:
        _context.reset(token)


def current_context() -> Context:
    """The actor and origin that entries written now would name."""
    return _context.get()


class _Transactions:
    """The token of each connection's present transaction.

    A token may outlive a rollback (its entries are gone with it) but never a commit: the outermost
    block tells one transaction from the next, and since one block object can be entered again
    (atomic as a decorator), the commit itself forgets it too.
    """

    def __init__(self) -> None:
        self.attribute = "_change_log_transaction"

    def token(self, using: str) -> str:
        connection = get_connection(using)
        block = self._outermost(connection.atomic_blocks)
        held: tuple[Atomic, str] | None = getattr(connection, self.attribute, None)
        if held is None or held[0] is not block:
            held = (block, uuid.uuid4().hex)
            setattr(connection, self.attribute, held)
        transaction.on_commit(lambda: self._committed(using), using=using)
        return held[1]

    def _outermost(self, blocks: list[Any]) -> Any:
        # The block that wraps a test case never commits; what the test does inside it would.
        own = [block for block in blocks if not getattr(block, "_from_testcase", False)]
        return (own or blocks)[0]

    def _committed(self, using: str) -> None:
        setattr(get_connection(using), self.attribute, None)
        background.wake()


_transactions = _Transactions()


def record(identities: Iterable[Identity], operation: str, *, using: str | None = None) -> None:
    """Write one entry for each object, unless this transaction already has one.

    A deletion outweighs what the transaction did to the object before. Must run inside a
    transaction.
    """
    wanted = list(dict.fromkeys(identities))
    if not wanted:
        return
    using = using or router.db_for_write(Change) or DEFAULT_DB_ALIAS
    token, context, now = _transactions.token(using), _context.get(), timezone.now()
    entries = Change.objects.using(using)
    entries.bulk_create(
        [
            Change(
                transaction=token, kind=each.kind, uuid=each.uuid, key=each.key[:255],
                draft=each.draft, operation=operation, actor=context.actor,
                origin=context.origin, at=now,
            )
            for each in wanted
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip
    if operation != Change.UPDATE:
        _settle(entries, token, wanted, operation)


def _settle(entries: QuerySet[Change], token: str, wanted: list[Identity], operation: str) -> None:
    """Let a deletion outweigh earlier entries, and what is made again outweigh its deletion."""
    for each in wanted:
        own = entries.filter(transaction=token, kind=each.kind, uuid=each.uuid, draft=each.draft)
        if operation == Change.DELETE:
            own.update(operation=Change.DELETE)
        else:
            own.filter(operation=Change.DELETE).update(operation=Change.UPDATE)
