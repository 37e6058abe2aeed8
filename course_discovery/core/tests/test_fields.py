"""Folding texts for comparison without case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.core.fields import FoldedField, fold

TEXTS = st.text(max_size=255)


@given(TEXTS)
def test_a_folded_text_fits_and_does_not_change_when_folded_again(text: str) -> None:
    assert len(fold(text)) <= 255
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(TEXTS, TEXTS)
def test_texts_that_differ_by_more_than_case_stay_apart(one: str, other: str) -> None:
    assert (fold(one) == fold(other)) == (one.casefold() == other.casefold())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("edX+DemoX", "EDX+demox", True),
        ("STRASSE", "straße", True),
        ("cafe", "café", False),
        ("ΐ" * 255, "ΐ".upper() * 255, True),  # three characters each when folded
        ("ΐ" * 254 + "x", "ΐ" * 254 + "y", False),
    ],
)
def test_known_pairs(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other)) is same


def test_a_migration_writes_the_source_of_a_twin() -> None:
    _name, path, _args, options = FoldedField(source="key").deconstruct()
    assert path == "course_discovery.core.fields.FoldedField"
    assert options["source"] == "key"
    assert FoldedField(**options).source == "key"
