"""The command, as a newcomer starts it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course_discovery.loaders.sample.tests.browser import SERVICE, Browser

COMMAND = [sys.executable, "-W", "error", "-m", "course_discovery.loaders.sample"]
ROOT = Path(__file__).parents[4]


@contextmanager
def started(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_its_address_serves_and_ends_cleanly(
    tmp_path: Path, number: signal.Signals
) -> None:
    with started("--port", "0", "--state", str(tmp_path)) as process:
        assert process.stdout
        browser = Browser(process.stdout.readline().strip())
        assert browser.ask_token(SERVICE).status == 200
        host, port = browser.address.split(":")
        assert host == "127.0.0.1"
        with socket.create_connection((host, int(port))):  # an idle caller does not hold it up
            process.send_signal(number)
            rest, errors = process.communicate(timeout=5)
        assert (process.returncode, rest, errors) == (0, "", "")


def test_it_takes_another_client(tmp_path: Path) -> None:
    with started("--state", str(tmp_path), "--client-id", "me", "--client-secret", "x") as process:
        assert process.stdout
        browser = Browser(process.stdout.readline().strip())
        assert browser.ask_token(SERVICE).status == 401
        form = {**SERVICE, "client_id": "me", "client_secret": "x"}
        assert browser.ask_token(form).status == 200


def test_what_keeps_it_from_starting_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments in (
            ["--state", str(tmp_path), "--port", port],
            ["--state", str(tmp_path), "--port", "99999"],
            ["--state", "/dev/null/nowhere"],
        ):
            done = subprocess.run(
                [*COMMAND, *arguments],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=20,
                check=False,
            )
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.count("\n") == 1
            assert done.stderr.startswith("The sample platform cannot start: ")


def test_it_needs_neither_django_nor_the_rest_of_the_service(tmp_path: Path) -> None:
    code = (
        "import sys; import course_discovery.loaders.sample.__main__\n"
        "ours = [name for name in sys.modules if name.startswith('course_discovery')]\n"
        "allowed = ('course_discovery', 'course_discovery.loaders')\n"
        "bad = [n for n in ours if n not in allowed and '.loaders.sample' not in n]\n"
        "assert not bad and 'django' not in sys.modules, bad\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
