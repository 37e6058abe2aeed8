"""The SQLite file: one connection for each thread, opened late and again after a fork."""

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine.embedded.errors import Unavailable

FORMAT = 2
"""Stands in the file; a file with another number was written by another version."""

JOURNAL_BYTES = 64 * 1024 * 1024
"""To so much the write-ahead log is cut back after a large write."""

_SCHEMA = """
CREATE TABLE indexes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    uuid TEXT NOT NULL,
    created INTEGER NOT NULL,
    settings TEXT NOT NULL,
    mapping TEXT NOT NULL,
    last_document INTEGER NOT NULL
);
CREATE TABLE alias (
    name TEXT NOT NULL,
    index_number INTEGER NOT NULL,
    PRIMARY KEY (name, index_number)
) WITHOUT ROWID;
CREATE TABLE document (
    place INTEGER PRIMARY KEY,
    index_number INTEGER NOT NULL,
    id TEXT NOT NULL,
    size INTEGER NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER,
    source BLOB,
    UNIQUE (index_number, id)
);
CREATE TABLE recent (
    place INTEGER PRIMARY KEY,
    entry BLOB NOT NULL
);
CREATE TABLE segment (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    index_number INTEGER NOT NULL,
    documents INTEGER NOT NULL
);
CREATE INDEX segment_of_index ON segment (index_number);
CREATE TABLE page (
    segment INTEGER NOT NULL,
    first_key TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (segment, first_key)
);
CREATE TABLE field_column (
    segment INTEGER NOT NULL,
    field INTEGER NOT NULL,
    holders INTEGER NOT NULL,
    words INTEGER NOT NULL,
    kind TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (segment, field)
);
CREATE TABLE dead (
    place INTEGER PRIMARY KEY
);
CREATE TABLE garbage (
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kind, number)
) WITHOUT ROWID;
"""


class _Connection(sqlite3.Connection):
    """Closes itself when its thread is gone."""

    def __del__(self) -> None:
        self.close()


class Database:
    """Gives each thread of each process its connection to one file."""

    def __init__(self, path: str, *, busy_timeout: float = 10.0) -> None:
        self.path = path
        self._busy_timeout = busy_timeout
        self._local = threading.local()
        self._process = os.getpid()
        self._open: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._inherited: list[_Connection] = []

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        if self._process != os.getpid():
            # SQLite forbids to use or close, in a child, what was opened before the fork.
            self._inherited += self._open
            self._open = weakref.WeakSet()
            self._local = threading.local()
            self._process = os.getpid()
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
        return found

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one state of the file."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the only connection that writes; what it did is undone after an exception."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def close(self) -> None:
        """Close every connection of this process."""
        if self._process == os.getpid():
            for connection in list(self._open):
                connection.close()
        self._local = threading.local()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self.connection()
        try:
            connection.execute(begin)
        except sqlite3.OperationalError as error:
            raise _as_request_error(error) from error
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _connect(self) -> _Connection:
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy_timeout,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        self._open.add(connection)
        deadline = time.monotonic() + self._busy_timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError:  # this change does not wait for other processes
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_BYTES}")
        connection.execute("PRAGMA cache_size = -16000")
        _prepare(connection)
        return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty file."""
    if _format(connection) == 0:
        connection.execute("BEGIN IMMEDIATE")
        if _format(connection) == 0:  # no other process was faster
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    if _format(connection) != FORMAT:
        raise Unavailable(
            "The search index was written by another version; remove its file and build it again"
        )


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _as_request_error(error: sqlite3.OperationalError) -> Exception:
    if "locked" in str(error) or "busy" in str(error):
        return Unavailable("The search index is locked by another writer")
    return error
