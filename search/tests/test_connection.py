"""Who is asked, and what is told when nobody answers."""

import os
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from elasticsearch.dsl import Search
from pytest_django import Settings

from search.documents import connection
from search.documents.kinds import COURSE
from search.queries import BadQuery, SearchUnavailable, asking
from search.queries.matching import matching_pks, matching_query
from search.queries.page import search_after, search_page
from search.tests import finding
from search.tests.catalog import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "hosts", "chosen"),
    [
        ("", "", ""),
        ("", [], ""),
        ("", "http://elasticsearch:9200/", "http://elasticsearch:9200/"),
        ("", ["http://one:9200", "http://two:9200"], "http://one:9200"),
        ("", "localhost:9200", "http://localhost:9200"),
        ("http://search:9200", "http://elasticsearch:9200/", "http://search:9200"),
    ],
)
def test_server_is_the_one_of_the_settings(
    settings: Settings, url: str, hosts: Any, chosen: str
) -> None:
    settings.SEARCH_URL = url
    settings.ELASTICSEARCH_DSL = {"default": {"hosts": hosts}}
    assert connection.server_url() == chosen


def test_client_is_kept_and_follows_the_settings(no_index: Settings) -> None:
    first = connection.client()
    assert connection.client() is first
    no_index.SEARCH_URL = "http://127.0.0.1:1"
    assert connection.client() is not first


def test_forked_child_builds_its_own_client(no_index: Settings) -> None:
    mine = connection.client()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        other = connection.client() is not mine
        os.write(write, b"other" if other else b"same")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 10) == b"other"
    os.close(read)
    os.close(write)


def ask_in_every_way() -> list[Callable[[], object]]:
    asked = finding.asking(q="python")
    everything = matching_query(COURSE, "*", now=NOW)
    return [
        lambda: search_page(asked),
        lambda: search_after(asked),
        lambda: list(matching_pks(COURSE, everything)),
    ]


@pytest.mark.parametrize("way", range(3))
def test_closed_port_is_told_within_a_second(
    no_index: Settings, unused_tcp_port: int, way: int
) -> None:
    no_index.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    started = time.monotonic()
    with pytest.raises(SearchUnavailable) as away:
        ask_in_every_way()[way]()
    assert time.monotonic() - started < 1
    assert away.value.retry_after > 0


def test_server_that_hangs_up_is_told_within_a_second(no_index: Settings) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        no_index.SEARCH_URL = f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.close()
        started = time.monotonic()
        with pytest.raises(SearchUnavailable):
            ask_in_every_way()[0]()
    assert time.monotonic() - started < 1


def test_index_that_was_not_built_is_no_empty_answer(no_index: Settings) -> None:
    with pytest.raises(SearchUnavailable, match="has not been built"):
        search_page(finding.asking())


class _Answer:
    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body


@pytest.mark.parametrize("part", [{"_shards": {"failed": 1, "total": 2}}, {"timed_out": True}])
def test_half_an_answer_is_none(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, part: dict[str, Any]
) -> None:
    whole = {"_shards": {"failed": 0, "total": 2}, "hits": {"hits": [], "total": {"value": 0}}}

    class Engine:
        def search(self, **_: Any) -> _Answer:
            return _Answer(whole | part)

    monkeypatch.setattr(asking, "client", lambda _: Engine())
    with pytest.raises(SearchUnavailable):
        search_page(finding.asking())


def test_refusal_of_an_engine_is_a_bad_query(indexes: Settings) -> None:
    with pytest.raises(BadQuery):
        asking.ask([COURSE], Search().extra(search_after=[1]))
