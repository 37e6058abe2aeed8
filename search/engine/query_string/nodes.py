"""What a query string means, before any field or analyzer is known.

The grammar has no precedence: a group keeps its clauses in the order in which they were written,
each with the operator before it, and whoever runs the query folds them from left to right.
A `field` of None stands for several default fields; `position` counts characters from 0.
"""

from dataclasses import dataclass, field
from enum import Enum


class Conjunction(Enum):
    """The operator between a clause and the one before it."""

    NONE = ""
    AND = "AND"
    OR = "OR"


class Modifier(Enum):
    """The sign before a clause."""

    NONE = ""
    REQUIRED = "+"
    PROHIBITED = "-"


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or a run of words without operators, which goes to the analyzer whole."""

    field: str | None
    text: str
    position: int
    is_run: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text."""

    field: str | None
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that ends in a star; `text` is without it."""

    field: str | None
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Exists:
    """`field:*` or `_exists_:field`; the field `*` stands for every document."""

    field: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two limits; a limit of None is open."""

    field: str | None
    lower: str | None
    upper: str | None
    include_lower: bool
    include_upper: bool
    position: int


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses in parentheses, or the whole query; without clauses it matches nothing."""

    clauses: tuple["Clause", ...]
    position: int


Node = Words | Phrase | Prefix | Exists | Range | Group


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a group with the operator and the sign before it.

    `span` is where the node was written: from its first character to behind its last one.
    """

    node: Node
    conjunction: Conjunction = Conjunction.NONE
    modifier: Modifier = Modifier.NONE
    span: tuple[int, int] = field(default=(0, 0), compare=False)
