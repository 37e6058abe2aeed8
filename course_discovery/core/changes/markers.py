"""Who marks what a change touches, inside the transaction of the change: a registry.

What is derived from objects and stored (rendered answers) must be known to be out of date at the
moment at which the change can be seen, and not later, when the log is drained.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from course_discovery.core.changes.registry import Identity


class Marker(Protocol):
    """Marks what shows the objects that a transaction has changed, or is about to delete.

    It is called in that transaction after the entries were written, so it should be cheap; once
    for an object, but again before it is deleted, and when it moves; for what an operation changes
    at the operation's end. What it raises fails the
    change. `transaction` is the token of the entries.
    """

    def __call__(
        self, identities: Sequence[Identity], operation: str, *, transaction: str, at: datetime
    ) -> None: ...


_markers: list[Marker] = []


def register_marker(marker: Marker) -> None:
    """Let `marker` hear of every change; registering it again changes nothing."""
    if marker not in _markers:
        _markers.append(marker)


def mark(identities: Sequence[Identity], operation: str, *, transaction: str, at: datetime) -> None:
    """Call every marker."""
    for marker in _markers:
        marker(identities, operation, transaction=transaction, at=at)
