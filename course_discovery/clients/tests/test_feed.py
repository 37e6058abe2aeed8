import gzip
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_discovery.clients.body import DamagedGzip, TruncatedGzip, gunzip
from course_discovery.clients.errors import BadAnswer, Refused, ServerFault, ShortFetch
from course_discovery.clients.feed import LineTooLong, fetch_image, open_lines, split_lines
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime, MakeSession
from course_discovery.clients.tests.scripted_server import (
    Answer,
    ScriptedServer,
    gzip_answer,
    html_answer,
    json_answer,
)

LINES = {"Content-Type": "application/jsonl"}
GZIP = {"Content-Type": "application/gzip"}
PNG = {"Content-Type": "image/png"}


def pieces_of(document: bytes, size: int) -> Iterator[bytes]:
    return (document[start : start + size] for start in range(0, len(document), size))


def test_lines_come_with_their_numbers(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue("/feed", Answer(200, b'\xef\xbb\xbf{"a":1}\r\n\n  \n{"b":2}', LINES))
    assert list(open_lines(url, session=session)) == [(1, b'{"a":1}'), (4, b'{"b":2}')]
    assert "authorization" not in server.requests[0].headers


def test_feed_needs_no_session_of_the_caller(server: ScriptedServer) -> None:
    assert list(open_lines(server.queue("/feed", Answer(200, b"1\n2\n")))) == [(1, b"1"), (2, b"2")]


def test_long_line_is_marked_and_the_next_one_follows(
    server: ScriptedServer, session: ServiceSession
) -> None:
    document = b"1\n" + b"x" * 1_000_001 + b"\n" + b"y" * 1_000_000 + b"\r\n4"
    url = server.queue("/feed", Answer(200, document, LINES))
    assert list(open_lines(url, session=session)) == [
        (1, b"1"),
        (2, LineTooLong(1_000_000)),
        (3, b"y" * 1_000_000),
        (4, b"4"),
    ]


def test_gzip_is_unpacked_as_encoding_as_document_and_both(
    server: ScriptedServer, session: ServiceSession
) -> None:
    packed = gzip.compress(b"1\n") + gzip.compress(b"2\n")
    encoded = gzip_answer(b"1\n2\n", "application/jsonl")
    document = Answer(200, packed, GZIP)
    both = gzip_answer(packed, "application/gzip")
    for name, answer in {"/encoded": encoded, "/document": document, "/both": both}.items():
        lines = open_lines(server.queue(name, answer), session=session)
        assert list(lines) == [(1, b"1"), (2, b"2")]


@pytest.mark.parametrize("fault", ["short", "cut_chunk"])
def test_feed_that_breaks_off_is_a_short_fetch(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime, fault: str
) -> None:
    document = b"".join(b'{"number": %d}\n' % number for number in range(1000))
    url = server.queue("/feed", Answer(200, document, LINES, fault))
    seen: list[object] = []
    with pytest.raises(ShortFetch) as caught:
        seen.extend(open_lines(url, session=session))
    assert caught.value.seen == len(seen)
    assert 400 < caught.value.seen < 600
    assert caught.value.announced is None
    assert fake_time.sleeps == []


def test_line_that_was_cut_off_is_not_given(
    server: ScriptedServer, session: ServiceSession
) -> None:
    url = server.queue("/feed", Answer(200, b"1\n2222222222\n", LINES, "short"))
    lines = open_lines(url, session=session)
    assert next(lines) == (1, b"1")
    with pytest.raises(ShortFetch):
        next(lines)


@pytest.mark.parametrize("kind", [GZIP, {**LINES, "Content-Encoding": "gzip"}])
def test_truncated_gzip_is_a_short_fetch(
    server: ScriptedServer, session: ServiceSession, kind: dict[str, str]
) -> None:
    packed = gzip.compress(b"1\n2\n")[:-4]
    url = server.queue("/feed", Answer(200, packed, kind, "close"))
    with pytest.raises(ShortFetch, match="compressed"):
        list(open_lines(url, session=session))


def test_damaged_gzip_is_a_bad_answer(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue("/feed", Answer(200, b"\x1f\x8b" + b"x" * 100, GZIP))
    with pytest.raises(BadAnswer, match="damaged gzip"):
        list(open_lines(url, session=session))


def test_feed_that_falls_silent_is_a_short_fetch(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    url = server.queue("/feed", Answer(200, b"1\n2\n3\n4\n", LINES, "stall"))
    with pytest.raises(ShortFetch, match="silence") as caught:
        list(open_lines(url, session=make_session(read_timeout=0.15)))
    assert caught.value.seen == 2


def test_feed_that_takes_too_long_is_a_short_fetch(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/feed", Answer(200, b"1\n" * 200_000, LINES))
    lines = open_lines(url, session=session, max_seconds=60)
    assert next(lines) == (1, b"1")
    fake_time.pass_seconds(61)
    with pytest.raises(ShortFetch, match="too long"):
        list(lines)


def test_opening_is_tried_again(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/feed", json_answer({}, 502), Answer(fault="reset"), Answer(200, b"1"))
    assert list(open_lines(url, session=session)) == [(1, b"1")]
    assert fake_time.sleeps == [1.0, 2.0]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (html_answer("Sign in"), BadAnswer),
        (json_answer({}, 404), Refused),
        (json_answer({}, 500), ServerFault),
        (Answer(200, b"1", {"Content-Encoding": "br"}), BadAnswer),
    ],
)
def test_feed_that_is_none_is_named(
    server: ScriptedServer, session: ServiceSession, answer: Answer, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        list(open_lines(server.queue("/feed", answer), session=session))


def test_empty_feed_has_no_lines(server: ScriptedServer, session: ServiceSession) -> None:
    assert list(open_lines(server.queue("/feed", Answer(200)), session=session)) == []


def test_memory_does_not_grow_with_the_feed(
    server: ScriptedServer, session: ServiceSession
) -> None:
    packed = gzip_answer(b"x" * 20_000_000 + b"\n" + b'{"a": 1}\n' * 100_000, "application/jsonl")
    url = server.queue("/feed", packed)
    tracemalloc.start()
    try:
        count = sum(1 for _ in open_lines(url, session=session))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_001
    assert peak < 5_000_000


@settings(deadline=None)
@given(document=st.binary(max_size=200), size=st.integers(1, 40))
def test_split_lines_agrees_with_a_whole_read(document: bytes, size: int) -> None:
    whole = document.split(b"\n")
    if not whole[-1]:
        whole.pop()
    whole[:1] = [line.removeprefix(b"\xef\xbb\xbf") for line in whole[:1]]
    expected = [(number, line.removesuffix(b"\r")) for number, line in enumerate(whole, start=1)]
    assert list(split_lines(pieces_of(document, size), 1000)) == expected


@settings(deadline=None)
@given(lengths=st.lists(st.integers(0, 12), max_size=8), size=st.integers(1, 9))
def test_split_lines_marks_exactly_the_long_ones(lengths: list[int], size: int) -> None:
    document = b"".join(b"x" * length + b"\n" for length in lengths)
    lines = list(split_lines(pieces_of(document, size), 6))
    assert [isinstance(line, LineTooLong) for _, line in lines] == [
        length > 6 for length in lengths
    ]


@settings(deadline=None)
@given(
    parts=st.lists(st.binary(max_size=300), max_size=4),
    size=st.integers(1, 50),
    padding=st.integers(0, 9),
)
def test_gunzip_agrees_with_the_gzip_module(parts: list[bytes], size: int, padding: int) -> None:
    packed = b"".join(gzip.compress(part) + b"\0" * padding for part in parts)
    assert (
        b"".join(gunzip(pieces_of(packed, size)))
        == gzip.GzipFile(fileobj=io.BytesIO(packed)).read()
    )


@settings(deadline=None)
@given(data=st.binary(max_size=300), cut=st.integers(1, 20))
def test_gunzip_misses_the_end(data: bytes, cut: int) -> None:
    packed = gzip.compress(data)
    with pytest.raises(TruncatedGzip):
        list(gunzip(iter([packed[:-cut] or packed[:1]])))


def test_gunzip_tells_damage() -> None:
    packed = bytearray(gzip.compress(b"catalog" * 20))
    packed[-6] ^= 1  # the checksum
    with pytest.raises(DamagedGzip):
        list(gunzip(iter([bytes(packed)])))


def test_gunzip_pieces_stay_small() -> None:
    packed = gzip.compress(b"\0" * 3_000_000)
    sizes = [len(piece) for piece in gunzip(iter([packed]))]
    assert sum(sizes) == 3_000_000
    assert max(sizes) <= 65_536


def test_image_is_fetched_without_a_token(server: ScriptedServer, session: ServiceSession) -> None:
    headers = {"Content-Type": "Image/PNG; x=y"}
    url = server.queue("/a.png", Answer(200, b"\x89PNG", headers))
    assert fetch_image(url, feed_url=server.url, session=session) == (b"\x89PNG", "image/png")
    assert "authorization" not in server.requests[0].headers
    assert server.requests[0].headers["accept"] == "image/*"


def test_image_needs_no_session_of_the_caller(server: ScriptedServer) -> None:
    url = server.queue("/a.png", Answer(200, b"x", PNG))
    assert fetch_image(url, feed_url=server.url) == (b"x", "image/png")


@pytest.mark.parametrize("fault", ["", "close"])
def test_image_above_its_cap_is_refused(
    server: ScriptedServer, session: ServiceSession, fault: str
) -> None:
    url = server.queue("/a.png", Answer(200, b"x" * 1001, PNG, fault))
    with pytest.raises(BadAnswer, match="more than 1000 bytes"):
        fetch_image(url, feed_url=server.url, session=session, max_bytes=1000)


@pytest.mark.parametrize("answer", [html_answer("Oops"), Answer(200, b"", PNG), Answer(200, b"x")])
def test_image_that_is_none_is_refused(
    server: ScriptedServer, session: ServiceSession, answer: Answer
) -> None:
    with pytest.raises(BadAnswer):
        fetch_image(server.queue("/a.png", answer), feed_url=server.url, session=session)


def test_image_that_breaks_is_fetched_again(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    whole = Answer(200, b"x" * 100, PNG)
    url = server.queue("/a.png", Answer(200, b"x" * 100, PNG, "short"), whole)
    session = make_session(policy=RetryPolicy(tries=2))
    assert fetch_image(url, feed_url=server.url, session=session)[0] == b"x" * 100
