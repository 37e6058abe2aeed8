"""A database that other connections, threads and processes see."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from course_discovery.core.changes import consumers
from course_discovery.settings.environment import database


@pytest.fixture
def shared_database(tmp_path: Path) -> Iterator[str]:
    """Makes the default connection one to a migrated database that all can open; gives its URL.

    On SQLite that is a file, as the service opens it. For tests marked `on_shared_database`.
    """
    if connections["default"].vendor != "sqlite":
        yield _server_url(connections["default"].settings_dict)
        return
    file = tmp_path / "catalog.sqlite3"
    memory, usual = connections["default"], connections.settings["default"]
    copy = sqlite3.connect(file)
    memory.connection.backup(copy)
    copy.close()
    connections.settings["default"] = usual | database(f"sqlite:///{file}")
    connections["default"] = connections.create_connection("default")
    yield f"sqlite:///{file}"
    connections["default"].close()
    connections.settings["default"] = usual
    connections["default"] = memory


def _server_url(settings: dict[str, Any]) -> str:
    scheme = "postgres" if "postgresql" in settings["ENGINE"] else "mysql"
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    address = f"{settings['HOST']}:{settings['PORT']}"
    return f"{scheme}://{settings['USER']}{password}@{address}/{settings['NAME']}"


@pytest.fixture(autouse=True)
def no_consumers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the test's own consumers read."""
    monkeypatch.setattr(consumers, "_consumers", {})
