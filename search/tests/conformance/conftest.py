"""Who answers: the server at TEST_SEARCH_URL, or else the embedded engine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engine.client import build_client

pytest.register_assert_rewrite("search.tests.conformance.runner")

from search.tests.conformance.runner import Stage  # noqa: E402 (its assertions are rewritten)

SERVER_URL = os.environ.get("TEST_SEARCH_URL", "")
PREFIX = f"conformance-{os.getpid()}"
"""No other process uses names that start with it, nor another worker of the same run."""


def server_name(client: Elasticsearch) -> str:
    """Return the name and version of a server, by a route that every server has."""
    (node,) = client.nodes.info(node_id="_local").body["nodes"].values()
    product = "elasticsearch" if "build_flavor" in node else "opensearch"
    return f"{product} {node['version']}"


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[Stage, str]]:
    """Return the stage on the server and the server's name."""
    stage = Stage(build_client(SERVER_URL, path=""), PREFIX)
    yield stage, server_name(stage.client)
    stage.close()


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Stage, str]]:
    """Return a stage and the name of the engine behind it; the embedded one is new each time."""
    if SERVER_URL:
        yield request.getfixturevalue("server")
        return
    stage = Stage(build_client("", path=str(tmp_path / "search.sqlite3")), PREFIX)
    yield stage, "embedded"
    stage.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which engine answered."""
    terminalreporter.write_line(f"search conformance: asked {_who_answers()}")


def _who_answers() -> str:
    if not SERVER_URL:
        return "the embedded engine"
    with build_client(SERVER_URL, path="") as client:
        try:
            return f"{server_name(client)} at {SERVER_URL}"
        except (ApiError, TransportError):
            return f"a server that does not answer at {SERVER_URL}"
