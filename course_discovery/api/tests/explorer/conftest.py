"""The explorer with a little catalog, for a client and for a real browser."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from course_discovery.api.tests.explorer.catalog import make_catalog
from course_discovery.core.models import Partner

NAMES = ("chromium", "chromium-browser", "google-chrome")


class PatientServer(ThreadedWSGIServer):
    """A server that ends when the last of its answers has: they share the test's connection."""

    daemon_threads = False


class Server(LiveServerThread):
    """Serves pages and static files on a free port."""

    server_class = PatientServer


@pytest.fixture
def catalog(partner: Partner, indexes: Any, drain: Callable[[], None]) -> Partner:
    """The catalog, indexed; the partner is the host's."""
    make_catalog(partner)
    drain()
    return partner


@pytest.fixture
def visitor(catalog: Partner) -> Client:
    """Anybody."""
    return Client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium without a window."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"no browser here ({', '.join(NAMES)}); .ci/servers/install brings one")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # The driver runs an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def address(catalog: Partner) -> Iterator[str]:
    """Where the catalog is served, on this test's own connection to the database."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.inc_thread_sharing()
    server = Server(
        "127.0.0.1", StaticFilesHandler, connections_override={DEFAULT_DB_ALIAS: connection}
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://{server.host}:{server.port}"
    server.terminate()
    connection.dec_thread_sharing()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on a desk, that has failed if a script did or the policy forbade something."""
    yield from opened(browser, address, width=1280, height=900)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The same on a small phone."""
    yield from opened(browser, address, width=360, height=740)


def opened(browser: Browser, address: str, *, width: int, height: int) -> Iterator[Page]:
    """A page whose addresses begin with `address`."""
    complaints: list[str] = []
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert complaints == []
