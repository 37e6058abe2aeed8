"""Automata accept what they should, in a bounded number of states."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine.query_string.expressions import MAX_STEPS
from search.engine.query_string.fuzzy import MAX_EXPANSIONS, FuzzyWord
from search.engine.query_string.regex import RegexError, _table, compile_regex
from search.tests.hostile import REGEXES

LETTERS = st.text("abc", max_size=7)
PIECES = (
    "a",
    "b",
    "c",
    ".",
    "a*",
    "b?",
    "c+",
    "(ab|c)",
    "[ab]",
    "[^a]",
    "(a|b)*",
    "a{2}",
    "b{1,2}",
)


def distance(left: str, right: str) -> int:
    """Edits between two words; exchanging neighbours is one."""
    rows = [list(range(len(right) + 1))]
    for i, first in enumerate(left, 1):
        row = [i]
        for j, second in enumerate(right, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (first != second))
            if i > 1 and j > 1 and (first, left[i - 2]) == (right[j - 2], second):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@settings(deadline=None)
@given(LETTERS, LETTERS, st.integers(0, 2))
def test_a_fuzzy_word_accepts_what_is_near(word: str, other: str, edits: int) -> None:
    assert FuzzyWord(word, edits).matches(other) == (distance(word, other) <= edits)


def test_the_nearest_words_are_few() -> None:
    words = {f"ab{number}" for number in range(200)} | {"abc"}
    nearest = FuzzyWord("abc", 2).nearest(words)
    assert len(nearest) == MAX_EXPANSIONS
    assert "abc" in nearest


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), LETTERS)
def test_a_pattern_accepts_what_it_says(pattern: str, word: str) -> None:
    assert compile_regex(pattern).matches(word) == bool(re.fullmatch(pattern, word))


@pytest.mark.parametrize("written", REGEXES)
def test_a_pattern_has_few_states_or_is_refused(written: str) -> None:
    try:
        compile_regex(written[1:-1])
    except RegexError as refused:
        assert 0 <= refused.position <= len(written)  # noqa: PT017 - both outcomes are right
    else:
        assert len(_table(written[1:-1])._following) <= MAX_STEPS


@pytest.mark.parametrize(
    ("pattern", "everything"),
    [("@", True), (".*", True), ("~(#)", True), (".+", False), ("~()", False)],
)
def test_a_pattern_tells_whether_it_accepts_every_word(pattern: str, everything: bool) -> None:
    found = compile_regex(pattern)
    assert found.accepts_all is everything
    assert found.matches("abc")
    assert found.matches("") is everything
