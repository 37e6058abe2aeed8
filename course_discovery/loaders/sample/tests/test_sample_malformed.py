"""What a stranger may send: a clear 4xx each time, never a traceback, and the server lives on."""

import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_discovery.loaders.sample.server import MAX_CONNECTIONS, SampleServer
from course_discovery.loaders.sample.tests.browser import FORM, Browser

TOKEN = "/oauth2/access_token"
COURSES = "/api/courses/v1/courses/"


@pytest.fixture(scope="module")
def hasty(state: Path) -> Iterator[Browser]:
    """A server with little patience."""
    with SampleServer(state, request_seconds=0.5) as running:
        yield Browser(running.base_url)


def status_of(received: bytes) -> int:
    version, status, _ = received.split(b" ", 2)
    assert version == b"HTTP/1.1"
    return int(status)


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1024 * 1024])
def test_an_oversized_body_is_refused(browser: Browser, size: int) -> None:
    reply = browser.call("POST", TOKEN, headers=FORM, body=b"a" * size)
    assert (reply.status, reply.headers["Connection"]) == (413, "close")


def test_an_enormous_length_is_refused_unread(browser: Browser) -> None:
    sent = f"POST {TOKEN} HTTP/1.1\r\nContent-Length: {'9' * 4000}\r\n\r\n".encode()
    host, port = browser.address.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert status_of(connection.recv(1000)) == 413


@pytest.mark.parametrize("length", ["-1", "ten", "1e3", "٣", ""])
def test_a_length_that_is_no_number_is_refused(browser: Browser, length: str) -> None:
    head = f"POST {TOKEN} HTTP/1.1\r\nContent-Length: {length}\r\n\r\n"
    assert status_of(browser.raw(head.encode("utf-8"))) == 400


def test_zeros_before_a_length_do_not_shorten_it(browser: Browser) -> None:
    body = b"grant_type=implicit"
    head = f"POST {TOKEN} HTTP/1.1\r\nConnection: close\r\nContent-Length: {len(body):030}\r\n\r\n"
    assert browser.raw(head.encode("ascii") + body).count(b"HTTP/1.1") == 1
    assert b"unsupported_grant_type" in browser.raw(head.encode("ascii") + body)


def test_a_body_in_chunks_is_refused(browser: Browser) -> None:
    head = f"POST {TOKEN} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert status_of(browser.raw(head.encode("ascii"))) == 411


def test_too_many_fields_are_refused(browser: Browser) -> None:
    many = "&".join(f"a{number}=1" for number in range(200))
    assert browser.call("POST", TOKEN, headers=FORM, body=many.encode("ascii")).status == 400
    assert browser.call("GET", f"{COURSES}?{many}").status == 400


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1", 414),
        (b"GET / HTTP/9.1", 505),
        (b"GET /", 505),
        (b"GET / SPDY", 400),
        (b"nonsense", 400),
        (b"\xff\xfe\x00 / HTTP/1.1", 501),
        (b"BREW /coffee HTTP/1.1", 501),
        (b"GET http://[ HTTP/1.1", 400),
        (b"GET /%ff%00%c3 HTTP/1.1", 404),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000, 431),
        (b"GET / HTTP/1.1\r\n" + b"\r\n".join(b"X: y" for _ in range(200)), 431),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else "",
)
def test_an_unreadable_request_is_answered(browser: Browser, line: bytes, status: int) -> None:
    received = browser.raw(line + b"\r\nConnection: close\r\n\r\n")
    assert status_of(received) == status
    assert b"Traceback" not in received
    assert b"application/json" in received


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", [COURSES, "/feed/catalog.jsonl", "/feed/logos/LindenTech.png"])
def test_what_can_only_be_read_refuses_other_methods(
    browser: Browser, method: str, path: str
) -> None:
    reply = browser.call(method, path)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")


def test_a_token_is_only_posted_for(browser: Browser) -> None:
    reply = browser.get(TOKEN)
    assert (reply.status, reply.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("path", [COURSES, "/feed/catalog.jsonl", "/feed/logos/LindenTech.png"])
def test_head_tells_the_headers_alone(browser: Browser, service: str, path: str) -> None:
    head = browser.call("HEAD", path, token=service)
    full = browser.get(path, service)
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "Date": ""} == {**full.headers, "Date": ""}


def test_a_connection_serves_several_requests(browser: Browser) -> None:
    one = b"GET /feed/logos/LindenTech.png HTTP/1.1\r\n"
    received = browser.raw((one + b"\r\n") * 2 + one + b"Connection: close\r\n\r\n")
    assert received.count(b"HTTP/1.1 200 OK") == 3


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /feed",
        b"GET / HTTP/1.1\r\nHost:",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nx",
    ],
    ids=["nothing", "half a line", "half a header", "half a body"],
)
def test_a_caller_who_stops_is_let_go(hasty: Browser, sent: bytes) -> None:
    received = hasty.raw(sent, wait=5)
    assert received == b"" or status_of(received) == 408


def test_a_caller_who_drips_is_let_go(hasty: Browser) -> None:
    host, port = hasty.address.split(":")
    began = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        try:
            while time.monotonic() < began + 5:
                connection.sendall(b"G")
                time.sleep(0.05)
        except ConnectionError:
            pass
    assert time.monotonic() - began < 3


def test_beyond_its_connections_the_server_says_so(state: Path) -> None:
    with SampleServer(state) as running:
        browser = Browser(running.base_url)
        host, port = browser.address.split(":")
        held = [socket.create_connection((host, int(port))) for _ in range(MAX_CONNECTIONS)]
        try:
            assert status_of(browser.raw(b"")) == 503
        finally:
            for connection in held:
                connection.close()
        until = time.monotonic() + 5
        while browser.raw(b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 503"):
            assert time.monotonic() < until


def test_a_fault_of_our_own_shows_nothing(
    state: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SampleServer(state) as running:
        monkeypatch.setattr(running.site, "catalog", None)
        with caplog.at_level(logging.ERROR):
            reply = Browser(running.base_url).get("/feed/logos/LindenTech.png")
    assert (reply.status, list(reply.json)) == (500, ["detail"])
    assert b"NoneType" not in reply.body
    assert "AttributeError" in caplog.text


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    method=st.sampled_from([b"GET", b"POST", b"HEAD", b"PUT"]),
    path=st.sampled_from(
        [
            COURSES,
            TOKEN,
            "/feed/catalog.jsonl",
            "/feed/logos/",
            "/asset-v1:",
            "/api/course_modes/v1/",
        ]
    ),
    junk=st.binary(max_size=60),
)
def test_no_bytes_break_the_server(browser: Browser, method: bytes, path: str, junk: bytes) -> None:
    received = browser.raw(
        method + b" " + path.encode("ascii") + junk + b" HTTP/1.0\r\nContent-Length: 0\r\n\r\n"
    )
    assert b"Traceback" not in received
    assert received == b"" or status_of(received) < 500 or status_of(received) in {501, 505}
