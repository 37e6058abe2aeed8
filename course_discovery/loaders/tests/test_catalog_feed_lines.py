from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.loaders.feed.lines import BadLine, FeedLine, read_line

COURSE = {"kind": "course", "key": "edX+DemoX"}
RUN = {"kind": "course_run", "key": "course-v1:edX+DemoX+1"}
SUBJECT = {"kind": "subject", "slug": "math", "name": "Math"}
ORGANIZATION = {"kind": "organization", "key": "edX"}


def read(line: Any) -> FeedLine:
    return read_line(7, line if isinstance(line, bytes) else orjson.dumps(line))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON in UTF-8"),
        (b"\xff\xfe", "not JSON in UTF-8"),
        (b'{"kind": "course", "key": NaN}', "not JSON in UTF-8"),
        (b'"\\ud800"', "not JSON in UTF-8"),
        (b"[" * 5000, "not JSON in UTF-8"),
        ([], "not a JSON object"),
        ("course", "not a JSON object"),
        ({}, "kind: not one of course, course_run, curriculum, degree, language, level,"),
        ({"kind": "planet"}, "kind: not one of course, course_run, curriculum, degree,"),
        ({"kind": ["course"]}, "kind: not one of"),
        ({"kind": "course"}, "key is missing"),
        ({"kind": "course", "key": 5}, "key: is no string"),
        ({"kind": "course", "key": "edX DemoX"}, "key: has the wrong form"),
        ({"kind": "course", "key": "MITx+JPAL 101x"}, "key: has the wrong form"),
        ({"kind": "course", "key": "a+" + "b" * 300}, "key: longer than 255 characters"),
        (COURSE | {"colour": "red"}, "unknown key 'colour'"),
        (COURSE | {"title": ""}, "title: may not be empty"),
        (COURSE | {"title": "  "}, "title: may not be empty"),
        (COURSE | {"title": None}, "title: is no string"),
        (COURSE | {"title": "a\x00b"}, "has a NUL character"),
        (COURSE | {"card_image_url": "javascript:x"}, "card_image_url: has the wrong form"),
        (COURSE | {"course_length": "endless"}, "course_length: not one of , short, medium, long"),
        (COURSE | {"organizations": []}, "organizations: may not be empty"),
        (COURSE | {"organizations": ["a", "é"]}, "organizations.1: has the wrong form"),
        (COURSE | {"entitlements": [{}, {}]}, "entitlements: more than 1 items"),
        (COURSE | {"entitlements": [{"mode": "verified"}]}, "entitlements.0: price is missing"),
        (COURSE | {"video": {"src": "x"}}, "video.src: has the wrong form"),
        (RUN | {"start": "2027-01-01"}, "start: no date and time with a zone"),
        (RUN | {"start": "2027-01-01T10:00:00"}, "start: no date and time with a zone"),
        (RUN | {"start": "0001-01-01T00:00:00+10:00"}, "start: no date and time with a zone"),
        (RUN | {"start": 2027}, "start: is no string or null"),
        (RUN | {"min_effort": -1}, "min_effort: less than 0"),
        (RUN | {"min_effort": 40000}, "min_effort: more than 32767"),
        (RUN | {"min_effort": True}, "min_effort: is no integer or null"),
        (RUN | {"hidden": "no"}, "hidden: is no boolean"),
        (RUN | {"status": "gone"}, "status: not one of unpublished, reviewed, published"),
        (RUN | {"seats": [{"type": "audit", "price": -5}]}, "seats.0.price: less than 0"),
        (RUN | {"seats": [{"type": "audit", "price": "1.005"}]},
         "seats.0.price: has the wrong form"),
        (RUN | {"seats": [{"type": "audit", "price": None}]},
         "seats.0.price: is no number or string"),
        ({"kind": "subject", "slug": "math"}, "name is missing"),
        (SUBJECT | {"name": {}}, "name: neither a text nor texts by language"),
        (SUBJECT | {"name": {"en": 5}}, "name: neither a text nor texts by language"),
        (SUBJECT | {"slug": "a b"}, "slug: has the wrong form"),
        (ORGANIZATION | {"organization_hex_color": "red"},
         "organization_hex_color: has the wrong form"),
    ],
)  # fmt: skip
def test_bad_line_names_key_and_rule(line: Any, reason: str) -> None:
    with pytest.raises(BadLine) as raised:
        read(line)
    assert str(raised.value).startswith(reason)


def test_reason_never_repeats_a_value() -> None:
    secret = "s3cret" * 20_000
    for line in (COURSE | {"title": secret}, COURSE | {"url_slug": secret}, {"kind": secret}):
        with pytest.raises(BadLine) as raised:
            read(line)
        assert "s3cret" not in str(raised.value)
        assert len(str(raised.value)) < 200
    with pytest.raises(BadLine) as raised:
        read(COURSE | {secret: 1})
    assert len(str(raised.value)) < 100


def test_key_is_told_with_the_reason() -> None:
    with pytest.raises(BadLine) as raised:
        read(RUN | {"colour": "red"})
    assert raised.value.key == "course-v1:edX+DemoX+1"


def test_texts_are_stripped() -> None:
    line = read({"kind": "course", "key": " edX+DemoX\n", "title": " Demo ", "subjects": [" a "]})
    assert (line.number, line.kind, line.key) == (7, "course", "edX+DemoX")
    assert (line.values["title"], line.values["subjects"]) == ("Demo", ["a"])


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (SUBJECT, "math"),
        ({"kind": "level", "name": {"fr": "Débutant", "en": "Introductory"}}, "Introductory"),
        ({"kind": "level", "name": "Advanced"}, "Advanced"),
        ({"kind": "language", "code": "es-419", "name": "Spanish"}, "es-419"),
        (RUN | {"key": "edX/DemoX/2013"}, "edX/DemoX/2013"),
    ],
)
def test_every_kind_has_its_key(line: Any, key: str) -> None:
    assert read(line).key == key


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["kind", "key", "slug", "name", "title", "seats", "organizations", "start", "video", "price"]
)
ALMOST = st.dictionaries(NAMES, JSON, max_size=6).map(dict) | JSON


@given(st.binary(max_size=60) | ALMOST, st.sampled_from(["course", "course_run", "subject", "x"]))
def test_any_line_is_read_or_refused(line: Any, kind: str) -> None:
    told = {"kind": kind, **line} if isinstance(line, dict) else line
    try:
        encoded = told if isinstance(told, bytes) else orjson.dumps(told)
    except (orjson.JSONEncodeError, TypeError):
        return
    with suppress(BadLine):
        assert read_line(1, encoded).number == 1
