import pytest
from django.db import IntegrityError, connection

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.models import LoadedSource, RefusedRow
from course_discovery.loaders.models.loaded_source import SourceState
from course_discovery.loaders.pace import shares_one_lock, write_turn
from course_discovery.loaders.report import SourceReport, begin_load, begin_source
from course_discovery.loaders.tests.conftest import NOW


class Seconds:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def report(partner: Partner, seconds: Seconds) -> SourceReport:
    load_run = begin_load(partner=partner, now=NOW)
    row = begin_source(load_run=load_run, name="x" * 100, clock=lambda: NOW).row
    return SourceReport(row, clock=lambda: NOW, monotonic=seconds)


def test_report_is_stored_while_the_load_goes_on(report: SourceReport, seconds: Seconds) -> None:
    report.see(3)
    report.count(Outcome.CREATED)
    report.refuse("no reason", key="k", line=2)
    assert LoadedSource.objects.get().seen == 0
    seconds.now = 1.5
    report.count(Outcome.UNCHANGED)
    stored = LoadedSource.objects.get()
    assert (stored.seen, stored.created, stored.unchanged, stored.refused) == (3, 1, 1, 1)
    assert (stored.state, stored.finished) == ("running", None)
    assert RefusedRow.objects.get().reason == "no reason"


def test_first_end_counts(report: SourceReport) -> None:
    report.end(SourceState.SHORT, "why")
    report.end(SourceState.DONE)
    report.write(finished=NOW)
    stored = LoadedSource.objects.get()
    assert (stored.state, stored.reason, stored.finished) == ("short", "why", NOW)


def test_texts_fit_into_one_short_line(report: SourceReport) -> None:
    report.refuse("a\nb\x1b[31m\ud800" + "x" * 600, key="k" * 300)
    report.write()
    row = RefusedRow.objects.get()
    assert row.reason.startswith("a b [31m x")
    assert (len(row.reason), len(row.key)) == (500, 255)


@pytest.mark.parametrize("shared", [True, False])
def test_writer_leaves_a_shared_lock_free_as_long_as_it_held_it(
    seconds: Seconds, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    monkeypatch.setattr("course_discovery.loaders.pace.shares_one_lock", lambda: shared)
    with write_turn(monotonic=seconds, sleep=seconds.slept.append):
        seconds.now = 0.03
    assert seconds.slept == ([0.03] if shared else [])


def test_write_that_fails_leaves_the_lock_free_too(
    seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_discovery.loaders.pace.shares_one_lock", lambda: True)

    @write_turn(monotonic=seconds, sleep=seconds.slept.append)
    def collide() -> None:
        seconds.now = 0.03
        raise IntegrityError

    with pytest.raises(IntegrityError):
        collide()
    assert seconds.slept == [0.03]


def test_only_a_file_of_sqlite_has_one_lock_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not shares_one_lock()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/var/lib/catalog.sqlite3")
    assert shares_one_lock() is (connection.vendor == "sqlite")
