"""The lines of a document, each checked."""

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from course_discovery.clients.errors import ShortFetch
from course_discovery.clients.feed import MAX_LINE_BYTES, LineTooLong, split_lines
from course_discovery.core.fields import fold
from course_discovery.loaders.feed.lines import BadLine, FeedLine, read_line
from course_discovery.loaders.report import SourceReport

MAX_LINES = 200_000
"""Lines that one document may have: the keys of all of them are held in memory."""
_PIECE = 65_536

NumberedLines = Iterable[tuple[int, bytes | LineTooLong]]


def file_lines(path: Path) -> Iterator[tuple[int, bytes | LineTooLong]]:
    """Numbered lines of a file on disk, blank ones left out; gzip is unpacked.

    Raises OSError for a file that cannot be read, ShortFetch for a damaged gzip file.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        document = gzip.GzipFile(fileobj=file) if packed else file
        pieces = iter(lambda: document.read(_PIECE), b"")
        number = 0
        try:
            for number, line in split_lines(pieces, MAX_LINE_BYTES):
                if isinstance(line, LineTooLong) or line.strip():
                    yield number, line
        except (EOFError, zlib.error, gzip.BadGzipFile):
            reason = "the file is damaged, or ends too early"
            raise ShortFetch("READ", path.name, reason, seen=number) from None


def checked_lines(lines: NumberedLines, report: SourceReport) -> Iterator[FeedLine]:
    """Lines that the catalog may take, in their order; the others are reported.

    The first line of a key counts, another one is reported. Raises what `lines` raises, and
    ShortFetch when there are more than MAX_LINES.
    """
    first: dict[bytes, int] = {}
    for number, content in lines:
        if report.row.seen >= MAX_LINES:
            reason = f"has more than {MAX_LINES} lines, the others are left out"
            raise ShortFetch("READ", "the feed", reason, seen=report.row.seen)
        report.see()
        try:
            line = _checked(number, content)
        except BadLine as error:
            report.refuse(str(error), key=error.key, line=number)
            continue
        identities = [_identity(line.kind, name) for name in line.names]
        twin = next((first[each] for each in identities if each in first), None)
        if twin is not None:
            report.refuse(f"the same key as in line {twin}", key=line.key, line=number)
            continue
        first.update(dict.fromkeys(identities, number))
        yield line


def _checked(number: int, content: bytes | LineTooLong) -> FeedLine:
    if isinstance(content, LineTooLong):
        raise BadLine(f"longer than {content.max_bytes} bytes")
    return read_line(number, content)


def _identity(kind: str, name: str) -> bytes:
    # A degree is a program, and has its names among them.
    kind = "program" if kind == "degree" else kind
    return hashlib.blake2b(f"{kind} {fold(name)}".encode(), digest_size=16).digest()
