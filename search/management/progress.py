"""How a build is told on a terminal, and in a log."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from search.documents.kinds import Kind
from search.indexing.building import Built, Progress

_STEP = 1000


class Lines:
    """A plain line when an index is begun, and one for every thousand documents."""

    def __init__(self, say: Callable[[str], object], count: bool = True) -> None:
        self._say = say
        self._count = count
        self._done: dict[Kind, int] = {}
        self._total: dict[Kind, int] = {}

    def begin(self, kind: Kind, index: str, rows: int) -> None:
        """Say what is built."""
        self._done[kind], self._total[kind] = 0, rows
        self._say(f"Indexing {rows} {kind.name} documents into {index}" if self._count
                  else f"Indexing {kind.name} documents into {index}")  # fmt: skip

    def advance(self, kind: Kind, rows: int) -> None:
        """Say how far it is, now and then."""
        before = self._done[kind]
        self._done[kind] = before + rows
        if before // _STEP != self._done[kind] // _STEP:
            self._say(f"  {self._done[kind]} of {self._total[kind]} {kind.name} documents")


class _Bars:
    """A bar for each index."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[Kind, TaskID] = {}

    def begin(self, kind: Kind, index: str, rows: int) -> None:
        self._tasks[kind] = self._bars.add_task(index, total=rows)

    def advance(self, kind: Kind, rows: int) -> None:
        self._bars.advance(self._tasks[kind], rows)


@contextmanager
def telling(say: Callable[[str], object], *, terminal: bool, count: bool) -> Iterator[Progress]:
    """Bars on a terminal, plain lines elsewhere; `count` tells how many documents there are."""
    if not terminal:
        yield Lines(say, count)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Bars(*columns) as bars:
        yield _Bars(bars)


def tell_built(say: Callable[[str], object], built: Iterable[Built], *, count: bool) -> None:
    """Say which indexes are in use now."""
    for each in built:
        sizes = f": {each.count} documents, {each.before} before" if count else ""
        say(f"{each.kind.alias} is {each.index} now{sizes}")
