"""The client's own node, made to talk to Elasticsearch 7 to 9 and to OpenSearch alike."""

import http.client
import io
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import urllib3
from elastic_transport import HttpHeaders, NodeConfig, Urllib3HttpNode
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DEFAULT, DefaultType
from urllib3.connection import HTTPConnection, HTTPSConnection

CONNECT_TIMEOUT = 0.3
"""Seconds after which a server that takes no connection counts as dead."""
MAX_ANSWER = 256 * 1024 * 1024
"""Bytes that an answer may have."""

_VENDOR_TYPE = re.compile(r"application/vnd\.elasticsearch\+([\w-]+); *compatible-with=\d+")
_PRODUCT = "x-elastic-product"


class ServerNode(Urllib3HttpNode):
    """Sends plain media types, and names the product where the server does not.

    A time-out is for the whole request and its answer, however slowly the bytes drip in.
    Connections are opened late and never shared with a process that was forked off.
    """

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._limit_connections()
        self._process = os.getpid()
        self._lock = threading.Lock()

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """Send a request and return the answer; raises as the client's own node does."""
        self._leave_parent()
        timeout = request_timeout
        if isinstance(request_timeout, int | float):
            timeout = cast(Any, urllib3.Timeout(total=request_timeout))
        response = super().perform_request(method, target, body, _plain(headers), timeout)
        response.meta.headers.setdefault(_PRODUCT, "Elasticsearch")
        return response

    def _limit_connections(self) -> None:
        secure = self.config.scheme == "https"
        self.pool.ConnectionCls = _SecureConnection if secure else _Connection

    def _leave_parent(self) -> None:
        """Open connections of its own in a forked process."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                super().__init__(self.config)
                self._limit_connections()
                self._process = os.getpid()


class _Reader(io.RawIOBase):
    """What a socket still says until its time-out, counted from now on, has passed."""

    def __init__(
        self,
        sock: socket.socket,
        raw: io.RawIOBase,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sock, self._raw, self._clock = sock, raw, clock
        self._left = MAX_ANSWER
        limit = sock.gettimeout()
        self._end = None if limit is None else clock() + limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read some bytes. Raises TimeoutError after the end, OSError for too long an answer."""
        if self._end is not None:
            rest = self._end - self._clock()
            if rest <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(rest)
        count = self._raw.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise OSError(f"an answer of more than {MAX_ANSWER} bytes")
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose lines, headers and body must all come in time."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_Reader(sock, self.fp.detach()))


class _Connection(HTTPConnection):
    response_class = _Answer

    def connect(self) -> None:
        with _soon(self):
            super().connect()


class _SecureConnection(HTTPSConnection):
    response_class = _Answer

    def connect(self) -> None:
        with _soon(self):
            super().connect()


@contextmanager
def _soon(connection: HTTPConnection) -> Iterator[None]:
    """Connecting has a limit of its own; sending a large body may take longer."""
    limit = connection.timeout
    connection.timeout = CONNECT_TIMEOUT if limit is None else min(CONNECT_TIMEOUT, limit)
    try:
        yield
    finally:
        connection.timeout = limit
    if connection.sock is not None:
        connection.sock.settimeout(limit)


def _plain(headers: HttpHeaders | None) -> HttpHeaders:
    plain = HttpHeaders()
    for name, value in (headers or {}).items():
        plain[name] = _VENDOR_TYPE.sub(r"application/\1", value)
    return plain
