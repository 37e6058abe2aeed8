"""Cuts a query string into tokens, as Lucene's classic query parser does: the longest token wins.

https://github.com/apache/lucene/blob/main/lucene/queryparser/src/java/org/apache/lucene/queryparser/classic/QueryParser.jj
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from search.engine.query_string.errors import QueryStringError


class Kind(Enum):
    """What a token is."""

    TERM = auto()
    STAR = auto()
    PREFIX = auto()
    WILDCARD = auto()
    REGEX = auto()
    FUZZY = auto()
    BOOST = auto()
    QUOTED = auto()
    BARE_OPERATOR = auto()
    RANGE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    PLUS = auto()
    MINUS = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was written; a range is one token from bracket to bracket."""

    kind: Kind
    text: str
    position: int


SPACE = " \t\n\r\u3000"
_SKIP = re.compile(f"[{SPACE}]*")
_STARTS = rf"(?:[^{SPACE}+\-!():^\[\]\"{{}}~*?\\/]|\\.)"
_WORD = re.compile(rf"(?:{_STARTS}|[*?])(?:{_STARTS}|[-+*?])*", re.DOTALL)
_WILDCARDS = re.compile(r"\\.|([*?])", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_LIMIT = rf'(?:"(?:[^"\\]|\\.)+"|[^{SPACE}\]}}]+)'
_RANGE = re.compile(
    rf"[\[{{][{SPACE}]*({_LIMIT})[{SPACE}]+TO[{SPACE}]+({_LIMIT})[{SPACE}]*[\]}}]", re.DOTALL
)
_REGEX = re.compile(r"/(?:\\/|[^/])*/", re.DOTALL)
_FUZZY = re.compile(rf"~(?:{_STARTS}|[-+])*", re.DOTALL)
_BOOST = re.compile(r"\^[0-9]+(?:\.[0-9]+)?")
_BARE_OPERATOR = re.compile(rf"[-+!][{SPACE}]")

_KEYWORDS = {
    "AND": Kind.AND,
    "&&": Kind.AND,
    "OR": Kind.OR,
    "||": Kind.OR,
    "NOT": Kind.NOT,
    "*": Kind.STAR,
}
_SIGNS = {
    "!": Kind.NOT,
    "+": Kind.PLUS,
    "-": Kind.MINUS,
    "(": Kind.OPEN,
    ")": Kind.CLOSE,
    ":": Kind.COLON,
}
_REFUSED = {
    "^": "A boost (^) must be followed by a number",
    "/": "A regular expression must end with a slash; write \\/ for a slash, or use quotes",
    "\\": "A backslash must be followed by the character that it escapes",
    '"': "A quotation mark is not closed",
    "[": "A range must look like [low TO high]",
    "{": "A range must look like {low TO high}",
    "]": "A closing bracket has no opening one",
    "}": "A closing brace has no opening one",
}


def tokenize(query: str) -> Iterator[Token]:
    """Yield the tokens of a query string, the last one of kind END.

    Raises QueryStringError at the first character that starts no supported token.
    """
    position = _skip(query, 0)
    while position < len(query):
        token = _next(query, position)
        yield token
        position = _skip(query, position + len(token.text))
    yield Token(Kind.END, "", len(query))


def _skip(query: str, position: int) -> int:
    found = _SKIP.match(query, position)
    return found.end() if found else position


def _next(query: str, position: int) -> Token:
    if found := _WORD.match(query, position):
        return Token(_word_kind(found.group()), found.group(), position)
    for kind, pattern in (
        (Kind.BARE_OPERATOR, _BARE_OPERATOR),
        (Kind.QUOTED, _QUOTED),
        (Kind.RANGE, _RANGE),
        (Kind.REGEX, _REGEX),
        (Kind.FUZZY, _FUZZY),
        (Kind.BOOST, _BOOST),
    ):
        if found := pattern.match(query, position):
            return Token(kind, found.group(), position)
    sign = query[position]
    if sign in _SIGNS:
        return Token(_SIGNS[sign], sign, position)
    raise QueryStringError(_REFUSED[sign], position)


def _word_kind(text: str) -> Kind:
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    wildcards = [found.start() for found in _WILDCARDS.finditer(text) if found.group(1)]
    if not wildcards:
        return Kind.TERM
    first = wildcards[0]
    return Kind.PREFIX if text[first] == "*" and first == len(text) - 1 else Kind.WILDCARD


def limits(token: Token) -> tuple[str, str]:
    """Return the two limits of a range as they were written."""
    found = _RANGE.fullmatch(token.text)
    if found is None:
        raise QueryStringError(_REFUSED["["], token.position)
    return found.group(1), found.group(2)


def unescape(text: str, position: int) -> str:
    r"""Return `text` with each `\c` replaced by `c` and each `\uXXXX` by that character.

    Raises QueryStringError for a code that is no character.
    """
    if "\\" not in text:
        return text

    def character(found: re.Match[str]) -> str:
        if found.group(1) is None:
            return found.group()[1:]
        code = found.group(1)
        if re.fullmatch("[0-9a-fA-F]{4}", code) is None:
            where = position + found.start()
            raise QueryStringError("\\u must be followed by four hexadecimal digits", where)
        return chr(int(code, 16))

    plain = re.sub(r"\\u(.{0,4})|\\.", character, text, flags=re.DOTALL)
    try:
        return plain.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise QueryStringError("Half of a surrogate pair is no character", position) from None
