"""Clears what no index lists any more, a little at a time so that others can write in between.

Garbage is recorded in the transaction that unlists it, so nothing is left behind by a kill.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from search.engine.embedded.storage.database import Database
from search.engine.embedded.storage.places import places_of_index

SEGMENT, INDEX = "segment", "index"
_AT_ONCE = 2000


@contextmanager
def maintenance_lock(database: Database) -> Iterator[bool]:
    """Give True to the one process and thread that may merge and clear; it does not wait."""
    file = os.open(f"{database.path}-maintenance", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(file)


def clear_garbage(database: Database) -> None:
    """Delete what is recorded as garbage; needs the maintenance lock."""
    with database.reading() as connection:
        found = connection.execute("SELECT kind, number FROM garbage").fetchall()
    for kind, number in found:
        if kind == SEGMENT:
            _clear_segment(database, number)
        else:
            _clear_index(database, number)
        with database.writing() as connection:
            connection.execute("DELETE FROM garbage WHERE kind = ? AND number = ?", (kind, number))


def _clear_segment(database: Database, segment: int) -> None:
    deleted = _AT_ONCE
    while deleted == _AT_ONCE:
        with database.writing() as connection:
            deleted = connection.execute(
                "DELETE FROM page WHERE rowid IN"
                " (SELECT rowid FROM page WHERE segment = ? LIMIT ?)",
                (segment, _AT_ONCE),
            ).rowcount
    with database.writing() as connection:
        connection.execute("DELETE FROM field_column WHERE segment = ?", (segment,))


def _clear_index(database: Database, index_number: int) -> None:
    places = places_of_index(index_number)
    for table in ("document", "recent", "dead"):
        deleted = _AT_ONCE
        while deleted == _AT_ONCE:
            with database.writing() as connection:
                deleted = connection.execute(
                    f"DELETE FROM {table} WHERE place IN"
                    f" (SELECT place FROM {table} WHERE place BETWEEN ? AND ? LIMIT {_AT_ONCE})",
                    places,
                ).rowcount
