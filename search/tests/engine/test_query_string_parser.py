"""Query strings become what Lucene's classic grammar says, or an error with a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.query_string import (
    MAX_BEGINNINGS,
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_RANGES,
    MAX_SCANS,
    Clause,
    Conjunction,
    Exists,
    Fuzzy,
    Group,
    Modifier,
    Node,
    Phrase,
    Prefix,
    QueryStringError,
    Range,
    Regex,
    Wildcard,
    Words,
    parse,
)
from search.engine.query_string.regex import MAX_PATTERN

PIECES = (
    *"abZ é中\"'()[]{}:*?~^\\/+-!<>=&|#,. \t\n\u3000\x00",
    *("AND", "OR", "NOT", "&&", "||", " TO ", "title:", "_exists_:", "\\u0041", "\\u", "[1 TO 2]"),
)


def nodes(query: str) -> list[Node]:
    """Return the nodes of the outermost group."""
    return [clause.node for clause in parse(query).clauses]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("  \u3000\n", []),
        ("python", [Words(None, "python", 0)]),
        ("data science", [Words(None, "data science", 0, is_run=True)]),
        ("a b OR c", [Words(None, "a", 0), Words(None, "b", 2), Words(None, "c", 7)]),
        ("a b title:c", [Words(None, "a b", 0, is_run=True), Words("title", "c", 10)]),
        ('"data science"', [Phrase(None, "data science", 0)]),
        ("prog*", [Prefix(None, "prog", 0)]),
        ("title:prog*", [Prefix("title", "prog", 6)]),
        ("jva~", [Fuzzy(None, "jva", 0)]),
        ("jva~1^2", [Fuzzy(None, "jva", 0, 1)]),
        ("jva^2~2", [Fuzzy(None, "jva", 0, 2)]),
        ("a b jva~", [Words(None, "a b", 0, is_run=True), Fuzzy(None, "jva", 4)]),
        ('"a b"~2', [Phrase(None, "a b", 0, 2)]),
        ('"a b"~', [Phrase(None, "a b", 0)]),
        ("*ab", [Wildcard(None, "*ab", 0)]),
        (r"m\?n*", [Prefix(None, "m?n", 0)]),
        ("key:m?n", [Wildcard("key", "m?n", 4)]),
        ("ma*ne~1", [Wildcard(None, "ma*ne", 0)]),
        ("/a b/", [Regex(None, "a b", 0)]),
        (r"/a\/b/", [Regex(None, r"a\/b", 0)]),
        ("*", [Exists(None, 0)]),
        ("*:*", [Exists("*", 2)]),
        ("end:*", [Exists("end", 4)]),
        ("_exists_:end", [Exists("end", 9)]),
        ("x:[1 TO 2]", [Range("x", "1", "2", True, True, 2)]),
        ("x:{1 TO *]", [Range("x", "1", None, False, True, 2)]),
        ('x:["a b" TO c}', [Range("x", "a b", "c", True, False, 2)]),
        ("x:>=5", [Range("x", "5", None, True, True, 2)]),
        ("x:<5", [Range("x", None, "5", True, False, 2)]),
        (">=5", [Words(None, ">=5", 0)]),
        ("self-paced", [Words(None, "self-paced", 0)]),
        ("- a", [Words(None, "-", 0), Words(None, "a", 2)]),
        (r"a\:b\ c", [Words(None, "a:b c", 0)]),
        (r"\u0041b", [Words(None, "Ab", 0)]),
        (r"\ud83d\ude00", [Words(None, "😀", 0)]),
        ("a&&b", [Words(None, "a&&b", 0)]),
    ],
)
def test_query_is_read(query: str, expected: list[Node]) -> None:
    assert nodes(query) == expected


def test_operators_and_signs_stay_with_their_clauses() -> None:
    assert parse("a AND -b || +c !d").clauses == (
        Clause(Words(None, "a", 0)),
        Clause(Words(None, "b", 7), Conjunction.AND, Modifier.PROHIBITED),
        Clause(Words(None, "c", 13), Conjunction.OR, Modifier.REQUIRED),
        Clause(Words(None, "d", 16), Conjunction.NONE, Modifier.PROHIBITED),
    )


def test_field_of_a_group_reaches_its_words() -> None:
    (group,) = nodes("title:(a OR key:b)")
    assert isinstance(group, Group)
    assert [clause.node for clause in group.clauses] == [
        Words("title", "a", 7),
        Words("key", "b", 16),
    ]


def test_default_field_takes_words_and_comparisons() -> None:
    assert [clause.node for clause in parse(">5 OR key:a", "price").clauses] == [
        Range("price", "5", None, False, True, 0),
        Words("key", "a", 10),
    ]


@pytest.mark.parametrize(
    ("query", "position", "word"),
    [
        ("jva~3", 3, "edits"),
        ("jva~x", 3, "number"),
        ("~2", 0, "word"),
        ('"a b"~-2', 5, "number"),
        ("a^x", 1, "boost"),
        ("/ab", 0, "regular"),
        ("a/b", 1, "regular"),
        ("/a(b/", 4, "regular"),
        ("/<1-9>/", 1, "names"),
        ("/(a|b)*a(a|b){10}/", 1, "steps"),
        ("/" + "a" * (MAX_PATTERN + 1) + "/", MAX_PATTERN + 1, "characters"),
        ("/" + "(" * 30 + ")" * 30 + "/", 22, "deep"),
        ("a AND", 5, "ends"),
        ("AND a", 0, "AND"),
        ("a AND OR b", 6, "OR"),
        ("(a", 2, "closed"),
        ("a)", 1, "opening"),
        ("()", 1, ")"),
        ('"a', 0, "quotation"),
        ("[1 TO", 0, "range"),
        ("a]", 1, "bracket"),
        ("a\\", 1, "backslash"),
        ("ab \\u00g0", 3, "hexadecimal"),
        ("\\ud83d", 0, "surrogate"),
        ("a \ud83d", 2, "surrogate"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(query: str, position: int, word: str) -> None:
    with pytest.raises(QueryStringError, match=word.replace(")", r"\)")) as caught:
        parse(query)
    assert caught.value.position == position
    assert str(position + 1) in str(caught.value)


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("a" * (MAX_LENGTH + 1), MAX_LENGTH),
        ("a OR " * MAX_CLAUSES + "a", MAX_CLAUSES * 5),
        ("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, MAX_DEPTH),
    ],
)
def test_a_query_beyond_a_limit_is_refused(query: str, position: int) -> None:
    with pytest.raises(QueryStringError) as caught:
        parse(query)
    assert caught.value.position == position


def test_boosts_stay_with_their_clauses() -> None:
    boosts = [clause.boost for clause in parse('a^2 "b"^0.5 (c d)^3 [1 TO 2]^4 e').clauses]
    assert boosts == [2, 0.5, 3, 4, 1]


@pytest.mark.parametrize(
    ("piece", "limit", "named"),
    [
        ("/a/", MAX_SCANS, "regular expressions"),
        ("*a", MAX_SCANS, "begin with a wildcard"),
        ("a~", MAX_SCANS, "fuzzy"),
        ("a*", MAX_BEGINNINGS, "words with a wildcard"),
        ("a?b", MAX_BEGINNINGS, "words with a wildcard"),
        ("[a TO b]", MAX_RANGES, "ranges"),
        ('"' + "a" * 100 + '"~1', 3, "slop"),
    ],
)
def test_budgets_say_what_there_is_too_much_of(piece: str, limit: int, named: str) -> None:
    assert parse(" OR ".join([piece] * limit)).clauses
    with pytest.raises(QueryStringError, match=named) as caught:
        parse(" OR ".join([piece] * (limit + 1)))
    assert caught.value.position == limit * len(piece + " OR ")


def test_a_query_at_the_limits_is_read() -> None:
    assert parse("a" * MAX_LENGTH).clauses
    assert len(parse(" OR ".join("a" * MAX_CLAUSES)).clauses) == MAX_CLAUSES
    assert parse("(" * (MAX_DEPTH - 1) + "a" + ")" * (MAX_DEPTH - 1)).clauses


def read(query: str) -> Group | QueryStringError:
    """Return the query or why it cannot be read."""
    try:
        return parse(query)
    except QueryStringError as error:
        return error


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_is_read_or_refused_at_a_place_inside_it(query: str) -> None:
    found = read(query)
    if isinstance(found, QueryStringError):
        assert 0 <= found.position <= len(query)
        assert found.reason
    else:
        assert all(0 <= clause.node.position < len(query) for clause in found.clauses)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50))
def test_an_escaped_text_is_itself(text: str) -> None:
    escaped = "".join(f"\\{character}" if character != "u" else "u" for character in text)
    assert nodes(escaped) == [Words(None, text, 0)]
