"""How densely a load writes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def write_turn(
    *,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """One short write, and as long a pause after it where all writers share one lock.

    SQLite's lock is not fair: who writes back to back starves everybody else.
    """
    begun = monotonic()
    try:
        yield
    finally:  # a write that was refused held the lock too
        if shares_one_lock():
            sleep(monotonic() - begun)


def shares_one_lock() -> bool:
    """Whether another process may be waiting for the lock that a write here holds."""
    return connection.vendor == "sqlite" and not _in_memory()


def _in_memory() -> bool:
    name = str(connection.settings_dict["NAME"])
    return name == ":memory:" or "mode=memory" in name
