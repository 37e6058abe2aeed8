from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.loaders.lms_rows import read_row
from course_discovery.loaders.tests.platform import row

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
VALUES = JSON | st.sampled_from(
    ["2027-01-01T00:00:00Z", "9999-12-31T23:59:59-10:00", "self", "&lt;b&gt;", "a\x00", "http://x"]
)


@given(
    st.dictionaries(st.sampled_from(sorted(row())), VALUES),
    st.dictionaries(st.sampled_from(["course_video", "image"]), JSON),
    st.booleans(),
)
def test_any_row_is_read_or_refused(values: Any, media: Any, uses_publisher: bool) -> None:
    told = row(**{"media": media, **{name: v for name, v in values.items() if v is not ...}})
    with suppress(Refusal):
        assert read_row(told, uses_publisher=uses_publisher).told.key == told["id"].strip()


def test_only_what_the_row_has_is_told() -> None:
    told = read_row({"id": "course-v1:edX+A+1"}, uses_publisher=False).told
    assert told.values == {"status": "published"}
    assert (told.course_values, told.seats, told.course_follows) == ({}, None, True)
    assert read_row({"id": "course-v1:edX+A+1"}, uses_publisher=True).told.values == {}


@pytest.mark.parametrize(("end", "ended"), [(None, False), ("2026-01-01T00:00:00Z", True)])
def test_run_without_an_end_never_ends(end: str | None, ended: bool) -> None:
    run = read_row(row(end=end), uses_publisher=False)
    assert run.has_ended(datetime(2027, 1, 1, tzinfo=UTC)) is ended
