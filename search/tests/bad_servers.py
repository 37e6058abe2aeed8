"""Servers on loopback that do what search servers should not."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Behaviour = Callable[[socket.socket], None]
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class BadServer:
    """Accepts connections and behaves as it is told to; counts the requests."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.requests = 0
        self._ending = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def stop(self) -> None:
        self._ending.set()
        with suppress(OSError):
            socket.create_connection(self._listener.getsockname(), 1).close()
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._ending.is_set():
                connection.close()
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(30)
            while connection.recv(65536):
                self.requests += 1
                self.behave(connection)


@contextmanager
def bad_server(behave: Behaviour) -> Iterator[BadServer]:
    """A server that behaves so, until the end of the block."""
    server = BadServer(behave)
    try:
        yield server
    finally:
        server.stop()


def hang(connection: socket.socket) -> None:
    """Say nothing."""
    time.sleep(5)


def drip(connection: socket.socket) -> None:
    """Answer a byte at a time, each well before any time-out of a single read."""
    connection.sendall(_HEAD + b"Content-Length: 1000\r\n\r\n{")
    for _ in range(100):
        time.sleep(0.05)
        connection.sendall(b" ")


def drip_headers(connection: socket.socket) -> None:
    """Never end the headers."""
    connection.sendall(_HEAD)
    for number in range(100):
        time.sleep(0.05)
        connection.sendall(b"X-%d: 1\r\n" % number)


def garbage(connection: socket.socket) -> None:
    """Answer what is no HTTP."""
    connection.sendall(b"\x00\xff garbage \r\n\r\n")
    connection.close()


def cut_off(connection: socket.socket) -> None:
    """Answer half of what was promised."""
    connection.sendall(_HEAD + b'Content-Length: 1000\r\n\r\n{"took": 1')
    connection.close()


def hang_up(connection: socket.socket) -> None:
    """Close the connection instead of answering."""
    connection.close()


def answer(body: bytes, status: str = "200 OK", media: str = "application/json") -> Behaviour:
    """Answer this, whatever is asked."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(
            f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
            .encode() + body
        )  # fmt: skip

    behave.__name__ = status.partition("\r")[0] + " " + body[:20].decode()
    return behave


web_page = answer(b"<html>It works!</html>", media="text/html")
broken_json = answer(b'{"took": ')
other_json = answer(b'{"hello": "world"}')
a_list = answer(b"[]")
empty = answer(b"")
error_500 = answer(b'{"error": {"type": "x", "reason": "y"}, "status": 500}', "500 Oops")
web_502 = answer(b"<html>Bad gateway</html>", "502 Bad Gateway", "text/html")
redirect = answer(b"", "302 Found\r\nLocation: http://127.0.0.1:1/", "text/html")
too_busy = answer(b'{"error": {"type": "x", "reason": "y"}, "status": 429}', "429 Too Many")
one_shard_failed = answer(
    json.dumps(
        {
            "_shards": {"total": 2, "successful": 1, "failed": 1},
            "hits": {"hits": [], "total": {"value": 0, "relation": "eq"}},
        }
    ).encode()
)
good = answer(
    json.dumps(
        {
            "_shards": {"total": 1, "successful": 1, "failed": 0},
            "hits": {"hits": [], "total": {"value": 7, "relation": "eq"}},
        }
    ).encode()
)
