"""How much of what makes an engine look through many words a query may ask for."""

from collections import Counter
from typing import Literal

from search.engine.query_string.errors import QueryStringError
from search.engine.query_string.nodes import (
    Fuzzy,
    Group,
    Node,
    Phrase,
    Prefix,
    Range,
    Regex,
    Wildcard,
    leaves,
)

MAX_SCANS = 3
"""Regular expressions, fuzzy words, and words that begin with a wildcard: they read all words."""
MAX_BEGINNINGS = 50
"""Words that end in a star, or have a wildcard after their beginning."""
MAX_RANGES = 50
MAX_NEAR_LENGTH = 300
"""Characters of all phrases with a slop; each of their words costs."""

_Kind = Literal["scan", "beginning", "range"]
_LIMITS: dict[_Kind, tuple[int, str]] = {
    "scan": (
        MAX_SCANS,
        "regular expressions, fuzzy words (~) and words that begin with a wildcard (* or ?)",
    ),
    "beginning": (MAX_BEGINNINGS, "words with a wildcard (* or ?)"),
    "range": (MAX_RANGES, "ranges"),
}


def check_budgets(group: Group) -> None:
    """Raise QueryStringError, which says what there is too much of, at the first that is."""
    counts: Counter[_Kind] = Counter()
    near = 0
    for node in leaves(group):
        if isinstance(node, Phrase) and node.slop:
            near += len(node.text)
            if near > MAX_NEAR_LENGTH:
                what = f"Phrases with a slop (~) may have {MAX_NEAR_LENGTH} characters in all"
                raise QueryStringError(what, node.position)
        kind = _kind_of(node)
        if kind is None:
            continue
        counts[kind] += 1
        limit, what = _LIMITS[kind]
        if counts[kind] > limit:
            raise QueryStringError(f"A query may have {limit} {what}", node.position)


def _kind_of(node: Node) -> _Kind | None:
    match node:
        case Regex() | Fuzzy():
            return "scan"
        case Wildcard(pattern=pattern):
            return "scan" if pattern[0] in "*?" else "beginning"
        case Prefix():
            return "beginning"
        case Range():
            return "range"
    return None
