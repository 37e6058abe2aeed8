"""A search server that fails is left alone, and what needs no search goes on."""

import socket
import threading
import time
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from search.documents.connection import client
from search.documents.kinds import COURSE
from search.engine.breaker import FAILURES, PAUSE, Breaker, LeftAlone
from search.indexing.writing import write_uuids
from search.queries import BadQuery, SearchUnavailable
from search.queries.asking import breakers, who_answers
from search.queries.page import search_page
from search.tests import bad_servers, finding
from search.tests.bad_servers import BadServer, bad_server
from search.tests.catalog import NOW

pytestmark = pytest.mark.django_db
TIMEOUT = 0.4
# A busy machine adds some to the time-out; servers that hang or drip do so for 5 seconds.
SLOW = 3.0


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def short(no_index: Settings) -> Settings:
    """Time-outs that a test can wait for."""
    no_index.SEARCH_TIMEOUTS = dict.fromkeys(no_index.SEARCH_TIMEOUTS, TIMEOUT)
    return no_index


def search() -> int:
    return search_page(finding.asking(q="python")).count


def fail_within(seconds: float, tries: int = 1) -> SearchUnavailable:
    """What a search raises; the quickest of some tries must be that quick."""
    took = []
    for _ in range(tries):
        started = time.monotonic()
        with pytest.raises(SearchUnavailable) as away:
            search()
        took.append(time.monotonic() - started)
    assert min(took) < seconds
    return away.value


BEHAVIOURS = [
    bad_servers.hang, bad_servers.drip, bad_servers.drip_headers, bad_servers.garbage,
    bad_servers.cut_off, bad_servers.hang_up, bad_servers.web_page, bad_servers.broken_json,
    bad_servers.error_500, bad_servers.web_502,
]  # fmt: skip


@pytest.mark.parametrize("behave", BEHAVIOURS, ids=lambda behave: behave.__name__)
def test_server_that_fails_is_left_alone(
    short: Settings, behave: bad_servers.Behaviour, request: pytest.FixtureRequest
) -> None:
    with bad_server(behave) as server:
        short.SEARCH_URL = server.url
        for _ in range(FAILURES):
            fail_within(SLOW)
        asked = server.requests
        assert 1 <= fail_within(0.05, tries=20).retry_after <= PAUSE
        assert server.requests == asked
        assert breakers() == {"reads": "open", "writes": "closed"}


@pytest.mark.parametrize(
    "behave",
    [
        bad_servers.other_json, bad_servers.a_list, bad_servers.empty, bad_servers.redirect,
        bad_servers.too_busy, bad_servers.one_shard_failed,
    ],
)  # fmt: skip
def test_other_answers_are_no_results_either(
    short: Settings, behave: bad_servers.Behaviour
) -> None:
    with bad_server(behave) as server:
        short.SEARCH_URL = server.url
        for _ in range(FAILURES + 1):
            fail_within(SLOW)
        with pytest.raises(SearchUnavailable):
            who_answers()


def test_closed_port_is_left_alone(short: Settings, unused_tcp_port: int) -> None:
    short.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    for _ in range(FAILURES):
        assert "failed 3 times" not in str(fail_within(SLOW))
    assert "failed 3 times" in str(fail_within(0.05, tries=5))


def test_shard_that_fails_because_of_the_query_is_a_bad_query(short: Settings) -> None:
    failure = b'{"reason": {"type": "number_format_exception", "reason": "no number: x"}}'
    told = bad_servers.answer(
        b'{"_shards": {"total": 2, "failed": 1, "failures": [' + failure + b"]},"
        b'"hits": {"hits": [], "total": {"value": 0}}}'
    )
    with bad_server(told) as server:
        short.SEARCH_URL = server.url
        with pytest.raises(BadQuery, match="no number: x"):
            search()


def test_server_is_asked_again_after_a_pause(short: Settings) -> None:
    with bad_server(bad_servers.hang_up) as server:
        short.SEARCH_URL = server.url
        for _ in range(FAILURES):
            fail_within(SLOW)
        clock = at_clock()
        server.behave = bad_servers.good
        clock.now += PAUSE - 0.1
        fail_within(0.05, tries=5)
        assert breakers()["reads"] == "open"
        clock.now += 0.2
        assert breakers()["reads"] == "half-open"
        assert search() == 7
        assert breakers()["reads"] == "closed"


