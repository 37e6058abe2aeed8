"""Threads and processes share one file; what is killed half-way leaves nothing behind."""

import multiprocessing
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import ApiError, Elasticsearch, helpers

from search.engine.client import build_client
from search.engine.embedded.errors import Unavailable
from search.engine.embedded.storage import merging
from search.engine.embedded.storage.database import FORMAT, Database

FORK = multiprocessing.get_context("fork")


def count(client: Elasticsearch, word: str) -> int:
    """Return how many documents hold a word."""
    return int(client.count(index="course", query={"match": {"title": word}})["count"])


def write_many(client: Elasticsearch, name: str, number: int) -> None:
    """Write documents one by one and together."""
    for i in range(number):
        client.index(index="course", id=f"{name}-{i}", document={"title": f"single {name}"})
    actions: list[dict[str, Any]] = [
        {"_index": "course", "_id": f"{name}-bulk-{i}", "title": f"bulk {name}"}
        for i in range(number * 3)
    ]
    helpers.bulk(client, actions)


def test_threads_write_and_read_together(client: Elasticsearch) -> None:
    client.indices.create(index="course", mappings={"properties": {"title": {"type": "text"}}})
    threads = [
        threading.Thread(target=write_many, args=(client, name, 40))
        for name in ("alice", "bob", "charlie")
    ]
    for thread in threads:
        thread.start()
    seen = []
    while any(thread.is_alive() for thread in threads):
        seen.append(count(client, "single"))
    assert seen == sorted(seen)
    assert count(client, "single") == 120
    assert count(client, "bob") == 160


def test_processes_write_and_read_together(client: Elasticsearch, file: Path) -> None:
    client.indices.create(index="course", mappings={"properties": {"title": {"type": "text"}}})
    processes = [
        FORK.Process(target=write_in_process, args=(str(file), name)) for name in ("alice", "bob")
    ]
    for process in processes:
        process.start()
    write_many(client, "charlie", 40)
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert count(client, "single") == 120
    assert count(client, "bulk") == 360


def write_in_process(file: str, name: str) -> None:
    """Write with a client of the process's own."""
    write_many(build_client("", path=file), name, 40)


def test_a_client_works_on_in_a_forked_process(client: Elasticsearch) -> None:
    client.index(index="course", id="1", document={"title": "before"})
    process = FORK.Process(target=write_many, args=(client, "child", 10))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    client.index(index="course", id="2", document={"title": "after"})
    assert count(client, "before after") == 2
    assert count(client, "child") == 40


def test_the_newest_of_racing_versions_stays(client: Elasticsearch, file: Path) -> None:
    client.indices.create(index="course")
    processes = [
        FORK.Process(target=write_versions, args=(str(file), start)) for start in (1, 2, 3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    found = client.get(index="course", id="1")
    assert found["_version"] == 60
    assert found["_source"] == {"number": 60}
    assert client.count(index="course")["count"] == 1


def write_versions(file: str, start: int) -> None:
    """Write every third version of one document; older ones are refused."""
    client = build_client("", path=file)
    for version in range(start, 61, 3):
        client.options(ignore_status=409).index(
            index="course",
            id="1",
            document={"number": version},
            version=version,
            version_type="external",
        )


def test_a_reader_sees_one_state_while_others_write(client: Elasticsearch, file: Path) -> None:
    client.index(index="course", id="1", document={"title": "old"})
    database = Database(str(file))
    with database.reading() as connection:
        query = "SELECT count(*) FROM document"
        assert connection.execute(query).fetchone() == (1,)
        client.index(index="course", id="2", document={"title": "new"})
        assert connection.execute(query).fetchone() == (1,)
    database.close()


def test_a_writer_does_not_wait_forever(client: Elasticsearch, file: Path) -> None:
    client.indices.create(index="course")
    database = Database(str(file), busy_timeout=0.05)
    other = Database(str(file), busy_timeout=0.05)
    with (
        other.writing(),
        pytest.raises(Unavailable, match="locked"),
        database.writing(),
    ):
        pass
    other.close()
    database.close()


def test_a_merge_that_dies_changes_nothing_and_is_cleared(
    client: Elasticsearch, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.indices.create(index="course")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    def fill(first: int) -> None:
        for start in range(first, first + 8):
            actions = [
                {"_index": "course", "_id": f"{start}-{i}", "title": f"data {i}"} for i in range(70)
            ]
            helpers.bulk(client, actions)

    with monkeypatch.context() as patch:
        patch.setattr(merging, "insert_columns", die)
        with pytest.raises(KeyboardInterrupt):
            fill(0)
    assert count(client, "data") == 560
    assert rows(file, "SELECT count(*) FROM garbage") == [(1,)]
    fill(8)
    assert count(client, "data") == 1120
    assert rows(file, "SELECT count(*) FROM garbage") == [(0,)]
    assert rows(file, "SELECT DISTINCT segment FROM page ORDER BY 1") == rows(
        file, "SELECT number FROM segment ORDER BY 1"
    )


def test_a_deleted_index_leaves_nothing(client: Elasticsearch, file: Path) -> None:
    write_many(client, "alice", 40)
    client.delete(index="course", id="alice-1")
    client.indices.put_alias(index="course", name="now")
    client.indices.delete(index="course")
    for table in ("indexes", "alias", "document", "recent", "segment", "page", "field_column"):
        assert rows(file, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert rows(file, "SELECT (SELECT count(*) FROM dead) + (SELECT count(*) FROM garbage)") == [
        (0,)
    ]


def test_a_file_of_another_version_is_refused(client: Elasticsearch, file: Path) -> None:
    client.indices.create(index="course")
    client.close()
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with pytest.raises(ApiError, match="another version") as caught:
        build_client("", path=file).indices.get(index="course")
    assert caught.value.status_code == 503


def test_a_file_that_is_no_index_is_reported_without_its_path(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100)
    client = build_client("", path=file)
    with pytest.raises(ApiError) as caught:
        client.indices.get(index="course")
    assert caught.value.status_code == 503
    assert str(tmp_path) not in str(caught.value.body)
    client.close()


def rows(file: Path, query: str) -> list[Any]:
    """Return what the file holds."""
    connection = sqlite3.connect(file)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_the_process_that_made_a_client_keeps_it(client: Elasticsearch) -> None:
    """A child that ends takes nothing from its parent, even without closing anything."""
    client.index(index="course", id="1", document={"title": "mine"})
    child = os.fork()
    if child == 0:
        os._exit(0 if count(client, "mine") == 1 else 1)
    assert os.waitpid(child, 0)[1] == 0
    client.index(index="course", id="2", document={"title": "mine"})
    assert count(client, "mine") == 2
