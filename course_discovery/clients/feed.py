"""Documents by address: JSON Lines feeds, read as a stream, and images."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from course_discovery.clients.body import Body
from course_discovery.clients.call import Call
from course_discovery.clients.errors import ShortFetch, Unreachable
from course_discovery.clients.session import ServiceSession

MAX_LINE_BYTES = 1_000_000
MAX_FEED_SECONDS = 3600.0
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class LineTooLong:
    """Stands for a line that was skipped because it has more than `max_bytes` bytes."""

    max_bytes: int


def open_lines(
    url: str,
    *,
    session: ServiceSession | None = None,
    max_line_bytes: int = MAX_LINE_BYTES,
    max_seconds: float = MAX_FEED_SECONDS,
) -> Generator[tuple[int, bytes | LineTooLong], None, None]:
    """`(line number, line)` of a JSON Lines document, read as it arrives.

    Numbers start at 1 and count every line; blank lines are left out. A line comes without its
    end; one that is too long comes as `LineTooLong` and the next one follows. Gzip is unpacked,
    as content encoding and as a `.gz` document. `max_seconds` bounds the time from the first to the
    last byte, the caller's work included.

    Raises `ClientError`: `BadAnswer` for an HTML page, `ShortFetch` (seen = lines) when the
    document does not arrive whole. A line that was cut off is never given. A connection that is
    closed without a length or chunks told before cannot be known to be cut (RFC 9112, 8).
    """
    with ExitStack() as stack:
        session = session or stack.enter_context(ServiceSession())
        call = Call(url, accept="application/jsonl, */*;q=0.5")
        body = stack.enter_context(session.open(call, max_seconds=max_seconds))
        if body.is_html:
            raise body.bad(f"HTML page instead of JSON Lines, title: {body.title()!r}")
        number = 0
        try:
            for number, line in split_lines(body.unpacked_pieces(), max_line_bytes):
                if isinstance(line, LineTooLong) or line.strip():
                    yield number, line
        except Unreachable as error:
            raise ShortFetch("GET", url, error.reason, error.status, seen=number) from None


def split_lines(
    pieces: Iterable[bytes], max_line_bytes: int
) -> Iterator[tuple[int, bytes | LineTooLong]]:
    """Lines of a document in pieces, without their ends (LF or CR LF), numbered from 1.

    A byte order mark is left out. Holds `max_line_bytes` and one piece at most.
    """
    number = 1
    line = _Line(max_line_bytes)
    for piece in pieces:
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            line.add(piece[start:end])
            yield number, line.take(number)
            number, start = number + 1, end + 1
        line.add(piece[start:])
    if line.begun:
        yield number, line.take(number)


class _Line:
    """The line that is being read."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._held = bytearray()
        self._too_long = False

    @property
    def begun(self) -> bool:
        return self._too_long or bool(self._held)

    def add(self, part: bytes) -> None:
        if self._too_long or len(self._held) + len(part) > self._max_bytes + len(b"\r"):
            self._too_long = True
            self._held.clear()
        else:
            self._held += part

    def take(self, number: int) -> bytes | LineTooLong:
        line, too_long = bytes(self._held), self._too_long
        self._held, self._too_long = bytearray(), False
        line = line.removesuffix(b"\r")
        if number == 1:
            line = line.removeprefix(_BOM)
        if too_long or len(line) > self._max_bytes:
            return LineTooLong(self._max_bytes)
        return line


def fetch_image(
    url: str,
    *,
    feed_url: str = "",
    max_bytes: int = 2_000_000,
    session: ServiceSession | None = None,
) -> tuple[bytes, str]:
    """(bytes, media type) of an image that a feed names, asked for without any token.

    Only public addresses are asked, redirects included, and the host and port of `feed_url`.
    Raises `ClientError`: `BadAnswer` when it is empty, larger than `max_bytes`, or not sent as an
    image. The bytes are not looked at: any `image/...` may come, SVG too.
    """

    def read(body: Body) -> tuple[bytes, str]:
        if not body.content_type.startswith("image/"):
            raise body.bad("content type is not an image")
        data = body.read(max_bytes)
        if not data:
            raise body.bad("empty image")
        return data, body.content_type

    with ExitStack() as stack:
        session = session or stack.enter_context(ServiceSession())
        return session.fetch(Call(url, accept="image/*", told_by=feed_url), read)
