"""A cache of numbers in a file that all processes of a machine share."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

_TABLE = """
CREATE TABLE IF NOT EXISTS counts (
    key TEXT PRIMARY KEY, value INTEGER NOT NULL, expires REAL NOT NULL
) WITHOUT ROWID
"""
_ADD = """
INSERT INTO counts (key, value, expires) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires
WHERE counts.expires <= ?
"""
_SET = "REPLACE INTO counts (key, value, expires) VALUES (?, ?, ?)"
_INCREASE = "UPDATE counts SET value = value + ? WHERE key = ? AND expires > ? RETURNING value"


class SharedCounts(BaseCache):
    """Keeps numbers in an SQLite file: counting up is one statement, so none is lost.

    It may forget everything with the machine: nothing waits for the disk.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._opened: tuple[int, sqlite3.Connection] | None = None

    @property
    def _file(self) -> sqlite3.Connection:
        """This process's connection: one from before a fork belongs to the parent."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # A cache object belongs to one thread; only its end may come in another.
            file = sqlite3.connect(
                self._path, timeout=1, isolation_level=None, check_same_thread=False
            )
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = OFF")
            file.execute(_TABLE)
            self._opened = os.getpid(), file
        return self._opened[1]

    def _expiry(self, timeout: Any) -> float:
        ends = self.get_backend_timeout(timeout)
        return float("inf") if ends is None else ends

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a number unless there is one; what expired goes on that occasion."""
        now = time.time()
        row = (self.make_and_validate_key(key, version), value, self._expiry(timeout), now)
        added = self._file.execute(_ADD, row).rowcount > 0
        if added:
            self._file.execute("DELETE FROM counts WHERE expires <= ?", (now,))
        return added

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The number."""
        row = self._file.execute(
            "SELECT value FROM counts WHERE key = ? AND expires > ?",
            (self.make_and_validate_key(key, version), time.time()),
        ).fetchone()
        return row[0] if row else default

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a number."""
        row = (self.make_and_validate_key(key, version), value, self._expiry(timeout))
        self._file.execute(_SET, row)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """The number, after counting up. Raises ValueError where there is none."""
        rows = self._file.execute(
            _INCREASE, (delta, self.make_and_validate_key(key, version), time.time())
        ).fetchall()
        if not rows:
            raise ValueError(f"nothing is counted at {key}")
        value: int = rows[0][0]
        return value

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a number."""
        full = self.make_and_validate_key(key, version)
        return self._file.execute("DELETE FROM counts WHERE key = ?", (full,)).rowcount > 0

    def clear(self) -> None:
        """Forget all numbers."""
        self._file.execute("DELETE FROM counts")
