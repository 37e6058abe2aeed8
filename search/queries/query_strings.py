"""Query strings: the language of `q` for courses and runs, and of catalogs.

They are read here before anybody is asked, so that what is wrong with one is told in the same
words whoever answers.
"""

import re
from datetime import datetime
from functools import partial
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.engine.embedded.analysis.word_breaks import words as words_of
from search.engine.query_string import (
    MAX_LENGTH,
    Fuzzy,
    Group,
    Node,
    Phrase,
    Prefix,
    QueryStringError,
    Range,
    Regex,
    Wildcard,
    Words,
    leaves,
    parse,
)
from search.queries.errors import BadQuery, BadValue
from search.queries.fields import field_types, nested_path
from search.queries.synonyms import with_synonyms
from search.queries.values import READERS, millis

EVERYTHING = "*"
# Where words without a field are looked for. Servers bound fields times words (1,024 by default).
FIELDS = ("key", "key.raw", "skill_names", "text", "title")
MAX_WORDS = 200
# Ranges of texts look through all words between their limits, those of numbers and dates do not.
MAX_TEXT_RANGES = 3

_OPERATOR = re.compile(
    r'(\\.|"(?:[^"\\]|\\.)*"?|(?<![^\s:(+!-])/(?:\\/|[^/])*/)|(?<= )(and|or|not|to)(?= )',
    re.DOTALL,
)
_FIELDED = re.compile(r"\s*([A-Za-z_][\w.]*):=(.*)", re.DOTALL)
_PHRASED = ("key", "title", "text")
_TYPED = frozenset({"boolean", "date", "float", "integer"})


def query_string(written: str, *, now: datetime, parameter: str = "q") -> Query:
    """What a query string stands for.

    ` and `, ` or `, ` not ` and ` to ` between spaces are operators in lower case too, but not
    inside quotes or slashes. Raises BadQuery, with the place, for one that cannot be read.
    """
    if written.strip() == EVERYTHING:
        return Q("match_all")
    query = capital_operators(written)
    try:
        check(parse(query), now)
    except QueryStringError as error:
        raise BadQuery(error.reason, error.position, parameter) from error
    return Q("query_string", query=query, fields=list(FIELDS), analyze_wildcard=True)


def capital_operators(written: str) -> str:
    """The same with its operators in capitals, as engines read them."""
    return _OPERATOR.sub(lambda found: found[1] or found[2].upper(), written)


def check(group: Group, now: datetime) -> None:
    """Raise QueryStringError for values that a field cannot have, and for too much of something."""
    words = ranges = 0
    for node in leaves(group):
        if isinstance(node, Range) and field_types().get(node.field or "", "text") not in _TYPED:
            ranges += 1
            if ranges > MAX_TEXT_RANGES:
                raise QueryStringError(
                    f"A query may have {MAX_TEXT_RANGES} ranges of texts", node.position
                )
        if isinstance(node, Words) and node.field is None:
            words += len(words_of(node.text))
            if words > MAX_WORDS:
                raise QueryStringError(
                    f"A query may have {MAX_WORDS} words without a field", node.position
                )
        _check_value(node, now)


def phrase(written: str, *, now: datetime) -> Query:
    """What `q` of the search endpoints stands for: a phrase of the key, the title or the text.

    `field:=text` asks one field, and without synonyms; any other colon is text. Raises BadQuery for
    a field that no document has, BadValue for a value that the field cannot have.
    """
    if len(written) > MAX_LENGTH:
        raise BadQuery(f"A query may have {MAX_LENGTH} characters", MAX_LENGTH)
    if len(words_of(written)) > MAX_WORDS:
        raise BadQuery(f"A query may have {MAX_WORDS} words", 0)
    fielded = _FIELDED.fullmatch(written)
    if fielded is None:
        return with_synonyms(written, _anywhere)
    return _phrase_of_field(fielded[1], fielded[2].strip(), fielded.start(1), now)


def phrase_by_field(written: str, *, now: datetime) -> dict[str, Query]:
    """The same for each of the fields that `phrase` looks into."""
    fielded = _FIELDED.fullmatch(written)
    if fielded is not None:
        return {fielded[1]: phrase(written, now=now)}
    return {field: with_synonyms(written, partial(_in_field, field)) for field in _PHRASED}


def _anywhere(written: str) -> Query:
    return Q("multi_match", query=written, type="phrase", fields=list(_PHRASED))


def _in_field(field: str, written: str) -> Query:
    return Q("match_phrase", **{field: written})


def _phrase_of_field(field: str, value: str, position: int, now: datetime) -> Query:
    kind = field_types().get(field)
    if kind is None or kind == "nested":
        raise BadQuery(f"There is no field {field}", position)
    if not value:
        raise BadValue("q", f"{field}:= must be followed by a text")
    if kind not in _TYPED:
        query = Q("match_phrase", **{field: value})
    else:
        try:
            read = READERS[kind](value, now)
        except ValueError as error:
            raise BadValue("q", f"{field}: {error}") from None
        query = day_of(field, value, now) if kind == "date" else Q("term", **{field: read})
    path = nested_path(field)
    # Some kinds have no such objects.
    return Q("nested", path=path, query=query, ignore_unmapped=True) if path else query


def day_of(field: str, value: Any, now: datetime) -> Query:
    """Moments within what a date names: a day, if it is written without a time."""
    return Q("range", **{field: {"gte": millis(value, now), "lte": millis(value, now, end=True)}})


def _check_value(node: Node, now: datetime) -> None:
    field = getattr(node, "field", None)
    kind = field_types().get(field or "", "text")
    if kind not in _TYPED:
        return
    for value in _values_of(node):
        try:
            READERS[kind](value, now)
        except ValueError as error:
            raise QueryStringError(f"{field}: {error}", node.position) from None


def _values_of(node: Node) -> list[str]:
    match node:
        case Range():
            return [each for each in (node.lower, node.upper) if each is not None]
        case Words():
            return [node.text]
        case Phrase():
            return [node.text]
        case Prefix():
            return [f"{node.text}*"]
        case Fuzzy():
            return [f"{node.text}~"]
        case Wildcard() | Regex():
            return [f"/{node.pattern}/"]
    return []
