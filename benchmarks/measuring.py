"""Time and memory, as benchmarks take them."""

import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

Statement = tuple[str, Any]
_STATUS = Path("/proc/self/status")


def alternating(
    rounds: int,
    *turns: Callable[[], Any],
    before: Callable[[], Any] = lambda: None,
    repeated: int = 1,
) -> list[float]:
    """The median seconds of each, taken by turns so that a slow moment slows all of them.

    `before` each of them something may be done that does not count. A turn may be `repeated`.
    """
    times: list[list[float]] = [[] for _ in turns]
    for _ in range(rounds):
        for turn, of_turn in zip(turns, times, strict=True):
            for _ in range(repeated):
                before()
                of_turn.append(timed(turn))
    return [statistics.median(each) for each in times]


def timed(turn: Callable[[], Any]) -> float:
    """The seconds that something takes."""
    began = time.perf_counter()
    turn()
    return time.perf_counter() - began


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """The statements that are sent to the database meanwhile."""
    seen: list[Statement] = []

    def record(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        seen.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(record):
        yield seen


def most_memory() -> float:
    """The most memory that this process has taken, in MB.

    Linux tells by `ru_maxrss` what the parent took too, so its own account is read there.
    """
    if _STATUS.exists():
        return _told_by_linux("VmHWM")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory() -> float:
    """The memory that this process takes now, in MB; the most so far where nobody tells."""
    return _told_by_linux("VmRSS") if _STATUS.exists() else most_memory()


def _told_by_linux(name: str) -> float:
    line = next(each for each in _STATUS.read_text().splitlines() if each.startswith(name))
    return int(line.split()[1]) / 1024
