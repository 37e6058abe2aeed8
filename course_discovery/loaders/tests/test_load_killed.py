"""Loads as processes: killed in the middle, and two at once."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from course_discovery.clients.tests.scripted_server import ScriptedServer
from course_discovery.loaders.tests.platform import Platform, mode, row

RUNS = 40
ROOT = Path(__file__).parents[3]
SETTINGS = """
from course_discovery.settings.test import *
DATABASES = {"default": database(env("DATABASE_URL"))}
"""


@pytest.fixture
def platform(server: ScriptedServer) -> Platform:
    platform = Platform(server)
    rows = (row(f"course-v1:edX+C{n // 2}+{n}", name=f"Course {n}") for n in range(RUNS))
    platform.has(*rows, modes=[mode("audit"), mode("verified", 49)])
    return platform


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty catalog in a file, beside the settings of processes."""
    folder = tmp_path_factory.mktemp("loads")
    (folder / "process_settings.py").write_text(SETTINGS, encoding="utf-8")
    database = folder / "empty.sqlite3"
    assert start(database, "migrate", "-v0").wait() == 0
    return database


@pytest.fixture
def database(empty: Path, platform: Platform, request: pytest.FixtureRequest) -> Path:
    """A catalog whose partner has the platform."""
    database = empty.with_name(f"{request.node.name}.sqlite3")
    shutil.copy(empty, database)
    values = {"site_domain": "a.example.com", "code": "p", "name": "P", **platform.partner_values()}
    flags = (f"--{name.replace('_', '-')}={value}" for name, value in values.items())
    assert start(database, "create_or_update_partner", *flags).wait() == 0
    return database


def start(database: Path, *arguments: str, lms: str = "") -> "subprocess.Popen[bytes]":
    """A process of a management command."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "process_settings",
        "PYTHONPATH": os.pathsep.join([str(database.parent), str(ROOT)]),
        "DATABASE_URL": f"sqlite:///{database}",
        "BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL": f"{lms}/oauth2",
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def ask(database: Path, query: str) -> int:
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        return int(connection.execute(query).fetchone()[0])


def refresh(database: Path, platform: Platform) -> "subprocess.Popen[bytes]":
    """A process that loads the platform's runs."""
    return start(database, "refresh_course_metadata", lms=platform.server.url)


RUNS_STORED = "SELECT COUNT(*) FROM course_metadata_courserun"
SEATS_STORED = "SELECT COUNT(*) FROM course_metadata_seat"
COURSES_STORED = "SELECT COUNT(*) FROM course_metadata_course"


def test_killed_load_is_seen_and_the_next_one_completes_it(
    database: Path, platform: Platform
) -> None:
    loading = refresh(database, platform)
    deadline = time.monotonic() + 60
    while ask(database, RUNS_STORED) < RUNS // 4:
        assert loading.poll() is None, "the load ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    loading.send_signal(signal.SIGKILL)
    loading.wait()

    arrived = ask(database, RUNS_STORED)
    assert RUNS // 4 <= arrived < RUNS
    # Every run that is there is whole.
    assert ask(database, SEATS_STORED) == 2 * arrived
    assert ask(database, "SELECT COUNT(*) FROM loaders_loadrun WHERE finished IS NULL") == 1

    assert refresh(database, platform).wait() == 0
    assert ask(database, RUNS_STORED) == RUNS
    assert ask(database, SEATS_STORED) == 2 * RUNS
    assert ask(database, COURSES_STORED) == RUNS // 2
    assert ask(database, "SELECT COUNT(*) FROM loaders_loadrun WHERE exit_code = 0") == 1
    last = "FROM loaders_loadedsource ORDER BY id DESC LIMIT 1"
    assert ask(database, f"SELECT created {last}") == RUNS - arrived
    assert ask(database, f"SELECT unchanged {last}") == arrived


def test_two_loads_at_once_make_no_twins(database: Path, platform: Platform) -> None:
    loads = [refresh(database, platform) for _ in range(2)]
    assert [load.wait() for load in loads] == [0, 0]
    assert ask(database, RUNS_STORED) == RUNS
    assert ask(database, SEATS_STORED) == 2 * RUNS
    assert ask(database, COURSES_STORED) == RUNS // 2
    assert ask(database, "SELECT SUM(created) FROM loaders_loadedsource") == RUNS
    assert ask(database, "SELECT SUM(refused) FROM loaders_loadedsource") == 0
