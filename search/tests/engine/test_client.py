"""One client, whoever answers; a server that is dead is reported at once."""

import json
import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import ConnectionError, ConnectionTimeout, Elasticsearch, NotFoundError

from search.engine.client import build_client, engine_name
from search.engine.server_node import CONNECT_TIMEOUT, ServerNode

OPENSEARCH = {"name": "n", "version": "2.19.1", "roles": ["cluster_manager", "data"]}
ELASTICSEARCH = {"name": "n", "version": "8.17.0", "build_flavor": "default", "roles": ["master"]}


class Server(ThreadingHTTPServer):
    """Answers as one node, and remembers what it was asked; it names no product."""

    daemon_threads = True
    node: dict[str, Any] = ELASTICSEARCH
    delay = 0.0

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.ports: set[int] = set()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Answers every request; paths with "missing" are not found."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.asked.append((self.path, headers, body))
        self.server.ports.add(self.client_address[1])
        time.sleep(self.server.delay)
        status = 404 if "missing" in self.path else 200
        answer: dict[str, Any] = {"nodes": {"id": self.server.node}, "count": 3}
        if status == 404:
            answer = {"error": {"type": "index_not_found_exception"}, "status": 404}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_PUT = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a running server."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def remote(server: Server) -> Iterator[Elasticsearch]:
    """Return a client of the server."""
    client = build_client(server.url, path="", timeout=0.5)
    yield client
    client.close()


def test_the_embedded_engine_says_what_it_is(client: Elasticsearch) -> None:
    assert engine_name(client) == "embedded"


@pytest.mark.parametrize(
    ("node", "name"),
    [(ELASTICSEARCH, "elasticsearch 8.17.0"), (OPENSEARCH, "opensearch 2.19.1")],
)
def test_a_server_is_known_without_its_root(
    server: Server, remote: Elasticsearch, node: dict[str, Any], name: str
) -> None:
    server.node = node
    assert engine_name(remote) == name
    assert [path for path, _, _ in server.asked] == ["/_nodes/_local"]


def test_media_types_are_plain_and_the_product_is_taken_as_given(
    server: Server, remote: Elasticsearch
) -> None:
    assert remote.count(index="course", query={"match_all": {}})["count"] == 3
    remote.bulk(operations=[{"index": {"_index": "course"}}, {"a": 1}])
    (_, counted, _), (_, written, body) = server.asked
    assert counted["content-type"] == counted["accept"] == "application/json"
    assert written["content-type"] == "application/x-ndjson"
    assert body == b'{"index":{"_index":"course"}}\n{"a":1}\n'


def test_errors_of_a_server_become_the_clients_own(remote: Elasticsearch) -> None:
    with pytest.raises(NotFoundError, match="index_not_found_exception"):
        remote.search(index="missing")


def test_a_dead_server_is_reported_within_a_second() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = build_client(f"http://127.0.0.1:{unused.getsockname()[1]}", path="")
        started = time.monotonic()
        with pytest.raises(ConnectionError):
            client.search(index="course")
        assert time.monotonic() - started < 1
        client.close()


def test_a_server_that_takes_no_connection_is_reported_within_a_second() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        client = build_client(f"http://127.0.0.1:{address[1]}", path="", timeout=20)
        started = time.monotonic()
        with pytest.raises(ConnectionTimeout):
            client.search(index="course")
        assert CONNECT_TIMEOUT <= time.monotonic() - started < 1
        client.close()
        for one in waiting:
            one.close()


def test_a_slow_server_is_asked_once_and_given_up(server: Server, remote: Elasticsearch) -> None:
    server.delay = 1.0
    with pytest.raises(ConnectionTimeout):
        remote.search(index="course")
    with pytest.raises(ConnectionTimeout):
        remote.options(request_timeout=0.05).search(index="course")
    assert len(server.asked) == 2


def test_a_forked_process_opens_its_own_connections(server: Server, remote: Elasticsearch) -> None:
    remote.count(index="course")
    process = multiprocessing.get_context("fork").Process(
        target=remote.count, kwargs={"index": "course"}
    )
    process.start()
    process.join(30)
    assert process.exitcode == 0
    remote.count(index="course")
    assert len(server.asked) == 3
    assert len(server.ports) == 2


def test_a_url_may_hold_a_user_and_a_path(server: Server) -> None:
    url = server.url.replace("http://", "http://alice:secret@") + "/search"
    client = build_client(url, path="")
    client.count(index="course")
    (path, headers, _) = server.asked[0]
    assert path == "/search/course/_count"
    assert headers["authorization"] == "Basic YWxpY2U6c2VjcmV0"
    client.close()


@pytest.mark.parametrize("url", ["localhost:9200", "ftp://localhost", "http://", "/search"])
def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        build_client(url, path="")


def test_without_url_and_path_there_is_no_client() -> None:
    with pytest.raises(ValueError, match="path"):
        build_client("")


def test_nothing_is_opened_before_the_first_request(tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite3"
    client = build_client("", path=file)
    assert not file.exists()
    client.cluster.health()
    assert file.exists()
    client.close()


def test_the_server_node_stands_where_the_clients_own_node_would() -> None:
    client = build_client("http://127.0.0.1:1", path="")
    (node,) = client.transport.node_pool.all()
    assert isinstance(node, ServerNode)
    client.close()
