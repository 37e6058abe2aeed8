"""Regular expressions by their derivatives: what is left to be read after a character.

https://en.wikipedia.org/wiki/Brzozowski_derivative
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

MAX_STEPS = 10_000
_LAST = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]


class TooComplex(Exception):
    """An expression needs more than MAX_STEPS."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character, in any of several ranges of codes."""

    ranges: Ranges

    def has(self, code: int) -> bool:
        """Whether a code is in one of the ranges."""
        return any(low <= code <= high for low, high in self.ranges)


@dataclass(frozen=True, slots=True)
class Empty:
    """The text without characters."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One expression after another; expressions are known by their numbers."""

    first: int
    rest: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives."""

    parts: frozenset[int]


@dataclass(frozen=True, slots=True)
class AllOf:
    """What all of several match."""

    parts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Not:
    """What another does not match."""

    inner: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Another several times; without an end if `most` is None."""

    inner: int
    least: int
    most: int | None


Expression = Characters | Empty | Chain | AnyOf | AllOf | Not | Repeat
NOTHING: Final = 0
EMPTY: Final = 1
ANY_CHARACTER: Ranges = ((0, _LAST),)


class Expressions:
    """The expressions of one pattern, each known by its number; equal ones are one."""

    def __init__(self) -> None:
        self._known: list[Expression] = [Characters(()), Empty()]
        self._numbers = {known: number for number, known in enumerate(self._known)}
        self._after: dict[tuple[int, int], int] = {}
        self._is_empty: dict[int, bool] = {EMPTY: True}
        self._steps = 0

    def characters(self, ranges: Ranges) -> int:
        """Return one character of these ranges."""
        return self._number(Characters(ranges))

    def chain(self, first: int, rest: int) -> int:
        """Return one after the other."""
        if NOTHING in (first, rest):
            return NOTHING
        if first == EMPTY:
            return rest
        if rest == EMPTY:
            return first
        known = self._known[first]
        if isinstance(known, Chain):
            return self.chain(known.first, self.chain(known.rest, rest))
        return self._number(Chain(first, rest))

    def any_of(self, *parts: int) -> int:
        """Return what any of them matches."""
        flat: set[int] = set()
        for part in parts:
            known = self._known[part]
            flat |= known.parts if isinstance(known, AnyOf) else {part}
        flat.discard(NOTHING)
        if len(flat) > 1:
            return self._number(AnyOf(frozenset(flat)))
        return flat.pop() if flat else NOTHING

    def all_of(self, *parts: int) -> int:
        """Return what all of them match."""
        wanted = frozenset(parts)
        if NOTHING in wanted:
            return NOTHING
        return self._number(AllOf(wanted)) if len(wanted) > 1 else parts[0]

    def but(self, inner: int) -> int:
        """Return what the other does not match."""
        known = self._known[inner]
        return known.inner if isinstance(known, Not) else self._number(Not(inner))

    def repeat(self, inner: int, least: int, most: int | None) -> int:
        """Return the other so many times."""
        if most == 0 or inner == EMPTY:
            return EMPTY
        if inner == NOTHING:
            return NOTHING if least else EMPTY
        if (least, most) == (1, 1):
            return inner
        return self._number(Repeat(inner, least, most))

    def is_empty(self, number: int) -> bool:
        """Whether an expression matches the text without characters."""
        found = self._is_empty.get(number)
        if found is None:
            found = self._is_empty[number] = self._find_empty(self._known[number])
        return found

    def after(self, number: int, code: int) -> int:
        """Return what is left of an expression after a character."""
        key = (number, code)
        found = self._after.get(key)
        if found is None:
            self._step()
            found = self._after[key] = self._derive(self._known[number], code)
        return found

    def boundaries(self) -> list[int]:
        """Return the codes at which a range begins, or has ended: between two all are alike."""
        found = {0}
        for known in self._known:
            if isinstance(known, Characters):
                found |= {edge for low, high in known.ranges for edge in (low, high + 1)}
        return sorted(found - {_LAST + 1})

    def _find_empty(self, known: Expression) -> bool:
        match known:
            case Chain(first, rest):
                return self.is_empty(first) and self.is_empty(rest)
            case AnyOf(parts):
                return any(map(self.is_empty, parts))
            case AllOf(parts):
                return all(map(self.is_empty, parts))
            case Not(inner):
                return not self.is_empty(inner)
            case Repeat(inner, least, _):
                return not least or self.is_empty(inner)
        return False

    def _derive(self, known: Expression, code: int) -> int:
        match known:
            case Empty():
                return NOTHING
            case Characters():
                return EMPTY if known.has(code) else NOTHING
            case Chain(first, rest):
                found = self.chain(self.after(first, code), rest)
                return self.any_of(found, self.after(rest, code)) if self.is_empty(first) else found
            case AnyOf(parts):
                return self.any_of(*(self.after(part, code) for part in parts))
            case AllOf(parts):
                return self.all_of(*(self.after(part, code) for part in parts))
            case Not(inner):
                return self.but(self.after(inner, code))
            case Repeat(inner, least, most):
                least = 0 if self.is_empty(inner) else max(least - 1, 0)
                rest = self.repeat(inner, least, None if most is None else most - 1)
                return self.chain(self.after(inner, code), rest)

    def _number(self, known: Expression) -> int:
        number = self._numbers.get(known)
        if number is None:
            self._step()
            number = self._numbers[known] = len(self._known)
            self._known.append(known)
        return number

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooComplex


class Table:
    """All states of an expression, worked out beforehand; raises TooComplex if there are many."""

    def __init__(self, expressions: Expressions, start: int) -> None:
        self.start = start
        self._boundaries = expressions.boundaries()
        self._following: dict[int, list[int]] = {}
        self.ends: set[int] = set()
        waiting = [start]
        while waiting:
            state = waiting.pop()
            if state in self._following:
                continue
            following = [expressions.after(state, code) for code in self._boundaries]
            self._following[state] = following
            waiting += following
            if expressions.is_empty(state):
                self.ends.add(state)
        self.settled = {state for state in self.ends if set(self._following[state]) == {state}}

    def following(self, state: int, character: str) -> int:
        """Return the state after a character."""
        return self._following[state][bisect_right(self._boundaries, ord(character)) - 1]
