"""What is packed into bytes comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.embedded.storage.codec import (
    LENGTH_SHIFT,
    MAX_POSITION,
    Postings,
    occurrence_base,
    pack_column,
    pack_occurrences,
    unpack_column,
    without,
)
from search.engine.embedded.storage.entry import Entry, TextTerms, load_entry
from search.engine.embedded.storage.lengths import LENGTHS, encode_length
from search.engine.embedded.storage.pages import pack_pages, unpack_page
from search.engine.embedded.storage.reader import after_prefix

documents = st.integers(min_value=0, max_value=2**32 - 1)
positions = st.integers(min_value=0, max_value=MAX_POSITION)
texts = st.text(st.characters(exclude_categories=["Cs"]))
columns = st.one_of(
    st.lists(st.tuples(documents, texts)),
    st.lists(st.tuples(documents, st.integers(min_value=-(2**63), max_value=2**63 - 1))),
    st.lists(st.tuples(documents, st.floats(allow_nan=False))),
)


@given(st.lists(st.tuples(documents, st.integers(0, 10**6), positions)))
def test_occurrences_keep_document_length_and_position(
    found: list[tuple[int, int, int]],
) -> None:
    data = pack_occurrences([occurrence_base(key, length) + at for key, length, at in found])
    postings = Postings(data)
    assert list(postings.documents) == [key for key, _, _ in found]
    assert [place & MAX_POSITION for place in postings.places] == [at for _, _, at in found]
    assert [place >> LENGTH_SHIFT for place in postings.places] == [
        encode_length(length) for _, length, _ in found
    ]


@given(st.lists(documents), st.sets(documents))
def test_the_dead_are_left_out(found: list[int], dead: set[int]) -> None:
    data = pack_occurrences([occurrence_base(key, 1) for key in found])
    kept = Postings(without(data, dead | set(found[:1])))
    assert list(kept.documents) == [key for key in found if key not in dead | set(found[:1])]


@given(columns)
def test_columns_keep_their_values(pairs: list[tuple[int, object]]) -> None:
    values = [value for _, value in pairs]
    column = unpack_column(*pack_column([key for key, _ in pairs], values))
    assert list(column.documents) == [key for key, _ in pairs]
    assert list(column.values) == values


@given(st.dictionaries(texts, st.binary(min_size=1, max_size=3000), max_size=300))
def test_pages_find_each_of_their_keys(postings: dict[str, bytes]) -> None:
    pages = {first: unpack_page(data) for first, data in pack_pages(sorted(postings.items()))}
    assert dict(item for page in pages.values() for item in page.items()) == postings
    for key, data in postings.items():
        first = max(first for first in pages if first <= key)
        assert pages[first].find(key) == data
    for first, page in pages.items():
        assert page.keys[0] == first
        assert page.find(first + "\0never") is None


def test_rounded_lengths_grow_and_stay_near() -> None:
    assert [LENGTHS[encode_length(length)] for length in range(41)] == list(range(41))
    assert list(LENGTHS) == sorted(set(LENGTHS))
    for length in (100, 1234, 65_000, 10**6):
        assert length * 0.85 < LENGTHS[encode_length(length)] <= length


def test_an_entry_is_read_as_it_was_written() -> None:
    child = Entry(values={4: [1.5, 2.0]})
    entry = Entry({1: TextTerms(["a", "b"], range(2), 2)}, {2: ["x"], 3: [1, 2]}, [(9, child)])
    found = load_entry(entry.dumps())
    assert found.dumps() == entry.dumps()
    assert found.size() == 2
    assert found.texts[1].terms == ["a", "b"]
    assert found.children[0][1].values == {4: [1.5, 2.0]}


@pytest.mark.parametrize(
    ("prefix", "after"),
    [("ab", "ac"), ("", None), ("a\U0010ffff", "b"), ("\U0010ffff", None), ("\ud7ff", "\ue000")],
)
def test_the_text_after_a_prefix(prefix: str, after: str | None) -> None:
    assert after_prefix(prefix) == after
