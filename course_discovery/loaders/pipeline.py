"""Running the loaders of a partner, one after the other."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from course_discovery.clients.errors import ClientError, ShortFetch
from course_discovery.core.changes.recording import changing
from course_discovery.core.models import Partner
from course_discovery.loaders.loader import Loader
from course_discovery.loaders.models import LoadedSource, LoadRun
from course_discovery.loaders.models.loaded_source import SourceState
from course_discovery.loaders.registry import LoaderError
from course_discovery.loaders.report import SourceReport, begin_load, begin_source, finish_load

logger = logging.getLogger(__name__)

DONE, INCOMPLETE, REFUSED = 0, 1, 2
"""Exit codes."""


class Watcher(Protocol):
    """Who is told how a load goes."""

    def skipped(self, partner: Partner, loader: Loader) -> None:
        """The partner does not have this source."""

    def started(self, partner: Partner, loader: Loader) -> None:
        """Reading the source begins."""

    def progress(self, done: int, total: int | None) -> None:
        """See `loader.Progress`."""

    def finished(self, source: LoadedSource) -> None:
        """Reading the source ended."""


def load_partner(
    *,
    partner: Partner,
    loaders: Sequence[Loader],
    watcher: Watcher,
    clock: Callable[[], datetime],
    strict: bool = False,
) -> LoadRun:
    """Run these loaders for the partner, in their order, and store the report.

    A loader that fails does not stop the others. The load's `exit_code` is 0 when every source
    was read to its end, 1 when one was not, 2 when rows were refused and `strict` asks for that.
    """
    load_run = begin_load(partner=partner, now=clock())
    reports = []
    for loader in loaders:
        if not loader.configured(partner):
            watcher.skipped(partner, loader)
            continue
        watcher.started(partner, loader)
        report = begin_source(load_run=load_run, name=loader.name, clock=clock)
        _load(loader, partner, report, watcher, clock)
        reports.append(report)
        watcher.finished(report.row)
    exit_code = _exit_code([report.row for report in reports], strict)
    finish_load(load_run=load_run, exit_code=exit_code, now=clock())
    return load_run


def _load(
    loader: Loader,
    partner: Partner,
    report: SourceReport,
    watcher: Watcher,
    clock: Callable[[], datetime],
) -> None:
    try:
        with changing(origin=loader.origin[:16]):
            loader.load(partner, report, clock(), watcher.progress)
    except ClientError as error:
        short = isinstance(error, ShortFetch) or report.row.seen
        report.end(SourceState.SHORT if short else SourceState.UNREACHABLE, str(error))
    except LoaderError as error:
        report.end(SourceState.FAILED, str(error))
    except Exception as error:
        # The other sources must be loaded, whatever is wrong with this one.
        logger.exception("the loader %s failed", loader.name)
        report.end(SourceState.FAILED, f"internal error ({type(error).__name__}), see the log")
    report.end(SourceState.DONE)
    report.write(finished=clock())


def _exit_code(sources: Sequence[LoadedSource], strict: bool) -> int:
    if any(source.state != SourceState.DONE for source in sources):
        return INCOMPLETE
    return REFUSED if strict and any(source.refused for source in sources) else DONE
