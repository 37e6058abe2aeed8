"""Where a shop's list ends, whatever its pages are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.clients import ecommerce_listing
from course_discovery.clients.ecommerce_listing import (
    BadEcommercePage,
    EcommerceListing,
    EcommercePage,
    parse_ecommerce_page,
)
from course_discovery.clients.errors import ShortFetch


def page(number: int, ids: Any, *, count: int, more: bool) -> EcommercePage:
    return EcommercePage(number, [{"id": each} for each in ids], count, more)


def listing_of(*pages: EcommercePage) -> EcommerceListing:
    """A list of these pages; any other page answers 404."""
    return EcommerceListing("http://shop/", {each.number: each for each in pages}.get)


def ids_of(listing: EcommerceListing) -> list[Any]:
    return [row["id"] for each in listing for row in each.rows if isinstance(row, dict)]


@given(st.integers(0, 40), st.integers(1, 9))
def test_list_in_order_is_complete(count: int, size: int) -> None:
    pages = [
        page(number, range(start, min(start + size, count)), count=count, more=start + size < count)
        for number, start in enumerate(range(0, max(count, 1), size), start=1)
    ]
    listing = listing_of(*pages)
    assert ids_of(listing) == list(range(count))
    assert (listing.seen, listing.announced, listing.complete) == (count, count, True)


PAGES = st.lists(
    st.tuples(st.lists(st.integers(0, 9), max_size=4), st.integers(0, 20), st.booleans()),
    min_size=1,
    max_size=8,
)


@given(PAGES)
def test_any_pages_end_and_are_whole_only_if_all_that_was_announced_came(told: Any) -> None:
    pages = [
        page(number, ids, count=count, more=more)
        for number, (ids, count, more) in enumerate(told, start=1)
    ]
    listing, seen, cut = listing_of(*pages), [], None
    try:
        for each in listing:
            seen += [row["id"] for row in each.rows if isinstance(row, dict)]
    except ShortFetch as error:
        cut = error
    assert len(seen) == len(set(seen)) == listing.seen
    assert listing.complete is (cut is None)
    if cut is None:
        assert len(seen) == listing.announced
    else:
        assert (cut.seen, cut.announced) == (len(seen), listing.announced)


def test_list_that_always_has_another_page_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(count: int) -> EcommerceListing:
        return EcommerceListing(
            "http://shop/", lambda number: page(number, [number], count=count, more=True)
        )

    with pytest.raises(ShortFetch, match="after 16 pages"):
        ids_of(endless(3))
    monkeypatch.setattr(ecommerce_listing, "MAX_PAGES", 50)
    with pytest.raises(ShortFetch, match="after 50 pages"):
        ids_of(endless(10**9))


def test_rows_without_id_are_all_given() -> None:
    rows: list[object] = [None, None, {}, {"id": None}, {"id": True}, [1], 5]
    listing = listing_of(EcommercePage(1, rows, len(rows), False))
    assert next(iter(listing)).rows == rows


def test_numbers_and_texts_are_different_ids() -> None:
    assert ids_of(listing_of(page(1, [1, "1", "a", "a"], count=3, more=False))) == [1, "1", "a"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ([], "not an object"),
        ({"count": 1, "next": None}, "results"),
        ({"count": 1, "next": None, "results": {}}, "results"),
        ({"count": 3, "next": None, "results": [1, 2, 3]}, "results"),
        ({"count": None, "next": None, "results": []}, "count"),
        ({"count": False, "next": None, "results": []}, "count"),
        ({"count": 1.0, "next": None, "results": []}, "count"),
        ({"count": -1, "next": None, "results": []}, "count"),
        ({"count": 1, "next": True, "results": []}, "next"),
    ],
)
def test_bad_page_names_the_key_at_fault(body: object, key: str) -> None:
    with pytest.raises(BadEcommercePage, match=key):
        parse_ecommerce_page(body, 1, 2)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: (
    st.lists(inner) | st.dictionaries(st.sampled_from(["count", "next", "results", "x"]), inner)
), max_leaves=8))  # fmt: skip
def test_any_body_is_a_page_or_a_bad_one(body: object) -> None:
    try:
        read = parse_ecommerce_page(body, 1, 2)
    except BadEcommercePage:
        return
    assert read.count >= 0
    assert len(read.rows) <= 2
