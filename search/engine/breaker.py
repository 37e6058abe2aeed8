"""Leaving a server alone that does not answer."""

import threading
import time
from collections.abc import Callable
from typing import Literal

from elastic_transport import TransportError

FAILURES = 3
PAUSE = 5.0

State = Literal["closed", "open", "half-open"]


class LeftAlone(TransportError):
    """The server failed again and again, so it is not asked for `seconds` more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it failed {FAILURES} times, and is asked again in {seconds:.1f} seconds")
        self.seconds = seconds


class Breaker:
    """Counts failures in a row: from the third on a server is left alone for some seconds.

    When those have passed, one request may try; the others wait for another pause, or until it
    has succeeded. Threads may share one.
    """

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit, self._pause, self._clock = failures, pause, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    @property
    def state(self) -> State:
        """closed: requests pass; open: none does; half-open: the next one may try."""
        with self._lock:
            if self._failures < self._limit:
                return "closed"
            return "open" if self._clock() < self._until else "half-open"

    def enter(self) -> None:
        """Ask whether a request may be sent. Raises LeftAlone if not."""
        with self._lock:
            if self._failures < self._limit:
                return
            now = self._clock()
            if now < self._until:
                raise LeftAlone(self._until - now)
            # Even if this one is never heard of again, another may try some time.
            self._until = now + self._pause

    def succeeded(self) -> None:
        """The server answered a request."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """The server did not answer a request, or not as one that works."""
        with self._lock:
            self._failures += 1
            self._until = self._clock() + self._pause
