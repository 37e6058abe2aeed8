"""When a call is tried again, and how long it waits before.

Exponential backoff with full jitter: a wait is drawn evenly between 0 and a bound that doubles
with each try, so that many callers do not come back at the same moment. A service that names its
wait (`Retry-After`, RFC 9110 section 10.2.3) gets exactly that wait, and every thread that calls
the same origin keeps it.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

from course_discovery.clients.errors import ClientError, ServerFault, Throttled, Unreachable

logger = logging.getLogger(__name__)
T = TypeVar("T")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """Time as the clients see it.

    `monotonic` gives seconds, `now` the aware time of day (for HTTP dates), `sleep` takes seconds.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _utc_now
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long. All times in seconds.

    `backoff` is the first bound of the wait after a fault. `throttled_backoff` is the first bound
    after a 429 that names no wait: limits are usually counted per minute, so it is longer.
    `longest_wait` caps the bounds. `budget` is the time that one call may take with all its tries
    and waits; a wait that would pass it is not begun.
    """

    tries: int = 4
    backoff: float = 1.0
    throttled_backoff: float = 30.0
    longest_wait: float = 120.0
    budget: float = 300.0


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait from a `Retry-After` value (whole seconds or an HTTP date), never negative.

    None for a missing or unreadable value. `now` is aware.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:  # "-0000" in an HTTP date means UTC
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def origin_of(url: str) -> tuple[str, str, int | None]:
    """(scheme, host, port) of an address; the default port of http and https is filled in.

    Raises ValueError for an address whose host or port cannot be read.
    """
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or default


class Retrier:
    """Runs one call as often as the policy allows. May be shared by threads."""

    def __init__(
        self, policy: RetryPolicy, clock: Clock, uniform: Callable[[float, float], float]
    ) -> None:
        self._policy = policy
        self._clock = clock
        self._uniform = uniform
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str, int | None], float] = {}

    def run(self, method: str, url: str, attempt: Callable[[float], T], *, once: bool = False) -> T:
        """The result of `attempt(deadline)`, where the deadline is a reading of the clock.

        Tried again after `Unreachable`, `Throttled` and `ServerFault`, unless `once`; any other
        error is final, and so is one that an inner call has already given up on.
        """
        deadline = self._clock.monotonic() + self._policy.budget
        number = 1
        while True:
            self._keep_wait(method, url, deadline)
            try:
                return attempt(deadline)
            except (Unreachable, Throttled, ServerFault) as error:
                if error.given_up:
                    raise
                self._before_next(error, self._policy.tries if once else number, url, deadline)
            number += 1

    def _before_next(self, error: ClientError, number: int, url: str, deadline: float) -> None:
        """Wait for the next try, or raise the error when there is none."""
        wait = self._wait_after(error, number)
        until = self._clock.monotonic() + wait
        shared = error.retry_after is not None or isinstance(error, Throttled)
        if error.retry_after is not None:
            self._hold(url, until)  # even when giving up here: other calls need not ask again
        if number >= self._policy.tries or until > deadline:
            error.given_up = True
            raise error
        logger.info("%s; try %d of %d, again in %.1f s", error, number, self._policy.tries, wait)
        if shared:
            self._hold(url, until)  # slept in _keep_wait, by every thread
        elif wait > 0:
            self._clock.sleep(wait)

    def _wait_after(self, error: ClientError, number: int) -> float:
        if error.retry_after is not None:
            return error.retry_after
        throttled = isinstance(error, Throttled)
        first = self._policy.throttled_backoff if throttled else self._policy.backoff
        return self._uniform(0.0, min(first * 2.0 ** (number - 1), self._policy.longest_wait))

    def _hold(self, url: str, until: float) -> None:
        origin = origin_of(url)
        now = self._clock.monotonic()
        with self._lock:
            self._held = {key: end for key, end in self._held.items() if end > now}
            self._held[origin] = max(until, self._held.get(origin, until))

    def _keep_wait(self, method: str, url: str, deadline: float) -> None:
        """Sleep as long as this origin is on hold; `Throttled` if that would pass the deadline."""
        if not self._held:
            return
        origin = origin_of(url)
        while True:
            with self._lock:
                until = self._held.get(origin, 0.0)
            wait = until - self._clock.monotonic()
            if wait <= 0:
                return
            if until > deadline:
                error = Throttled(method, url, f"on hold for {wait:.0f} s more, as it asked")
                error.retry_after, error.given_up = wait, True
                raise error
            self._clock.sleep(wait)
