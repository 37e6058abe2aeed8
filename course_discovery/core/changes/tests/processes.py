"""Processes that tests start: `python -m ... ROLE JOURNAL [PAUSE]`, on the service's settings.

Every process notes in the journal what its consumer was handed, one line an entry: process, key
and time. They end when their standard input does.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import django

BATCH = 10


def journal(path: Path, pause: float) -> None:
    """Register the one consumer of this process; it takes `pause` seconds for each entry."""
    from course_discovery.core.changes import consumers
    from course_discovery.core.changes.models import Change

    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def handle(changes: Sequence[Change]) -> None:
        for change in changes:
            time.sleep(pause)
            os.write(file, f"{os.getpid()} {change.key} {time.time()}\n".encode())

    consumers._consumers.clear()
    consumers.register_consumer(consumers.Consumer("journal", handle, BATCH))


def commit(key: str) -> None:
    """Commit one entry, and say when."""
    from course_discovery.core.models import Currency

    Currency.objects.create(code=key, name="Coin")
    say(f"{os.getpid()} {key} {time.time()}")


def say(line: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def command() -> None:
    """Ends right after its commit."""
    commit("XXA")


def shell() -> None:
    """Commits when it is told to, and lives on."""
    for line in sys.stdin:
        commit(line.strip())


def server() -> None:
    """Serves one request, which starts its thread, and never writes."""
    from django.core.signals import request_started

    request_started.send(sender=None)
    say(f"{os.getpid()} ready")
    sys.stdin.read()


def preloaded() -> None:
    """Commits while it loads the app, and then forks a worker, as a preloading server does."""
    commit("XXA")
    if os.fork() == 0:
        commit("XXB")
        sys.stdin.read()
        return
    os.wait()
    commit("XXC")


def forked_after_finish() -> None:
    """The parent's thread has ended when it forks: the worker must drain by itself."""
    from course_discovery.core.changes import background

    commit("XXA")
    background.finish()
    if os.fork() == 0:
        commit("XXB")
        sys.stdin.read()
        return
    os.wait()


if __name__ == "__main__":
    role, path, *pause = sys.argv[1:]
    django.setup()
    journal(Path(path), float(pause[0]) if pause else 0)
    globals()[role]()
