from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

import pytest

from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.retry import Clock
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.scripted_server import ScriptedServer

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class FakeTime:
    """A clock that only sleeping (and `pass_seconds`) moves; remembers each sleep in seconds."""

    def __init__(self) -> None:
        self.sleeps: list[float] = []
        self.passed = 0.0
        self._lock = Lock()
        self.clock = Clock(monotonic=self.monotonic, now=self.now, sleep=self.sleep)

    def monotonic(self) -> float:
        return 1000.0 + self.passed

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.sleeps.append(seconds)
            self.passed += seconds

    def pass_seconds(self, seconds: float) -> None:
        self.passed += seconds


class Bearer:
    """An authorizer whose token never changes."""

    def header(self) -> str:
        return "Bearer t0ken"

    def renew(self, rejected: str) -> str:
        return self.header()


MakeSession = Callable[..., ServiceSession]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.close()


@pytest.fixture
def other_server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.close()


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def make_session(fake_time: FakeTime) -> Iterator[MakeSession]:
    """Sessions on the fake clock whose random waits are always the upper bound."""
    with ExitStack() as stack:

        def make(**options: Any) -> ServiceSession:
            options.setdefault("clock", fake_time.clock)
            options.setdefault("uniform", lambda low, high: high)
            return stack.enter_context(ServiceSession(**options))

        yield make


@pytest.fixture
def session(make_session: MakeSession) -> ServiceSession:
    return make_session()


@pytest.fixture
def tokens(server: ScriptedServer, session: ServiceSession) -> TokenSource:
    """Credentials at `server`, which must be told to answer `/oauth2/access_token`."""
    return TokenSource(
        f"{server.url}/oauth2", "catalog-key", "catalog-secret", session=session, cache=TokenCache()
    )
