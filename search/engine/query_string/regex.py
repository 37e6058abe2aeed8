"""Regular expressions in the syntax of Lucene: they match whole words, and may say `&` and `~`.

https://lucene.apache.org/core/9_12_0/core/org/apache/lucene/util/automaton/RegExp.html
"""

from collections.abc import Collection
from functools import lru_cache

from search.engine.query_string.automaton import Automaton
from search.engine.query_string.expressions import (
    ANY_CHARACTER,
    EMPTY,
    MAX_STEPS,
    NOTHING,
    Expressions,
    Ranges,
    Table,
    TooComplex,
)

MAX_PATTERN = 200
MAX_GROUPS = 20
MAX_REPEATS = 1000

_DIGITS: Ranges = ((48, 57),)
_SPACES: Ranges = ((9, 10), (13, 13), (32, 32))
_LETTERS: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_CLASSES = {"d": _DIGITS, "s": _SPACES, "w": _LETTERS}


class RegexError(ValueError):
    """A pattern cannot be read or has too many states; `position` counts its characters from 0."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.position = position


class Pattern(Automaton[int]):
    """Accepts the words that a pattern matches."""

    def __init__(self, table: Table) -> None:
        self._table = table
        super().__init__(table.start)

    def step(self, state: int, character: str) -> int | None:
        """Return the state after a character."""
        return self._table.following(state, character) or None

    def accepts(self, state: int) -> bool:
        """Whether nothing is left to be read."""
        return state in self._table.ends

    def settled(self) -> Collection[int]:
        """Return the states that are left no more, and accept."""
        return self._table.settled


@lru_cache(maxsize=128)
def _table(pattern: str) -> Table:
    expressions = Expressions()
    try:
        return Table(expressions, _Reader(pattern, expressions).read())
    except TooComplex:
        reason = f"A regular expression may need {MAX_STEPS} steps to be understood"
        raise RegexError(reason, 0) from None


def compile_regex(pattern: str) -> Pattern:
    """Return the automaton of a pattern; raises RegexError."""
    if len(pattern) > MAX_PATTERN:
        raise RegexError(f"A regular expression may have {MAX_PATTERN} characters", MAX_PATTERN)
    return Pattern(_table(pattern))


class _Reader:
    """Recursive descent; the recursion is bounded by MAX_GROUPS."""

    def __init__(self, pattern: str, expressions: Expressions) -> None:
        self._pattern = pattern
        self._make = expressions
        self._at = 0
        self._groups = 0

    def read(self) -> int:
        """Return the expression."""
        if not self._pattern:
            return EMPTY
        found = self._union()
        if self._at < len(self._pattern):
            raise self._error("The end of a regular expression is expected")
        return found

    def _union(self) -> int:
        found = [self._intersection()]
        while self._match("|"):
            found.append(self._intersection())
        return self._make.any_of(*found)

    def _intersection(self) -> int:
        found = [self._chain()]
        while self._match("&"):
            found.append(self._chain())
        return self._make.all_of(*found)

    def _chain(self) -> int:
        parts = [self._repeated()]
        while self._at < len(self._pattern) and not self._peek(")|&"):
            parts.append(self._repeated())
        found = EMPTY
        for part in reversed(parts):
            found = self._make.chain(part, found)
        return found

    def _repeated(self) -> int:
        found = self._complement()
        while self._peek("?*+{"):
            match self._take():
                case "?":
                    found = self._make.repeat(found, 0, 1)
                case "*":
                    found = self._make.repeat(found, 0, None)
                case "+":
                    found = self._make.repeat(found, 1, None)
                case _:
                    found = self._make.repeat(found, *self._bounds())
        return found

    def _bounds(self) -> tuple[int, int | None]:
        least = self._integer()
        if least is None:
            raise self._error("A number is expected after { in a regular expression")
        most: int | None = least
        if self._match(","):
            most = self._integer()
        if not self._match("}"):
            raise self._error("A brace is not closed in a regular expression")
        if max(least, most or 0) > MAX_REPEATS or (most is not None and most < least):
            raise self._error(f"A repetition must be one from 0 to {MAX_REPEATS}, and rise")
        return least, most

    def _integer(self) -> int | None:
        start = self._at
        while self._peek("0123456789"):
            self._at += 1
        digits = self._pattern[start : self._at]
        return int(digits) if digits else None

    def _complement(self) -> int:
        signs = 0
        while self._match("~"):
            signs += 1
        found = self._character_class()
        return self._make.but(found) if signs % 2 else found

    def _character_class(self) -> int:
        if not self._match("["):
            return self._simple()
        is_negated = self._match("^")
        ranges = self._class_item()
        while self._at < len(self._pattern) and not self._peek("]"):
            ranges += self._class_item()
        if not self._match("]"):
            raise self._error("A bracket is not closed in a regular expression")
        return self._make.characters(_others(ranges) if is_negated else ranges)

    def _class_item(self) -> Ranges:
        if predefined := self._predefined():
            return predefined
        low = high = ord(self._character())
        if self._match("-"):
            high = ord(self._character())
        if low > high:
            raise self._error("A range of characters must rise in a regular expression")
        return ((low, high),)

    def _simple(self) -> int:
        make = self._make
        if self._match("."):
            return make.characters(ANY_CHARACTER)
        if self._match("#"):
            return NOTHING
        if self._match("@"):
            return make.repeat(make.characters(ANY_CHARACTER), 0, None)
        if self._match('"'):
            return self._quoted()
        if self._match("("):
            return self._group()
        if self._peek("<"):
            raise self._error("A regular expression may not have <names> or <1-9>")
        if predefined := self._predefined():
            return make.characters(predefined)
        code = ord(self._character())
        return make.characters(((code, code),))

    def _quoted(self) -> int:
        end = self._pattern.find('"', self._at)
        if end < 0:
            raise self._error("A quotation mark is not closed in a regular expression")
        found = EMPTY
        for character in reversed(self._pattern[self._at : end]):
            code = ord(character)
            found = self._make.chain(self._make.characters(((code, code),)), found)
        self._at = end + 1
        return found

    def _group(self) -> int:
        if self._match(")"):
            return EMPTY
        self._groups += 1
        if self._groups > MAX_GROUPS:
            raise self._error(f"Groups of a regular expression may be {MAX_GROUPS} deep")
        found = self._union()
        if not self._match(")"):
            raise self._error("A parenthesis is not closed in a regular expression")
        self._groups -= 1
        return found

    def _predefined(self) -> Ranges | None:
        name = self._pattern[self._at + 1 : self._at + 2]
        if not self._peek("\\") or name.lower() not in _CLASSES:
            return None
        self._at += 2
        ranges = _CLASSES[name.lower()]
        return ranges if name.islower() else _others(ranges)

    def _character(self) -> str:
        self._match("\\")
        if self._at >= len(self._pattern):
            raise self._error("A regular expression ends where a character is expected")
        return self._take()

    def _peek(self, characters: str) -> bool:
        return self._at < len(self._pattern) and self._pattern[self._at] in characters

    def _match(self, character: str) -> bool:
        is_there = self._peek(character)
        self._at += is_there
        return is_there

    def _take(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1]

    def _error(self, reason: str) -> RegexError:
        return RegexError(reason, self._at)


def _others(ranges: Ranges) -> Ranges:
    """Return the codes that are in none of the ranges."""
    found, at = [], 0
    for low, high in sorted(ranges):
        if low > at:
            found.append((at, low - 1))
        at = max(at, high + 1)
    return (*found, (at, 0x10FFFF)) if at <= 0x10FFFF else tuple(found)
