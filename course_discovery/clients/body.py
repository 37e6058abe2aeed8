"""The body of one answer, read piece by piece in bounded memory."""

import html
import re
import zlib
from collections.abc import Iterator
from http.client import HTTPException

import requests
import urllib3

from course_discovery.clients.errors import BadAnswer, Unreachable
from course_discovery.clients.retry import Clock

_PIECE = 65_536
_GZIP_MAGIC = b"\x1f\x8b"
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,400})", re.IGNORECASE)
_TITLE_LENGTH = 60


class DamagedGzip(Exception):
    """Bytes that are not gzip where gzip was announced."""


class TruncatedGzip(Exception):
    """A gzip stream without its end."""


def gunzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked pieces of a gzip stream of one or more members (RFC 1952), 64 KiB at most each.

    Zero bytes between and after members are padding. No bytes at all unpack to none. Raises
    `DamagedGzip` or `TruncatedGzip`.
    """
    decoder = None
    for piece in pieces:
        rest = piece
        while rest:
            if decoder is None:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                decoder = zlib.decompressobj(wbits=31)
            try:
                unpacked = decoder.decompress(rest, _PIECE)
            except zlib.error:
                raise DamagedGzip from None
            if unpacked:
                yield unpacked
            rest = decoder.unconsumed_tail
            if decoder.eof:
                rest, decoder = decoder.unused_data, None
    if decoder is not None:
        raise TruncatedGzip


class Body:
    """An open answer: status, headers, and the body as an iterator of decoded pieces.

    A piece has 64 KiB at most. `deadline` is a reading of `clock.monotonic`: a peer that drips is
    cut off there. While iterating, `Unreachable` means that the body did not arrive whole,
    `BadAnswer` that its encoding is wrong.
    """

    def __init__(
        self, response: requests.Response, method: str, url: str, clock: Clock, deadline: float
    ) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.method = method
        self.url = url
        self._response = response
        self._clock = clock
        self._deadline = deadline

    @property
    def content_type(self) -> str:
        """Media type in lower case, without parameters; `''` when the answer names none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def is_json(self) -> bool:
        return self.content_type == "application/json" or self.content_type.endswith("+json")

    @property
    def is_html(self) -> bool:
        return self.content_type in {"text/html", "application/xhtml+xml"}

    def close(self) -> None:
        self._response.close()

    def bad(self, reason: str) -> BadAnswer:
        return BadAnswer(self.method, self.url, reason, self.status)

    def __iter__(self) -> Iterator[bytes]:
        encoding = self.headers.get("Content-Encoding", "").strip().lower()
        if encoding in {"", "identity"}:
            return self._raw_pieces()
        if encoding in {"gzip", "x-gzip"}:
            return self._unpacked(self._raw_pieces())
        raise self.bad("content encoding that was not asked for")

    def unpacked_pieces(self) -> Iterator[bytes]:
        """Pieces of the document, also when the document itself is a gzip file (`.gz`)."""
        pieces = iter(self)
        start = b""
        while len(start) < len(_GZIP_MAGIC) and (piece := next(pieces, b"")):
            start += piece
        document = _chain(start, pieces)
        return self._unpacked(document) if start.startswith(_GZIP_MAGIC) else document

    def read(self, max_bytes: int) -> bytes:
        """The whole body; `BadAnswer` when it is larger than `max_bytes` (unpacked)."""
        announced = self.headers.get("Content-Length", "")
        if announced.isdigit() and len(announced) < 20 and int(announced) > max_bytes:
            raise self.bad(f"answer of more than {max_bytes} bytes")
        data = bytearray()
        for piece in self:
            data += piece
            if len(data) > max_bytes:
                raise self.bad(f"answer of more than {max_bytes} bytes")
        return bytes(data)

    def head(self, size: int) -> bytes:
        """The first `size` bytes, or what can be read of them; never raises a `ClientError`."""
        data = bytearray()
        try:
            for piece in self:
                data += piece
                if len(data) >= size:
                    break
        except (Unreachable, BadAnswer):
            pass
        return bytes(data[:size])

    def title(self) -> str:
        """First words of an HTML page's title, printable, `''` without one."""
        match = _TITLE.search(self.head(16_384))
        if match is None:
            return ""
        words = " ".join(html.unescape(match[1].decode("utf-8", "replace")).split())
        return "".join(char for char in words if char.isprintable())[:_TITLE_LENGTH]

    def _raw_pieces(self) -> Iterator[bytes]:
        while True:
            if self._clock.monotonic() > self._deadline:
                raise self._broken("the answer took too long")
            try:
                # read1 returns what one read of the socket gives, so the time is looked at often.
                piece = self._response.raw.read1(_PIECE, decode_content=False)
            except urllib3.exceptions.TimeoutError:
                raise self._broken("silence inside the answer until the read time-out") from None
            except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError):
                raise self._broken("the connection broke inside the answer") from None
            if not piece:
                return
            yield piece

    def _unpacked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from gunzip(pieces)
        except DamagedGzip:
            raise self.bad("damaged gzip") from None
        except TruncatedGzip:
            raise self._broken("the compressed answer ends too early") from None

    def _broken(self, reason: str) -> Unreachable:
        return Unreachable(self.method, self.url, reason, self.status)


def _chain(start: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    if start:
        yield start
    yield from pieces
