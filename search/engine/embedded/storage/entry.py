"""What an index holds of one document, ready to be written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

Values = list[str] | list[int] | list[float]


class TextTerms(NamedTuple):
    """The terms of a text field, the position of each, and how many words the field has."""

    terms: list[str]
    positions: Sequence[int]
    length: int


@dataclass(slots=True)
class Entry:
    """The terms of the text fields of a document, and the values of its other fields, by number.

    Values are distinct and in rising order. `children` are the nested documents, each with the
    number of its path.
    """

    texts: dict[int, TextTerms] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)
    children: list[tuple[int, "Entry"]] = field(default_factory=list)

    def size(self) -> int:
        """Return how many numbers the document and its nested ones take."""
        return 1 + sum(child.size() for _, child in self.children)

    def weight(self) -> int:
        """Return how many terms and values there are to write."""
        own = sum(len(text.terms) for text in self.texts.values()) + len(self.values)
        return own + sum(child.weight() for _, child in self.children)

    def dumps(self) -> bytes:
        """Return the entry as JSON."""
        return orjson.dumps(self._plain(), option=orjson.OPT_NON_STR_KEYS)

    def _plain(self) -> list[Any]:
        texts = {
            number: (text.terms, list(text.positions), text.length)
            for number, text in self.texts.items()
        }
        return [texts, self.values, [(path, child._plain()) for path, child in self.children]]


def load_entry(data: bytes) -> Entry:
    """Return the entry that `Entry.dumps` wrote."""
    return _from_plain(orjson.loads(data))


def _from_plain(plain: Any) -> Entry:
    texts, values, children = plain
    return Entry(
        {int(number): TextTerms(*text) for number, text in texts.items()},
        {int(number): listed for number, listed in values.items()},
        [(path, _from_plain(child)) for path, child in children],
    )
