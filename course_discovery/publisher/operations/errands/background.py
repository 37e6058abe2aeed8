"""The thread that runs errands, in every process that drains the change log.

The drain itself has no time for them: others wait for it. It only looks whether something is due,
after each commit and each second, and starts the thread, which ends when nothing is left.
"""

import atexit
import logging
import os
import threading

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from course_discovery.core.changes.background import between_forks
from course_discovery.publisher.operations.errands.running import (
    errands_are_due,
    forget_old,
    run_next,
)

logger = logging.getLogger(__name__)

# How long a process that ends waits for the errand under way.
PATIENCE = 20.0


class _Runner(threading.Thread):
    """Runs what is due."""

    def __init__(self) -> None:
        super().__init__(name="errands", daemon=True)
        self.ending = threading.Event()

    def run(self) -> None:
        try:
            while not self.ending.is_set() and run_next(guard=between_forks):
                pass
            if not self.ending.is_set():
                with between_forks():
                    forget_old(timezone.now())
        except DatabaseError as error:
            logger.info("errands wait: %s", error)
        except Exception:
            logger.exception("errands could not be run")


_runner: _Runner | None = None
_starting = threading.Lock()
_over = False


def look() -> None:
    """Start the thread if something is due, unless it runs."""
    if settings.CHANGES_DRAIN_IN_PROCESS and not _running() and errands_are_due(timezone.now()):
        _start()


def _start() -> None:
    global _runner
    with _starting:
        if not _running() and not _over:
            runner = _Runner()
            runner.start()
            _runner = runner


def _running() -> bool:
    return _runner is not None and _runner.is_alive()


@atexit.register
def finish() -> None:
    """Let the errand under way end; what is left waits for another process."""
    global _over
    _over = True
    if _runner is not None:
        _runner.ending.set()
        _runner.join(PATIENCE)


def _in_child() -> None:
    """A child has no thread."""
    global _runner, _starting
    _runner, _starting = None, threading.Lock()


os.register_at_fork(after_in_child=_in_child)
