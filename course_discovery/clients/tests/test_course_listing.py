from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_discovery.clients.course_listing import (
    BadCoursePage,
    CourseListing,
    CoursePage,
    parse_course_page,
)
from course_discovery.clients.errors import ShortFetch

Fetch = Callable[[int], CoursePage | None]


def page(
    number: int, ids: range, *, count: int, pages: int, more: bool | None = None
) -> CoursePage:
    rows = [{"id": f"course-v1:NorthU+C{position}+1T2027"} for position in ids]
    return CoursePage(number, rows, count, pages, number < pages if more is None else more)


def listing_of(*pages: CoursePage, page_size: int = 3) -> CourseListing:
    """A listing over these pages; any other page answers 404."""
    by_number = {one.number: one for one in pages}
    return CourseListing("http://lms/courses/", page_size, by_number.get)


def cut(listing: CourseListing) -> ShortFetch:
    with pytest.raises(ShortFetch) as caught:
        list(listing)
    assert not listing.complete
    return caught.value


def test_pages_are_followed_to_the_last() -> None:
    listing = listing_of(
        page(1, range(3), count=5, pages=2), page(2, range(3, 5), count=5, pages=2)
    )
    assert len(list(listing)) == 5
    assert listing.complete
    assert (listing.seen, listing.announced, listing.pages) == (5, 5, 2)


def test_pages_are_fetched_only_when_read() -> None:
    asked: list[int] = []

    def fetch(number: int) -> CoursePage:
        asked.append(number)
        return page(number, range(number * 3, number * 3 + 3), count=300, pages=100)

    listing = CourseListing("http://lms/", 3, fetch)
    assert asked == []
    for _ in range(4):
        next(listing)
    assert asked == [1, 2]
    assert not listing.complete


def test_empty_platform_is_complete() -> None:
    heard: list[CoursePage] = []
    empty = page(1, range(0), count=0, pages=1)
    listing = CourseListing("http://lms/", 3, {1: empty}.get, heard.append)
    assert list(listing) == []
    assert listing.complete
    assert heard == [empty]


def test_on_page_is_told_before_the_rows() -> None:
    heard: list[int] = []
    first, second = page(1, range(3), count=5, pages=2), page(2, range(3, 5), count=5, pages=2)
    listing = CourseListing(
        "http://lms/", 3, {1: first, 2: second}.get, lambda one: heard.append(one.number)
    )
    next(listing)
    assert heard == [1]
    list(listing)
    assert heard == [1, 2]


def test_missing_page_within_the_estimate_is_the_end() -> None:
    listing = listing_of(page(1, range(3), count=6, pages=2))
    assert len(list(listing)) == 3
    assert listing.complete


def test_missing_page_beyond_the_estimate_is_a_short_fetch() -> None:
    short = cut(listing_of(page(1, range(3), count=7, pages=3)))
    assert (short.seen, short.announced) == (3, 7)
    assert "page 2 is missing" in short.reason


def test_latest_count_is_the_estimate() -> None:
    listing = listing_of(
        page(1, range(3), count=30, pages=10), page(2, range(3, 6), count=8, pages=3)
    )
    assert len(list(listing)) == 6
    assert listing.complete


def test_missing_page_after_a_null_next_is_the_end() -> None:
    listing = listing_of(page(1, range(3), count=90, pages=30, more=False))
    assert len(list(listing)) == 3
    assert listing.complete


def test_page_announced_by_its_number_only_is_read() -> None:
    listing = listing_of(
        page(1, range(3), count=6, pages=2, more=False), page(2, range(3, 6), count=6, pages=2)
    )
    assert len(list(listing)) == 6


def test_smaller_pages_than_asked_narrow_the_estimate() -> None:
    short = cut(listing_of(page(1, range(3), count=7, pages=3), page_size=50))
    assert short.seen == 3


