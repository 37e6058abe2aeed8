"""What an index holds of one document, ready to be written."""

from dataclasses import dataclass, field
from typing import Any

import orjson

Positions = dict[str, list[int]]
Values = list[str] | list[int] | list[float]


@dataclass(slots=True)
class Entry:
    """The terms and values of a document by field number.

    `texts`: the number of words of a text field, and where each term stands in it. `values`: the
    distinct values of any other field, in rising order. `children`: the nested documents, each with
    the number of its path.
    """

    texts: dict[int, tuple[int, Positions]] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)
    children: list[tuple[int, "Entry"]] = field(default_factory=list)

    def size(self) -> int:
        """Return how many numbers the document and its nested ones take."""
        return 1 + sum(child.size() for _, child in self.children)

    def weight(self) -> int:
        """Return about how many terms and values there are to write."""
        own = sum(len(terms) for _, terms in self.texts.values()) + len(self.values)
        return own + sum(child.weight() for _, child in self.children)

    def dumps(self) -> bytes:
        """Return the entry as JSON."""
        return orjson.dumps(self._plain(), option=orjson.OPT_NON_STR_KEYS)

    def _plain(self) -> list[Any]:
        children = [(path, child._plain()) for path, child in self.children]
        return [self.texts, self.values, children]


def load_entry(data: bytes) -> Entry:
    """Return the entry that `Entry.dumps` wrote."""
    return _from_plain(orjson.loads(data))


def _from_plain(plain: Any) -> Entry:
    texts, values, children = plain
    return Entry(
        {int(number): (length, terms) for number, (length, terms) in texts.items()},
        {int(number): listed for number, listed in values.items()},
        [(path, _from_plain(child)) for path, child in children],
    )
