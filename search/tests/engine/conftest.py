"""An embedded engine on a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.engine.client import build_client


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the engine keeps its indexes."""
    return tmp_path / "deep" / "search.sqlite3"


@pytest.fixture
def client(file: Path) -> Iterator[Elasticsearch]:
    """Return a client of an engine without indexes."""
    client = build_client("", path=file)
    yield client
    client.close()
