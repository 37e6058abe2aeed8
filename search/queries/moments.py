"""Query strings that speak of now, said of one moment instead.

A stored query such as `end:[now TO *]` matches other things as time goes by, although no document
changes. Said of a moment it always means the same, whoever answers: so what it matches at one
moment and not at another can be asked for.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from search.engine.query_string import (
    MAX_LENGTH,
    Group,
    Node,
    Phrase,
    QueryStringError,
    Range,
    Words,
    parse,
)
from search.engine.query_string.lexer import Kind, Token, limits, tokenize
from search.queries.fields import field_types
from search.queries.values import millis

_NOW = "now"
_SIGN = re.compile(r"[<>]=?")
_Dated = Range | Words | Phrase


def speaks_of_now(query: str) -> bool:
    """Whether time changes what a query string means; False for one that cannot be read."""
    return _NOW in query and len(query) <= MAX_LENGTH and _speaks_of_now(query)


@lru_cache(maxsize=1024)
def _speaks_of_now(query: str) -> bool:
    try:
        return any(True for _ in _dated(parse(query)))
    except QueryStringError:
        return False


def said_of(query: str, now: datetime) -> str:
    """A query string that can be read, with `now` replaced by what it means at that moment."""
    if not speaks_of_now(query):
        return query
    dated = {node.position: node for node in _dated(parse(query))}
    said, end = [], 0
    is_behind_date = False
    for token in tokenize(query):
        if token.position in dated:
            said += [query[end : token.position], _said(token, dated[token.position], now)]
            end = token.position + len(token.text)
            is_behind_date = True
        elif is_behind_date and token.kind is Kind.FUZZY:
            # A quoted date may have a slop; the range that it has become may not.
            said.append(query[end : token.position])
            end = token.position + len(token.text)
        else:
            is_behind_date = is_behind_date and token.kind is Kind.BOOST
    return "".join([*said, query[end:]])


class Window(NamedTuple):
    """A span of time, its ends among it, that the values of a date field may be in."""

    field: str
    low: int
    high: int


def passed_by(query: str, before: datetime, after: datetime) -> set[Window]:
    """What a query string that can be read compares dates with, from one moment to a later one.

    A document that has no date in one of these windows is matched at both moments, or at none.
    """
    return {
        Window(node.field or "", millis(written, before, end=end), millis(written, after, end=end))
        for node in _dated(parse(query))
        for written, end in _compared(node)
        if written.startswith(_NOW)
    }


def _compared(node: _Dated) -> list[tuple[str, bool]]:
    """The limits of a node, and whether each stands for the end of what it names."""
    if isinstance(node, Range):
        limits_of = ((node.lower, not node.include_lower), (node.upper, node.include_upper))
        return [(written, end) for written, end in limits_of if written is not None]
    return [(node.text, False), (node.text, True)]


def _said(token: Token, node: _Dated, now: datetime) -> str:
    """A token of a date field, in milliseconds."""
    if token.kind is Kind.RANGE:
        low, high = limits(token)
        including_low, including_high = token.text[0] == "[", token.text[-1] == "]"
        return (
            f"{token.text[0]}{_limit(low, now, end=not including_low)}"
            f" TO {_limit(high, now, end=including_high)}{token.text[-1]}"
        )
    if isinstance(node, Range):
        sign = _SIGN.match(token.text)
        assert sign is not None
        limit = node.upper if node.lower is None else node.lower
        return f"{sign[0]}{millis(limit, now, end=sign[0] in ('>', '<='))}"
    assert isinstance(node, Words | Phrase)
    return f"[{millis(node.text, now)} TO {millis(node.text, now, end=True)}]"


def _limit(written: str, now: datetime, *, end: bool) -> str:
    """A limit of a range as it was written; rounded up to the end of what it names if `end`."""
    plain = written.strip('"')
    return str(millis(plain, now, end=end)) if plain.startswith(_NOW) else written


def _dated(group: Group) -> Iterator[_Dated]:
    """The nodes that compare a date with now."""
    for clause in group.clauses:
        node = clause.node
        if isinstance(node, Group):
            yield from _dated(node)
        elif isinstance(node, _Dated) and _is_of_now(node):
            yield node


def _is_of_now(node: Node) -> bool:
    match node:
        case Range(field, lower, upper):
            written = [lower or "", upper or ""]
        case Words(field, text) | Phrase(field, text):
            written = [text]
        case _:
            return False
    is_date = field_types().get(field or "") == "date"
    return is_date and any(each.startswith(_NOW) for each in written)
