"""Query strings that speak of now, said of one moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.query_string import QueryStringError, parse
from search.queries.moments import Window, passed_by, said_of, speaks_of_now

NOW = datetime(2030, 6, 15, 12, 30, tzinfo=UTC)
DAY = 86_400_000
AT = int(NOW.timestamp() * 1000)
MIDNIGHT = AT - AT % DAY


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("start:[now TO *]", f"start:[{AT} TO *]"),
        ("start:[* TO now]", f"start:[* TO {AT}]"),
        ("start:{now-1d TO now+2d}", f"start:{{{AT - DAY} TO {AT + 2 * DAY}}}"),
        ('end:["now-1d" TO "2031-01-01"]', f'end:[{AT - DAY} TO "2031-01-01"]'),
        ("start:[now/d TO now/d]", f"start:[{MIDNIGHT} TO {MIDNIGHT + DAY - 1}]"),
        ("start:{now/d TO now/d}", f"start:{{{MIDNIGHT + DAY - 1} TO {MIDNIGHT}}}"),
        ("start:>now", f"start:>{AT}"),
        ("start:>=now-1d", f"start:>={AT - DAY}"),
        ("end:<now+1d", f"end:<{AT + DAY}"),
        ("end:<=now\\/d", f"end:<={MIDNIGHT + DAY - 1}"),
        ("start:now", f"start:[{AT} TO {AT}]"),
        ('start:"now/d"', f"start:[{MIDNIGHT} TO {MIDNIGHT + DAY - 1}]"),
        ("start:(>now OR <now-1d)", f"start:(>{AT} OR <{AT - DAY})"),
        (
            "(title:now AND end:[now TO *]) OR NOT start:<now",
            f"(title:now AND end:[{AT} TO *]) OR NOT start:<{AT}",
        ),
    ],
)
def test_now_is_what_it_means_at_that_moment(written: str, said: str) -> None:
    assert speaks_of_now(written)
    assert said_of(written, NOW) == said
    assert not speaks_of_now(said)


@pytest.mark.parametrize(
    "written",
    ["", "*", "now", "title:now", '"now"', "title:[now TO then]", "start:[2030-01-01 TO *]",
     "key:now*", "nowhere", "start:2030 now", "start:((now"],
)  # fmt: skip
def test_other_queries_mean_the_same_at_any_moment(written: str) -> None:
    assert not speaks_of_now(written)
    assert said_of(written, NOW) == written


def test_what_is_passed_between_two_moments() -> None:
    query = "start:[now-1d TO now/d] OR (end:>now AND title:now) OR end:now OR start:[2030 TO *]"
    later = NOW + timedelta(minutes=1)
    assert passed_by(query, NOW, later) == {
        Window("start", AT - DAY, AT - DAY + 60_000),
        Window("start", MIDNIGHT + DAY - 1, MIDNIGHT + DAY - 1),
        Window("end", AT, AT + 60_000),
    }


_WORDS = st.sampled_from(
    ["start", "end", "title", ":", "now", "now-1d", "now/d", "[", "]", "{", "}", " TO ", "*", "(",
     ")", " AND ", " OR ", "NOT ", '"', ">", "<=", " ", "\\", "2030-01-01", "+", "-"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=14).map("".join))
def test_what_can_be_read_can_be_read_as_it_is_said(written: str) -> None:
    try:
        before = parse(written)
    except QueryStringError:
        assert not speaks_of_now(written)
        return
    try:
        said = said_of(written, NOW)
    except ValueError:
        return  # a date that its own check refuses
    assert len(parse(said).clauses) == len(before.clauses)
    assert not speaks_of_now(said)
