"""`make run`, for real: processes, HTTP, files."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "a password of the test"
pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL") or os.environ.get("TEST_SEARCH_URL")),
    reason="the first start is about the embedded engines",
)


class Machine:
    """A machine of its own: nothing but a folder and two free ports."""

    def __init__(self, folder: Path, port: int, sample_port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.arguments = ["--address", self.address, "--sample-port", str(sample_port)]
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "VAR_DIRECTORY": str(folder),
            "DJANGO_SETTINGS_MODULE": "course_discovery.settings.local",
            "ADMIN_PASSWORD": PASSWORD,
        }

    def start(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "run_demo", *self.arguments, *options],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def get(self, path: str) -> Any:
        token = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(
            f"http://{self.address}{path}", headers={"Authorization": f"Basic {token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine that nothing was started on yet."""
    return Machine(tmp_path, *free_ports(2))


def test_a_newcomer_gets_a_catalog_and_a_second_run_changes_nothing(machine: Machine) -> None:
    output = look_at_the_first_run(machine)
    assert PASSWORD in output
    with pytest.raises(URLError):
        machine.get("/health/")
    run_again(machine)


def look_at_the_first_run(machine: Machine) -> str:
    """Start, ask, stop; what was printed."""
    running = machine.start()
    try:
        deadline = time.monotonic() + 300
        while True:
            assert running.poll() is None, running.stdout and running.stdout.read()
            assert time.monotonic() < deadline
            try:
                health = machine.get("/health/")
                break
            except URLError:
                time.sleep(0.5)
        assert health["detailed_status"]["search_engine"] == "embedded"
        assert machine.get("/api/v1/courses/?limit=1")["count"] >= 60
        assert machine.get("/api/v1/course_runs/?limit=1")["count"] >= 150
        assert machine.get("/api/v1/organizations/?limit=1")["count"] >= 8
        # One of the six programs is hidden, the lists tell of all; degrees are programs.
        assert machine.get("/api/v1/programs/?limit=1")["count"] == 8
        assert machine.get("/api/v1/people/?limit=1")["count"] == 20
        assert machine.get("/api/v1/pathways/?limit=1")["count"] == 3
        found = machine.get("/api/v1/search/courses/?q=history")
        assert found["count"] > 0
        key = found["results"][0]["key"]
        assert machine.get(f"/api/v1/courses/{key}")["key"] == key
        assert machine.get("/api/v1/search/all/facets/")["fields"]["subjects"]
    finally:
        running.send_signal(signal.SIGTERM)
        output, _ = running.communicate(timeout=60)
    return output


def run_again(machine: Machine) -> None:
    """The second run finds everything as it left it."""
    running = machine.start("--no-serve")
    output, _ = running.communicate(timeout=300)
    assert running.returncode == 0, output
    lms = next(line for line in output.splitlines() if "lms" in line and "done" in line)
    seen, created, updated, unchanged, _refused = [
        int(cell) for cell in lms.replace("│", " ").split() if cell.isdigit()
    ]
    assert (created, updated) == (0, 0)
    assert unchanged == seen > 150
    assert PASSWORD not in output


def test_a_port_that_is_taken_is_told_before_anything_is_done(machine: Machine) -> None:
    host, _, port = machine.address.rpartition(":")
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, int(port)))
        taken.listen()
        running = machine.start()
        output, _ = running.communicate(timeout=60)
    assert running.returncode != 0
    assert "--address" in output
    assert "Database" not in output
