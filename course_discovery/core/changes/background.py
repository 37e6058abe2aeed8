"""A thread that drains the log, in every process that writes or serves.

It starts lazily (after a server's fork) and wakes at each commit, and twice a second besides, so
that neither what time changes nor what a process that died has left waits for long. A process that
ends drains what is left first.
"""

import atexit
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from course_discovery.core.changes.drain import drain, due

logger = logging.getLogger(__name__)

TICK = 0.5
# Another process drains: how soon to look whether it is still alive.
RETRY = 0.2
# How long a fork waits for a drain to end; consumers bound theirs.
PATIENCE = 5.0


class _Drainer(threading.Thread):
    """The drain thread of one process."""

    def __init__(self) -> None:
        super().__init__(name="change-log-drain", daemon=True)
        self.wanted = threading.Event()
        self.ending = threading.Event()
        self.connections: Sequence[Any] = ()

    def run(self) -> None:
        pause = 0.0
        while not self.ending.is_set():
            self.wanted.wait(pause)
            self.wanted.clear()
            pause = TICK if self._drain() else RETRY
        self._drain()
        connections.close_all()

    def _drain(self) -> bool:
        """Drain if there is something to do; False if that is still to be done."""
        try:
            with _resting:
                close_old_connections()
                self.connections = connections.all()
                return not due(timezone.now()) or drain()
        except DatabaseError as error:
            # The database is busy or away: nothing is lost, and the next round tries again.
            logger.info("the change log waits: %s", error)
        except Exception:
            logger.exception("the change log could not be drained")
        return True


_drainer: _Drainer | None = None
_starting = threading.Lock()
# Held while a thread is at the database, and by a fork: a child would keep whatever locks,
# half-read answers and half-imported modules the thread was at for ever.
_resting = threading.RLock()
_rests = False
# Connections of the parent of a forked process.
_inherited: list[Any] = []


def start() -> None:
    """Start this process's drain thread, unless it runs or the settings forbid it."""
    global _drainer
    if _running() or not settings.CHANGES_DRAIN_IN_PROCESS:
        return
    with _starting:
        if not _running():
            drainer = _Drainer()
            drainer.start()
            _drainer = drainer


def _running() -> bool:
    return _drainer is not None and _drainer.is_alive()


def wake() -> None:
    """Something was committed: drain soon."""
    start()
    if _drainer is not None:
        _drainer.wanted.set()


@atexit.register
def finish() -> None:
    """Stop the thread after it has drained what this process committed last."""
    if _drainer is not None:
        _drainer.ending.set()
        _drainer.wanted.set()
        _drainer.join()


def connect() -> None:
    """Start the thread with the first request that this process serves."""
    request_started.connect(_serving, dispatch_uid="changes:serving")


def _serving(**_: Any) -> None:
    start()


@contextmanager
def between_forks() -> Iterator[None]:
    """Let another thread use the database while this process neither forks nor drains.

    Its connections are closed at the end: a child would share them.
    """
    with _resting:
        close_old_connections()
        try:
            yield
        finally:
            connections.close_all()


def _before_fork() -> None:
    global _rests
    _rests = _resting.acquire(timeout=PATIENCE)


def _after_fork() -> None:
    if _rests:
        _resting.release()


def _in_child() -> None:
    """A child has no thread, and opens connections of its own."""
    global _drainer, _starting, _resting
    of_the_thread = _drainer.connections if _drainer else ()
    for each in (*connections.all(initialized_only=True), *of_the_thread):
        if each.connection is not None:
            _abandon(each.connection)
            each.connection = None
    _drainer, _starting, _resting = None, threading.Lock(), threading.RLock()


def _abandon(connection: Any) -> None:
    """Neither use nor close a connection of the parent: closing it says goodbye for both.

    SQLite has no socket, but its locks do not pass to a child
    (https://www.sqlite.org/howtocorrupt.html), so it is left open as well.
    """
    _inherited.append(connection)
    if hasattr(connection, "fileno"):
        nowhere = os.open(os.devnull, os.O_RDWR)
        with suppress(Exception):  # whichever the driver raises if it is closed already
            os.dup2(nowhere, connection.fileno())
        os.close(nowhere)


os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_in_child)
