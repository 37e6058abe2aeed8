"""The change log's consumer: changes go into the indexes, and so does what time alone changes."""

import time
from collections.abc import Sequence

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.models import Change
from search.indexing import live
from search.indexing.boundaries import pass_boundaries

# Seconds after which boundaries are looked at although there are changes to be indexed.
_PATIENCE = 1.0


class _Looked:
    """When (time.monotonic) this process last looked at boundaries."""

    at = 0.0


def register() -> None:
    """Hear of every change, and of time when there is none."""
    register_consumer(Consumer(live.CONSUMER, handle, idle=look))


def handle(changes: Sequence[Change]) -> None:
    """Bring the indexes up to date with these changes, and with the time if it has gone on.

    Raises SearchUnavailable when nobody answers; the change log tries again.
    """
    live.handle(changes)
    if time.monotonic() - _Looked.at > _PATIENCE:
        look()


def look() -> bool:
    """Bring the indexes up to date with the time; answers whether there may be more to do."""
    more = pass_boundaries()
    _Looked.at = time.monotonic()
    return more
