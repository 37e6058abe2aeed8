"""Checked lines on disk: the lines of a feed come in any order, but are written in one."""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import orjson

from course_discovery.loaders.feed.lines import FeedLine

_BATCH_LINES = 100
_BATCH_BYTES = 4_000_000


class Spool:
    """Holds lines by group in nameless temporary files; gone with the process."""

    def __init__(self, groups: int) -> None:
        self._files = [tempfile.TemporaryFile(prefix="catalog-feed-") for _ in range(groups)]  # noqa: SIM115 - closed by __exit__
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files:
            file.close()

    def add(self, group: int, line: FeedLine) -> None:
        """Keep a line."""
        self._files[group].write(orjson.dumps([line.number, line.kind, line.key, line.values]))
        self._files[group].write(b"\n")
        self.count += 1

    def batches(self, group: int) -> Iterator[list[FeedLine]]:
        """The group's lines in their order, in batches of bounded size and one kind each."""
        file = self._files[group]
        file.seek(0)
        batch: list[FeedLine] = []
        size = 0
        for stored in file:
            line = FeedLine(*orjson.loads(stored))
            full = len(batch) == _BATCH_LINES or size + len(stored) > _BATCH_BYTES
            if batch and (full or line.kind != batch[0].kind):
                yield batch
                batch, size = [], 0
            batch.append(line)
            size += len(stored)
        if batch:
            yield batch