def test_empty_page_counts_like_a_missing_one() -> None:
    within = listing_of(page(1, range(3), count=9, pages=3), page(2, range(0), count=5, pages=2))
    assert len(list(within)) == 3
    assert within.complete
    beyond = listing_of(page(1, range(3), count=9, pages=3), page(2, range(0), count=9, pages=3))
    assert "page 2 is empty" in cut(beyond).reason


def test_empty_first_page_that_announces_more_is_a_short_fetch() -> None:
    assert (
        "page 1 is empty" in cut(listing_of(page(1, range(0), count=2, pages=1, more=True))).reason
    )


@pytest.mark.parametrize("period", [1, 2, 5])
def test_pages_that_repeat_are_cut(period: int) -> None:
    def fetch(number: int) -> CoursePage:
        start = 3 * ((number - 1) % period)
        return page(number, range(start, start + 3), count=900, pages=300, more=True)

    listing = CourseListing("http://lms/", 3, fetch)
    short = cut(listing)
    assert short.seen == 3 * period
    assert "repeats" in short.reason


def test_last_page_served_again_after_a_null_next_is_the_end() -> None:
    last = page(1, range(3), count=6, pages=2, more=False)
    again = page(2, range(3), count=6, pages=2, more=False)
    listing = listing_of(last, again)
    assert len(list(listing)) == 3
    assert listing.complete


def test_pager_without_end_is_cut() -> None:
    def fetch(number: int) -> CoursePage:
        return page(number, range(3 * number, 3 * number + 3), count=6, pages=2, more=True)

    short = cut(CourseListing("http://lms/", 3, fetch))
    assert "after 14 pages" in short.reason
    assert short.announced == 6


@settings(deadline=None)
@given(
    sizes=st.lists(st.integers(0, 3), min_size=1, max_size=8),
    counts=st.lists(st.integers(0, 30), min_size=8, max_size=8),
    nexts=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_any_pager_ends_well_or_is_cut(
    sizes: list[int], counts: list[int], nexts: list[bool]
) -> None:
    def fetch(number: int) -> CoursePage | None:
        if number > len(sizes):
            return None
        ids = range(10 * number, 10 * number + sizes[number - 1])
        count = counts[number - 1]
        return page(number, ids, count=count, pages=-(-count // 3), more=nexts[number - 1])

    listing = CourseListing("http://lms/", 3, fetch)
    rows: list[dict[str, Any]] = []
    was_cut = False
    try:
        rows.extend(listing)
    except ShortFetch:
        was_cut = True
    assert listing.complete is not was_cut
    assert len(rows) == listing.seen <= sum(sizes)


def test_page_is_read_from_its_json() -> None:
    body = {"results": [{"id": "x"}], "pagination": {"count": 1, "num_pages": 1, "next": None}}
    assert parse_course_page(body, 4) == CoursePage(4, [{"id": "x"}], 1, 1, False)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"results": None}, "results"),
        ({"results": {}}, "results"),
        ({"results": ["x"]}, "results"),
        ({"pagination": None}, "pagination"),
        ({"pagination": {"num_pages": 1, "next": None}}, r"pagination\.count"),
        ({"pagination": {"count": "1", "num_pages": 1}}, r"pagination\.count"),
        ({"pagination": {"count": True, "num_pages": 1}}, r"pagination\.count"),
        ({"pagination": {"count": -1, "num_pages": 1}}, r"pagination\.count"),
        ({"pagination": {"count": 1, "num_pages": 1.5}}, r"pagination\.num_pages"),
        ({"pagination": {"count": 1, "num_pages": 1, "next": 2}}, r"pagination\.next"),
    ],
)
def test_page_of_a_wrong_shape_names_the_key(change: dict[str, object], key: str) -> None:
    body = {"results": [], "pagination": {"count": 0, "num_pages": 1, "next": None}, **change}
    with pytest.raises(BadCoursePage, match=key):
        parse_course_page(body, 1)


def test_page_that_is_no_object_is_refused() -> None:
    with pytest.raises(BadCoursePage):
        parse_course_page([], 1)
