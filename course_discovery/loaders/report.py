"""The report of a load, stored as it goes: a killed load is seen as one that never finished."""

import time
from collections.abc import Callable
from datetime import datetime

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.models import LoadedSource, LoadRun, RefusedRow
from course_discovery.loaders.models.loaded_source import SourceState

KEPT_LOADS = 100
"""Reports that are kept of each partner."""
KEPT_ROWS = 1_000
"""Refused rows that are stored for one source; more are only counted."""
_SECONDS_BETWEEN_WRITES = 1.0
_COUNTERS = ("seen", "created", "updated", "unchanged", "refused")


class SourceReport:
    """What a loader tells while it works: counts, refused rows, and how reading ended.

    `clock` gives the time of a write.
    """

    def __init__(
        self,
        row: LoadedSource,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.row = row
        self.clock = clock
        self._monotonic = monotonic
        self._written = monotonic()
        self._waiting: list[RefusedRow] = []
        self._kept = 0

    def see(self, count: int = 1) -> None:
        """Count rows as read."""
        self.row.seen += count
        self._write_now_and_then()

    def count(self, outcome: Outcome, count: int = 1) -> None:
        """Count rows as created, updated or unchanged."""
        setattr(self.row, outcome.value, getattr(self.row, outcome.value) + count)
        self._write_now_and_then()

    def refuse(self, reason: str, *, key: str = "", line: int | None = None) -> None:
        """Tell of a row, or a part of one, that was not taken."""
        self.row.refused += 1
        if self._kept < KEPT_ROWS:
            self._kept += 1
            refused = RefusedRow(
                source=self.row, line=line, key=_shown(key, 255), reason=_shown(reason, 500)
            )
            self._waiting.append(refused)
        self._write_now_and_then()

    def end(self, state: SourceState, reason: str = "") -> None:
        """Say how reading ended. The first word counts: a later end does not improve on it."""
        if self.row.state == SourceState.RUNNING:
            self.row.state, self.row.reason = state, _shown(reason, 500)

    def write(self, *, finished: datetime | None = None) -> None:
        """Store the report as it stands."""
        RefusedRow.objects.bulk_create(self._waiting)
        self._waiting = []
        self.row.finished = finished
        names = (*_COUNTERS, "state", "reason", "finished")
        values = {name: getattr(self.row, name) for name in names}
        LoadedSource.objects.filter(pk=self.row.pk).update(**values)
        self._written = self._monotonic()

    def _write_now_and_then(self) -> None:
        if self._monotonic() - self._written >= _SECONDS_BETWEEN_WRITES:
            self.write()


def begin_load(*, partner: Partner, now: datetime) -> LoadRun:
    """A new load of a partner; the reports of long past ones are forgotten."""
    LoadRun.objects.forget_all_but(KEPT_LOADS - 1, partner=partner)
    return LoadRun.objects.create(partner=partner, started=now)


def begin_source(*, load_run: LoadRun, name: str, clock: Callable[[], datetime]) -> SourceReport:
    """The report of the next source of a load."""
    row = LoadedSource(load_run=load_run, name=name[:64], started=clock())
    row.save()
    return SourceReport(row, clock=clock)


def finish_load(*, load_run: LoadRun, exit_code: int, now: datetime) -> None:
    """Say that the load came to its end."""
    load_run.finished, load_run.exit_code = now, exit_code
    LoadRun.objects.filter(pk=load_run.pk).update(finished=now, exit_code=exit_code)


def _shown(text: str, longest: int) -> str:
    """The text in one line that every database and terminal can show."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    plain = plain.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