def at_clock() -> Clock:
    """Let the breakers of this process's client go by a clock of ours, from now on."""
    clock = Clock()
    transport: Any = client().transport
    for breaker in transport.breakers.values():
        breaker._until += clock.now - breaker._clock()
        breaker._clock = clock
    return clock


def test_only_one_request_tries_a_server_that_hangs(short: Settings) -> None:
    with bad_server(bad_servers.hang) as server:
        short.SEARCH_URL = server.url
        for _ in range(FAILURES):
            fail_within(SLOW)
        at_clock().now += PAUSE
        asked, slow = server.requests, list[int]()

        def ask() -> None:
            started = time.monotonic()
            with pytest.raises(SearchUnavailable):
                search_page(criteria)
            if time.monotonic() - started >= TIMEOUT:
                slow.append(1)

        criteria = finding.asking()
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.requests == asked + 1
        assert slow


def test_server_without_room_for_documents_still_answers_searches(short: Settings) -> None:
    def behave(connection: socket.socket) -> None:
        # What is written comes last; searches are answered.
        (bad_servers.error_500 if writing else bad_servers.good)(connection)

    writing = True
    with bad_server(behave) as server:
        short.SEARCH_URL = server.url
        for _ in range(FAILURES):
            with pytest.raises(SearchUnavailable):
                write_uuids(COURSE, [str(uuid4())], ["course_1"], NOW)
        writing = False
        assert breakers() == {"reads": "closed", "writes": "open"}
        assert search() == 7


def test_body_that_takes_longer_than_connecting_is_sent(short: Settings) -> None:
    """The limit of connecting is not that of sending a large body to a server far away."""
    short.SEARCH_TIMEOUTS = dict.fromkeys(short.SEARCH_TIMEOUTS, 5.0)

    class Slow(BadServer):
        def _serve(self, connection: socket.socket) -> None:
            with connection:
                time.sleep(0.6)
                read, size = b"", 0
                while b"\r\n\r\n" not in read:
                    read += connection.recv(65536)
                head, _, rest = read.partition(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                size = len(rest)
                while size < length:
                    size += len(connection.recv(1 << 20))
                bad_servers.good(connection)

    server = Slow(bad_servers.good)
    try:
        short.SEARCH_URL = server.url
        answer = client().search(index="course", query={"match": {"text": "x" * 20_000_000}})
        assert answer["hits"]["total"]["value"] == 7
    finally:
        server.stop()


def test_answer_that_is_too_long_is_given_up(
    short: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engine.server_node.MAX_ANSWER", 1000)
    with bad_server(bad_servers.answer(b'{"text": "' + b"x" * 5000 + b'"}')) as server:
        short.SEARCH_URL = server.url
        assert "more than 1000 bytes" in str(fail_within(SLOW))


def test_connection_is_used_again(short: Settings) -> None:
    with bad_server(bad_servers.good) as server:
        short.SEARCH_URL = server.url
        assert [search() for _ in range(5)] == [7] * 5


@given(
    st.lists(
        st.one_of(st.sampled_from(["good", "bad", "lost"]), st.integers(1, 2 * int(PAUSE))),
        max_size=60,
    )
)
def test_breaker_lets_pass_what_it_should(steps: list[Any]) -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    failures, since = 0, 0.0
    for step in steps:
        if isinstance(step, int):
            clock.now += step
            continue
        passes = failures < FAILURES or clock.now - since >= PAUSE
        if not passes:
            with pytest.raises(LeftAlone) as alone:
                breaker.enter()
            assert 0 < alone.value.seconds <= PAUSE
            continue
        breaker.enter()
        if failures >= FAILURES:
            since = clock.now
        if step == "good":
            breaker.succeeded()
            failures = 0
        elif step == "bad":
            breaker.failed()
            failures, since = failures + 1, clock.now
