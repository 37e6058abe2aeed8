"""A thread that drains the log, in every process that writes or serves.

It starts lazily (after a server's fork) and wakes at each commit, and each second besides, so that
nothing waits for a process that died. A process that ends drains what is left first.
"""

import atexit
import logging
import os
import threading
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import DatabaseError, close_old_connections, connection

logger = logging.getLogger(__name__)

TICK = 1.0


class _Drainer:
    """The drain thread of one process."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.wanted = threading.Event()
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self._run, name="change-log-drain", daemon=True)
        self.thread.start()
        atexit.register(self.finish)

    def _run(self) -> None:
        while not self.ending.is_set():
            self.wanted.wait(TICK)
            self.wanted.clear()
            self.once()
        connection.close()

    def once(self) -> None:
        from course_discovery.core.changes.drain import drain

        try:
            close_old_connections()
            drain()
        except DatabaseError as error:
            # Somebody else holds the database, or it is away: the next tick tries again.
            logger.info("the change log waits: %s", error)
        except Exception:
            logger.exception("the change log could not be drained")

    def finish(self) -> None:
        """Stop the thread and drain what this process committed last."""
        if self.process == os.getpid() and not self.ending.is_set():
            self.ending.set()
            self.wanted.set()
            self.thread.join(timeout=30)
            self.once()
            connection.close()


_drainer: _Drainer | None = None
_starting = threading.Lock()


def start() -> None:
    """Start this process's drain thread, unless it runs or the settings forbid it."""
    global _drainer
    if not settings.CHANGES_DRAIN_IN_PROCESS:
        return
    with _starting:
        if _drainer is None or _drainer.process != os.getpid():
            _drainer = _Drainer()


def wake() -> None:
    """Something was committed: drain soon."""
    start()
    if _drainer is not None:
        _drainer.wanted.set()


def finish() -> None:
    """Drain what is left now; for commands whose next step needs it."""
    if _drainer is not None:
        _drainer.once()


def connect() -> None:
    """Start the thread with the first request that this process serves."""
    request_started.connect(_serving, dispatch_uid="changes:serving")


def _serving(**_: Any) -> None:
    start()
    request_started.disconnect(dispatch_uid="changes:serving")
