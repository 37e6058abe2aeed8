"""What a query string means, before any field or analyzer is known.

The grammar has no precedence: a group keeps its clauses in the order in which they were written,
each with the operator before it, and whoever runs the query folds them from left to right.
A `field` of None stands for several default fields; `position` counts characters from 0.
"""

from collections.abc import Iterator
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
    """Quoted text, whose words may be `slop` places apart from where they should stand."""

    field: str | None
    text: str
    position: int
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that ends in a star; `text` is without it."""

    field: str | None
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    r"""A word with `*` (any text) and `?` (any character) in it; `\c` stands for `c`."""

    field: str | None
    pattern: str
    position: int


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, in the syntax of Lucene, that a whole word matches."""

    field: str | None
    pattern: str
    position: int


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that may differ by some edits: 0 to 2, or by its length if `edits` is None."""

    field: str | None
    text: str
    position: int
    edits: int | None = None


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


Node = Words | Phrase | Prefix | Wildcard | Regex | Fuzzy | Exists | Range | Group


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a group with the operator and the sign before it, and how much it counts.

    `span` is where the node was written: from its first character to behind its last one.
    """

    node: Node
    conjunction: Conjunction = Conjunction.NONE
    modifier: Modifier = Modifier.NONE
    boost: float = 1.0
    span: tuple[int, int] = field(default=(0, 0), compare=False)


def leaves(group: Group) -> Iterator[Node]:
    """Yield all that is in a group, and in the groups in it, but for the groups themselves."""
    for clause in group.clauses:
        if isinstance(clause.node, Group):
            yield from leaves(clause.node)
        else:
            yield clause.node
