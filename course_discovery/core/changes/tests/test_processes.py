"""Draining across processes: soon, by whoever is there, also when one is killed."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.drain import pending
from course_discovery.core.changes.models import Change, ChangeCursor
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.core.models import Currency
from course_discovery.settings.environment import ROOT

logger = logging.getLogger(__name__)
pytestmark = on_shared_database

Start = Callable[..., "subprocess.Popen[str]"]


@dataclass(frozen=True)
class Line:
    """That a process committed or was handed an entry."""

    process: int
    key: str
    at: float

    @classmethod
    def read(cls, text: str) -> "Line":
        process, key, at = text.split()
        return cls(int(process), key, float(at))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def start(shared_database: str, tmp_path: Path, journal: Path) -> Iterator[Start]:
    """Starts a process of `processes`; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "course_discovery.settings.base",
        "DATABASE_URL": shared_database,
        "SEARCH_FILE": str(tmp_path / "search.sqlite3"),
        "SECRET_KEY": "only-for-tests",
        # Newer Pythons warn of a fork beside a thread, which is what is tried here.
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }

    def start_role(role: str, pause: float = 0) -> "subprocess.Popen[str]":
        module = "course_discovery.core.changes.tests.processes"
        process = subprocess.Popen(
            [sys.executable, "-m", module, role, str(journal), str(pause)],
            env=environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    # Nothing is left to drain from the making of the database; `pending` knows the consumer here.
    Change.objects.all().delete()
    register_consumer(Consumer("journal", lambda _: None))
    yield start_role
    for process in started:
        process.kill()
        process.communicate(timeout=10)


def handled(journal: Path) -> list[Line]:
    """What the consumers of all processes were handed."""
    return (
        [Line.read(text) for text in journal.read_text().splitlines()] if journal.exists() else []
    )


def count_is(journal: Path, number: int) -> bool:
    """Whether that many entries were handed over."""
    return len(handled(journal)) == number


def wait_for(condition: Callable[[], object], seconds: float) -> None:
    """Wait until the condition holds; fail if it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def end(process: "subprocess.Popen[str]") -> list[Line]:
    """End a process in peace; what it said. Nothing may have been complained about."""
    said, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")
    return [Line.read(text) for text in said.splitlines() if text.count(" ") == 2]


def test_a_command_drains_before_it_ends(start: Start, journal: Path) -> None:
    process = start("command")
    committed = end(process)
    assert [(line.process, line.key) for line in handled(journal)] == [(process.pid, "XXA")]
    assert handled(journal)[0].at - committed[0].at < 1


def test_a_process_that_lives_on_handles_each_commit_within_a_second(
    start: Start, journal: Path
) -> None:
    process = start("shell")
    assert process.stdin
    for number, key in enumerate(("XXA", "XXB", "XXC"), start=1):
        process.stdin.write(f"{key}\n")
        process.stdin.flush()
        wait_for(partial(count_is, journal, number), 20)
        time.sleep(0.3 * number)
    committed = end(process)
    for commit, line in zip(committed, handled(journal), strict=True):
        assert (commit.process, commit.key) == (line.process, line.key)
        assert line.at - commit.at < 1


def test_a_server_handles_what_a_dead_process_left(start: Start, journal: Path) -> None:
    Currency.objects.create(code="XXA", name="Coin")  # this process has no drain
    server = start("server")
    assert server.stdout
    server.stdout.readline()
    wait_for(lambda: handled(journal), 2)
    Currency.objects.create(code="XXB", name="Coin")
    wait_for(partial(count_is, journal, 2), 2)
    end(server)


@pytest.mark.parametrize("role", ["preloaded", "forked_after_finish"])
def test_a_forked_worker_drains_by_itself(start: Start, journal: Path, role: str) -> None:
    process = start(role)
    wait_for(lambda: {"XXA", "XXB"} <= {line.key for line in handled(journal)}, 20)
    committed = {line.key: line for line in end(process)}
    seen = {line.key: line for line in handled(journal)}
    assert committed.keys() == seen.keys()
    assert committed["XXA"].process != committed["XXB"].process
    if role == "forked_after_finish":
        assert seen["XXB"].process == committed["XXB"].process
    assert all(seen[key].at - committed[key].at < 1 for key in committed)


def test_another_process_takes_over_from_one_that_is_killed(start: Start, journal: Path) -> None:
    servers = [start("server", 0.02), start("server", 0.02)]
    for server in servers:
        assert server.stdout
        server.stdout.readline()
    keys = [f"X{number}" for number in range(120)]
    Currency.objects.bulk_create(Currency(code=key, name="Coin") for key in keys)
    wait_for(lambda: len(handled(journal)) >= 25, 20)
    draining = handled(journal)[-1].process
    os.kill(draining, signal.SIGKILL)
    killed_at = time.time()
    wait_for(lambda: pending() == 0, 20)
    lines = handled(journal)
    after = [line for line in lines if line.process != draining and line.at > killed_at]
    took = after[0].at - killed_at
    logger.info("took over after %.2f s", took)
    assert took < 2, f"took over after {took:.2f} s"
    # At least once, in order, and again at most what was not noted yet.
    assert list(dict.fromkeys(line.key for line in lines)) == keys
    assert len(lines) <= len(keys) + 10
    assert ChangeCursor.objects.get().last_error == ""
    for server in servers:
        if server.pid != draining:
            end(server)


def test_writers_beside_a_drain_never_find_the_database_locked(start: Start, journal: Path) -> None:
    server = start("server")
    shells = [start("shell"), start("shell")]
    for number, shell in enumerate(shells):
        assert shell.stdin
        shell.stdin.write("".join(f"X{number}{each}\n" for each in range(100)))
        shell.stdin.flush()
    committed = [line for shell in shells for line in end(shell)]
    assert len(committed) == 200
    wait_for(lambda: pending() == 0, 5)
    assert {line.key for line in handled(journal)} == {line.key for line in committed}
    end(server)
