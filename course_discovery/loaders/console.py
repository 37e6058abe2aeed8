"""What a person at the terminal sees of a load."""

from typing import Any

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from course_discovery.core.models import Partner
from course_discovery.loaders.loader import Loader
from course_discovery.loaders.models import LoadedSource, LoadRun
from course_discovery.loaders.models.loaded_source import SourceState

SHOWN_ROWS = 20
_WIDTH_OF_FILES = 160


class LoadConsole:
    """Tells how loads go: bars on a terminal, plain lines anywhere else."""

    def __init__(self, output: OutputWrapper) -> None:
        # Bars are drawn in pieces of lines; Django would end each piece with a new line.
        output.ending = ""
        file: Any = output
        terminal = output.isatty()
        width = None if terminal else _WIDTH_OF_FILES
        self._console = Console(file=file, width=width, highlight=False, force_terminal=terminal)
        self._bar: Progress | None = None

    def say(self, text: str) -> None:
        """One plain line, whatever stands in it."""
        self._console.print(Text(text), soft_wrap=True)

    def skipped(self, partner: Partner, loader: Loader) -> None:
        """See `pipeline.Watcher`."""
        self.say(f"{partner.short_code}: {loader.name} is not configured, skipped.")

    def started(self, partner: Partner, loader: Loader) -> None:
        """See `pipeline.Watcher`."""
        title = f"{partner.short_code}: {loader.name}"
        if not self._console.is_terminal:
            self.say(f"{title} ...")
            return
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeElapsedColumn(), console=self._console, transient=True,
        )  # fmt: skip
        self._bar.start()
        self._bar.add_task(Text(title).plain, total=None)

    def progress(self, done: int, total: int | None) -> None:
        """See `loader.Progress`."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def finished(self, source: LoadedSource) -> None:
        """See `pipeline.Watcher`."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def summary(self, load_run: LoadRun) -> None:
        """The whole report: a line for each source, then the first refused rows."""
        sources = list(load_run.sources.all())
        if not sources:
            self.say(f"{load_run.partner.short_code}: nothing to load.")
            return
        self._console.print(_table(load_run, sources))
        for source in sources:
            if source.state != SourceState.DONE:
                self.say(f"{source.name}: {source.get_state_display()}: {source.reason}")
            self._refused(source)

    def _refused(self, source: LoadedSource) -> None:
        for row in source.refused_rows.all()[:SHOWN_ROWS]:
            line = f"line {row.line}, " if row.line is not None else ""
            self.say(f"{source.name}: refused: {line}{row.key or '(no key)'}: {row.reason}")
        if source.refused > SHOWN_ROWS:
            more = source.refused - SHOWN_ROWS
            self.say(f"{source.name}: refused: {more} more, see the report in the admin")


def _table(load_run: LoadRun, sources: list[LoadedSource]) -> Table:
    table = Table(title=f"Load of {load_run.partner.short_code}", title_justify="left")
    table.add_column("source")
    table.add_column("state")
    for name in ("seen", "created", "updated", "unchanged", "refused"):
        table.add_column(name, justify="right")
    for source in sources:
        numbers = (
            source.seen, source.created, source.updated, source.unchanged, source.refused,
        )  # fmt: skip
        table.add_row(Text(source.name), str(source.get_state_display()), *map(str, numbers))
    return table
