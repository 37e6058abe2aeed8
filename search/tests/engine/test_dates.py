"""Dates are read as Elasticsearch reads them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.embedded.mapping.dates import (
    format_date,
    is_iso_date,
    parse_date,
    parse_date_math,
)

NOW = 1_772_366_399_123  # 2026-03-01T11:59:59.123Z


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01T00:00:00.000Z", "2026-01-01T23:59:59.999Z"),
        ("2026-10", "2026-10-01T00:00:00.000Z", "2026-10-01T23:59:59.999Z"),
        ("2026-10-11", "2026-10-11T00:00:00.000Z", "2026-10-11T23:59:59.999Z"),
        ("2026-10-11T09", "2026-10-11T09:00:00.000Z", "2026-10-11T09:59:59.999Z"),
        ("2026-10-11T09:30Z", "2026-10-11T09:30:00.000Z", "2026-10-11T09:30:59.999Z"),
        ("2026-10-11T09:30:05+02:00", "2026-10-11T07:30:05.000Z", "2026-10-11T07:30:05.999Z"),
        ("2026-10-11T09:30:05.1239Z", "2026-10-11T09:30:05.123Z", "2026-10-11T09:30:05.123Z"),
        ("1772366399123", "2026-03-01T11:59:59.123Z", "2026-03-01T11:59:59.123Z"),
        ("-1", "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
    ],
)
def test_dates_name_a_span(text: str, first: str, last: str) -> None:
    assert format_date(parse_date(text)) == first
    assert format_date(parse_date(text, round_up=True)) == last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("now", "2026-03-01T11:59:59.123Z", "2026-03-01T11:59:59.123Z"),
        ("now+60d", "2026-04-30T11:59:59.123Z", "2026-04-30T11:59:59.123Z"),
        ("now-1y/y", "2025-01-01T00:00:00.000Z", "2025-12-31T23:59:59.999Z"),
        ("now/h", "2026-03-01T11:00:00.000Z", "2026-03-01T11:59:59.999Z"),
        ("2026-01-31||+1M", "2026-02-28T00:00:00.000Z", "2026-02-28T00:00:00.000Z"),
        ("2026-03-01||/w", "2026-02-23T00:00:00.000Z", "2026-03-01T23:59:59.999Z"),
        ("2026-03-31||-1M/M", "2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"),
        ("2026||+d-h", "2026-01-01T23:00:00.000Z", "2026-01-01T23:00:00.000Z"),
    ],
)
def test_date_math(text: str, first: str, last: str) -> None:
    assert format_date(parse_date_math(text, now=NOW)) == first
    assert format_date(parse_date_math(text, now=NOW, round_up=True)) == last


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2026-13", "2026-02-30", "2026-10-11 09:00", "2026-10-11T25", "12026-01-01"),
        *("2026-10-11Z", "2026-10-11T09:00+25:00", "now+", "now*2", "2026||x", "now+999999y"),
        "9" * 30,
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date"):
        parse_date_math(text, now=NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-11", True),
        ("2026-10-11T09:00:00Z", True),
        ("2026", False),
        ("2026-99", False),
        ("1772366399123", False),
        ("-5", False),
        ("a-b", False),
    ],
)
def test_only_iso_dates_are_taken_for_dates(text: str, expected: bool) -> None:
    assert is_iso_date(text) is expected


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_any_moment_is_read_to_the_millisecond(moment: datetime) -> None:
    expected = (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    )
    assert parse_date(moment.isoformat()) == expected
    assert parse_date(format_date(expected)) == expected


def read(text: str) -> int | ValueError:
    """Return the date or why it is none."""
    try:
        return parse_date_math(text, now=NOW)
    except ValueError as error:
        return error


@given(st.text(alphabet="0123456789-:TZ+.|/ydMnow "))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    assert str(read(text))
