"""A running sample platform whose clock stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.tests.browser import Browser

FIRST_START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="session")
def server(state: Path) -> Iterator[SampleServer]:
    with SampleServer(state, options=Options(clock=lambda: FIRST_START)) as running:
        yield running


@pytest.fixture(scope="session")
def browser(server: SampleServer) -> Browser:
    return Browser(server.base_url)


@pytest.fixture(scope="session")
def service(browser: Browser) -> str:
    """The Authorization header of the catalog's worker, who is staff."""
    return browser.service_token()


@pytest.fixture(scope="session")
def learner(browser: Browser) -> str:
    """The Authorization header of somebody who is not staff."""
    return browser.person_token("learner")


@pytest.fixture
def clock() -> Clock:
    return Clock(FIRST_START)
