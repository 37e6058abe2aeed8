"""From bytes on a connection to a request, and from an answer back to bytes.

Everything that a stranger can send is bounded: the time for one request, the length of its
line, headers and body, the number of parameters.
"""

import io
import logging
import socket
import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote, urlsplit

from course_discovery.loaders.sample import routes
from course_discovery.loaders.sample.messages import (
    Answer,
    BadRequest,
    Request,
    detail,
    read_fields,
)
from course_discovery.loaders.sample.site import Site

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024  # bytes; a token request has a few hundred
MAX_DISCARDED = 1024 * 1024
PIECE = 16 * 1024  # bytes of a streamed answer that are sent together


class TimedReader(io.RawIOBase):
    """Reads a socket until a deadline, however slowly the bytes drip in.

    A socket's own time-out starts anew with each byte.
    """

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds
        self.restart()

    def restart(self) -> None:
        """Give the next request its full time."""
        self._deadline = time.monotonic() + self._seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Raises TimeoutError at the deadline."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(self._seconds)


class Refused(Exception):
    """The body of a request cannot be taken; the connection ends after the answer."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


class SampleHandler(BaseHTTPRequestHandler):
    """One connection to the sample platform."""

    protocol_version = "HTTP/1.1"
    site: Site  # set by the server on a class of its own

    def version_string(self) -> str:
        return "SamplePlatform"

    def setup(self) -> None:
        super().setup()
        self._reader = TimedReader(self.connection, self.timeout or 10)
        self.rfile.close()
        self.rfile = io.BufferedReader(self._reader)

    def handle_one_request(self) -> None:
        self._reader.restart()
        super().handle_one_request()

    def respond(self) -> None:
        """Answer one request whose line and headers have been read."""
        if self.request_version == "HTTP/0.9":
            self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
            return
        try:
            self._send(self._answer())
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = respond

    def _answer(self) -> Answer:
        try:
            return routes.answer(self.site, self._request())
        except BadRequest as error:
            return detail(400, str(error))
        except Refused as error:
            return detail(error.status, str(error), {"Connection": "close"})
        except Exception:
            logger.exception("The sample platform failed to answer %s.", self.command)
            return detail(500, "The sample platform failed.", {"Connection": "close"})

    def _request(self) -> Request:
        body = self._body()
        try:
            target = urlsplit(self.path)
        except ValueError:
            raise BadRequest("The address cannot be read.") from None
        return Request(
            method=self.command,
            path=unquote(target.path, errors="replace"),
            query=read_fields(target.query),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )

    def _body(self) -> bytes:
        if "Transfer-Encoding" in self.headers:
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "A body needs a Content-Length.")
        text = self.headers.get("Content-Length", "0").strip()
        if not (text.isascii() and text.isdigit()):
            raise Refused(HTTPStatus.BAD_REQUEST, "The Content-Length is no number.")
        length = int(text.lstrip("0")[:12] or "0")  # twelve digits are far too many already
        try:
            body = self.rfile.read(min(length, MAX_DISCARDED))
        except TimeoutError:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, "The body took too long.") from None
        # A refused body is read all the same, up to a point: a caller who is still sending
        # when the connection closes would never see the answer.
        if length > MAX_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {MAX_BODY} bytes.")
        if len(body) < length:
            raise Refused(HTTPStatus.BAD_REQUEST, "The body is shorter than announced.")
        return body

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if isinstance(answer.body, bytes):
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
        else:
            self._stream(answer.body)

    def _stream(self, body: Iterable[bytes]) -> None:
        """Chunks (RFC 9112, section 7.1), or for HTTP/1.0 bytes until the connection ends."""
        chunked = self.request_version == self.protocol_version
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        for piece in _pieces(body):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class refuses by itself: unreadable lines and headers, odd methods."""
        self.request_version = self.protocol_version  # a line without a version gets headers, too
        try:
            self._send(detail(code, HTTPStatus(code).phrase, {"Connection": "close"}))
        except (ConnectionError, TimeoutError):
            logger.debug("The caller has gone before the answer.")

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug("%r", format % args)


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer, larger pieces; never an empty one."""
    waiting = bytearray()
    for line in lines:
        waiting += line
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
