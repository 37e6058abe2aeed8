"""Who answers in these tests: the embedded engine, or the server at TEST_SEARCH_URL."""

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from elastic_transport import Transport
from freezegun import freeze_time
from pytest_django import Settings

from search.documents import connection
from search.indexing import boundaries
from search.tests.catalog import NOW
from search.tests.machine import Machine

SERVER_URL = os.environ.get("TEST_SEARCH_URL", "")


@pytest.fixture
def no_index(
    settings: Settings, tmp_path: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """A search engine without any index: a file of its own, or names of its own on the server."""
    prefix = f"test_{os.getpid()}_{worker_id}_"
    settings.SEARCH_URL = SERVER_URL
    settings.SEARCH_FILE = str(tmp_path / "search.sqlite3")
    settings.ELASTICSEARCH_INDEX_NAMES = {
        path: prefix + path.rpartition(".")[2] for path in settings.ELASTICSEARCH_INDEX_NAMES
    }
    settings.ELASTICSEARCH_DSL_INDEX_SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0}
    connection.reset()
    # Where an earlier test left off.
    monkeypatch.setattr(boundaries._Walk, "after", None)
    monkeypatch.setattr(boundaries._Walk, "forget_at", 0.0)
    yield settings
    settings.SEARCH_URL = SERVER_URL
    for index in connection.client().indices.get_alias(index=f"{prefix}*").body:
        connection.client().indices.delete(index=index)
    connection.reset()


@pytest.fixture
def indexes(no_index: Settings, db: None) -> Settings:
    """Empty indexes in use."""
    call_command("install_es_indexes", verbosity=0)
    return no_index


@pytest.fixture
def drain_at_now(drain: Callable[[], None]) -> Callable[[], None]:
    """As `drain`, at the moment that these tests call NOW."""

    def at_now() -> None:
        with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]):
            drain()

    return at_now


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, Any]]:
    """Every request that the application makes from now on: method, target, body."""
    requests: list[tuple[str, str, Any]] = []
    perform = Transport.perform_request

    def record(self: Transport, method: str, target: str, *args: Any, **options: Any) -> Any:
        requests.append((method, target, options.get("body")))
        return perform(self, method, target, *args, **options)

    monkeypatch.setattr(Transport, "perform_request", record)
    return requests


@pytest.fixture
def unused_tcp_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    Machine(folder, "{}", "").run("call_command('migrate', verbosity=0)")
    return folder / "catalog.sqlite3"


@pytest.fixture
def machine(no_index: Settings, migrated: Path, tmp_path: Path) -> Machine:
    """A machine with a migrated database, whose index this process reads as well."""
    shutil.copy(migrated, tmp_path)
    return Machine(tmp_path, json.dumps(no_index.ELASTICSEARCH_INDEX_NAMES), no_index.SEARCH_URL)
