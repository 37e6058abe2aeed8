"""Telling of documents that are written anew although nothing was changed.

Whoever derives something from documents hears of changes by the change log, and of these here. They
are told before they are written, so that what a listener notes outlives a process that is killed in
between. Documents that are not due, which look right until then, are told again afterwards.
"""

from collections.abc import Callable, Sequence

from search.documents.kinds import Kind

Listener = Callable[[Kind, Sequence[str] | None], None]

_listeners: list[Listener] = []


def register_listener(listener: Listener) -> None:
    """Let `listener` hear of the uuids of such documents, None for all of a kind.

    Registering it again changes nothing.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def announce(kind: Kind, uuids: Sequence[str] | None) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(kind, uuids)
