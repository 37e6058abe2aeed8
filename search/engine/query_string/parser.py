"""Reads a query string by the grammar of Lucene's classic query parser, within fixed limits.

White space is not an operator: words beside each other are one run, unless an operator, a colon, a
star or what may follow a word (`~`, `^`) claims one of them.
"""

import re

from search.engine.query_string.budgets import check_budgets
from search.engine.query_string.errors import QueryStringError
from search.engine.query_string.lexer import Kind, Token, limits, tokenize, unescape
from search.engine.query_string.nodes import (
    Clause,
    Conjunction,
    Exists,
    Fuzzy,
    Group,
    Modifier,
    Node,
    Phrase,
    Prefix,
    Range,
    Regex,
    Wildcard,
    Words,
)
from search.engine.query_string.regex import RegexError, compile_regex

MAX_LENGTH = 10_000
MAX_CLAUSES = 200
MAX_DEPTH = 20

_CONJUNCTIONS = {Kind.AND: Conjunction.AND, Kind.OR: Conjunction.OR}
_MODIFIERS = {
    Kind.PLUS: Modifier.REQUIRED,
    Kind.MINUS: Modifier.PROHIBITED,
    Kind.NOT: Modifier.PROHIBITED,
}
_ENDS_RUN = {Kind.COLON, Kind.STAR, Kind.AND, Kind.OR, Kind.FUZZY, Kind.BOOST}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"~[0-9]{1,30}(\.[0-9]{1,30})?")
_COMPARISONS = (">=", "<=", ">", "<")


def parse(query: str, default_field: str | None = None) -> Group:
    """Return what a query string means; an empty one is a group without clauses.

    Words that name no field belong to the default field; None stands for several fields.

    Raises QueryStringError, with a reason and a position, when the query cannot be read or
    goes beyond a limit: MAX_LENGTH, MAX_CLAUSES, MAX_DEPTH, or one of `budgets`.
    """
    if len(query) > MAX_LENGTH:
        raise QueryStringError(f"A query may have {MAX_LENGTH} characters", MAX_LENGTH)
    if found := _SURROGATE.search(query):
        raise QueryStringError("Half of a surrogate pair is no character", found.start())
    tokens = list(tokenize(query))
    if tokens[0].kind is Kind.END:
        return Group((), 0)
    parser = _Parser(tokens)
    group = parser.group(default_field, 1)
    parser.expect(Kind.END, "A closing parenthesis has no opening one")
    check_budgets(group)
    return group


