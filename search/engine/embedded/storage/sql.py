"""Asks for many values at once."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

_AT_ONCE = 500
"""SQLite may be built with a limit of 999 parameters."""


def select_in(
    connection: sqlite3.Connection, query: str, values: Iterable[str | int]
) -> Iterator[Any]:
    """Yield the rows of a query, which has `IN (?)` where the values stand, in no order."""
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        marks = ",".join("?" * len(some))
        yield from connection.execute(query.replace("IN (?)", f"IN ({marks})"), some)
