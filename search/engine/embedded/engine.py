"""The embedded engine behind its requests: one file, its indexes, and the clock."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from search.engine.embedded.indexes import Index, Indexes
from search.engine.embedded.queries.base import Context
from search.engine.embedded.storage.database import Database
from search.engine.embedded.storage.garbage import clear_garbage, maintenance_lock
from search.engine.embedded.storage.reader import Reader
from search.engine.embedded.storage.recent import RecentDocuments


def _clock() -> int:
    return time.time_ns() // 1_000_000


class Engine:
    """What all requests share; `clock` tells the milliseconds since 1970."""

    def __init__(self, path: str, clock: Callable[[], int] = _clock) -> None:
        self.database = Database(path)
        self.indexes = Indexes()
        self._recent = RecentDocuments()
        self._clock = clock

    @contextmanager
    def searching(
        self,
        expression: str,
        *,
        ignore_unavailable: bool = False,
        allow_no_indices: bool = True,
    ) -> Iterator[list[Context]]:
        """Give the indexes that an expression means, all in one state of the file.

        Raises IndexMissing for a name that no index or alias has.
        """
        now = self._clock()
        with self.database.reading() as connection:
            found = self.indexes.resolve(
                connection,
                expression,
                ignore_unavailable=ignore_unavailable,
                allow_no_indices=allow_no_indices,
            )
            yield [
                Context(
                    index,
                    Reader(
                        connection, index.number, self._recent.segment(connection, index.number)
                    ),
                    now,
                )
                for index in found
            ]

    def delete_indexes(self, indexes: list[Index]) -> None:
        """Delete indexes in one step, then clear what they leave."""
        with self.database.writing() as connection:
            for index in indexes:
                self.indexes.delete(connection, index)
        self.clear_garbage()

    def clear_garbage(self) -> None:
        """Clear what deleted indexes and merged segments left, unless another process does."""
        with maintenance_lock(self.database) as is_ours:
            if is_ours:
                clear_garbage(self.database)

    def close(self) -> None:
        """Close the file."""
        self.database.close()