class _Parser:
    """Recursive descent over the tokens; the recursion is bounded by MAX_DEPTH."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._clauses = 0

    def group(self, field: str | None, depth: int) -> Group:
        """Read clauses up to a closing parenthesis or the end."""
        start = self._peek()
        if depth > MAX_DEPTH:
            raise QueryStringError(f"Groups may be {MAX_DEPTH} deep", start.position)
        clauses = [self._clause(field, depth, Conjunction.NONE)]
        while self._peek().kind not in (Kind.END, Kind.CLOSE):
            conjunction = _CONJUNCTIONS.get(self._peek().kind, Conjunction.NONE)
            if conjunction is not Conjunction.NONE:
                self._take()
            clauses.append(self._clause(field, depth, conjunction))
        return Group(tuple(clauses), start.position)

    def expect(self, kind: Kind, otherwise: str) -> Token:
        """Take the next token, which must be of a kind."""
        token = self._peek()
        if token.kind is not kind:
            raise QueryStringError(otherwise, token.position)
        return self._take()

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    @property
    def _end(self) -> int:
        """Where the token ends that was taken last."""
        token = self._tokens[self._at - 1]
        return token.position + len(token.text)

    def _take(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _clause(self, field: str | None, depth: int, conjunction: Conjunction) -> Clause:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise QueryStringError(f"A query may have {MAX_CLAUSES} clauses", self._peek().position)
        if conjunction is Conjunction.NONE and self._run_goes_on(0):
            start = self._peek().position
            run = self._run(field)
            return Clause(run, span=(start, self._end))
        modifier = _MODIFIERS.get(self._peek().kind, Modifier.NONE)
        if modifier is not Modifier.NONE:
            self._take()
        start = self._peek().position
        operand, boost = self._operand(field, depth)
        return Clause(operand, conjunction, modifier, boost, (start, self._end))

    def _run_goes_on(self, ahead: int) -> bool:
        """Whether the word at `ahead` is followed by one that no operator claims."""
        return (
            self._peek(ahead).kind is Kind.TERM
            and self._peek(ahead + 1).kind is Kind.TERM
            and self._peek(ahead + 2).kind not in _ENDS_RUN
        )

    def _run(self, field: str | None) -> Node:
        first = self._peek()
        words = []
        while self._run_goes_on(0):
            words.append(self._take())
        words.append(self._take())
        text = " ".join(unescape(word.text, word.position) for word in words)
        return _words(field, text, first.position, is_run=True)

    def _operand(self, field: str | None, depth: int) -> tuple[Node, float]:
        if self._peek().kind in (Kind.TERM, Kind.STAR) and self._peek(1).kind is Kind.COLON:
            token = self._take()
            self._take()
            field = unescape(token.text, token.position)
        if self._peek().kind is not Kind.OPEN:
            return self._term(field)
        self._take()
        group = self.group(field, depth + 1)
        self.expect(Kind.CLOSE, "A parenthesis is not closed")
        return group, self._boost()

    def _term(self, field: str | None) -> tuple[Node, float]:
        token = self._take()
        if token.kind is Kind.RANGE:
            return _range(field, token), self._boost()
        boost = self._boost()
        fuzzy = self._take() if self._peek().kind is Kind.FUZZY else None
        if fuzzy and boost == 1:
            boost = self._boost()
        return _node(field, token, fuzzy), boost

    def _boost(self) -> float:
        """Take how much what was read counts, if that is said."""
        return float(self._take().text[1:]) if self._peek().kind is Kind.BOOST else 1.0


def _node(field: str | None, token: Token, fuzzy: Token | None) -> Node:
    """What a token stands for; `fuzzy` (`~1`) may follow it."""
    position = token.position
    match token.kind:
        case Kind.TERM if fuzzy:
            return Fuzzy(field, unescape(token.text, position), position, _edits(fuzzy))
        case Kind.TERM:
            return _words(field, unescape(token.text, position), position)
        case Kind.STAR:
            return Exists(field, position)
        case Kind.PREFIX:
            return Prefix(field, unescape(token.text[:-1], position), position)
        case Kind.WILDCARD:
            unescape(token.text, position)
            return Wildcard(field, token.text, position)
        case Kind.REGEX:
            return _regex(field, token)
        case Kind.QUOTED:
            text = unescape(token.text[1:-1], position)
            return Phrase(field, text, position, _slop(fuzzy))
        case Kind.BARE_OPERATOR:
            return Words(field, token.text[0], position)
        case Kind.END:
            raise QueryStringError("The query ends where a word is expected", position)
    raise QueryStringError(f"A word is expected instead of {token.text}", position)


def _edits(fuzzy: Token) -> int | None:
    number = _number(fuzzy)
    if number is None:
        return None
    if number not in (0, 1, 2):
        raise QueryStringError("A word may differ by 0, 1 or 2 edits (~1)", fuzzy.position)
    return int(number)


def _slop(fuzzy: Token | None) -> int:
    number = None if fuzzy is None else _number(fuzzy)
    return min(int(number or 0), MAX_LENGTH)


def _number(fuzzy: Token) -> float | None:
    """The number that follows a tilde; None if there is none."""
    if fuzzy.text == "~":
        return None
    if not _NUMBER.fullmatch(fuzzy.text):
        raise QueryStringError("A tilde (~) may be followed by a number", fuzzy.position)
    return float(fuzzy.text[1:])


def _regex(field: str | None, token: Token) -> Regex:
    unescape(token.text, token.position)
    pattern = token.text[1:-1]
    try:
        compile_regex(pattern)
    except RegexError as error:
        raise QueryStringError(str(error), token.position + 1 + error.position) from None
    return Regex(field, pattern, token.position)


def _words(field: str | None, text: str, position: int, *, is_run: bool = False) -> Node:
    if field == "_exists_":
        return Exists(text, position)
    if field is not None:
        for sign in _COMPARISONS:
            if text.startswith(sign) and len(text) > len(sign):
                return _comparison(field, sign, text[len(sign) :], position)
    return Words(field, text, position, is_run)


def _comparison(field: str, sign: str, limit: str, position: int) -> Range:
    included = sign.endswith("=")
    if sign.startswith(">"):
        return Range(field, limit, None, included, True, position)
    return Range(field, None, limit, True, included, position)


def _range(field: str | None, token: Token) -> Range:
    lower, upper = (_limit(text, token.position) for text in limits(token))
    return Range(field, lower, upper, token.text[0] == "[", token.text[-1] == "]", token.position)


def _limit(text: str, position: int) -> str | None:
    if text == "*":
        return None
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return unescape(text, position)
