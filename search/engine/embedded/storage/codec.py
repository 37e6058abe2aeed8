"""How postings and columns are packed into bytes; numbers are in the order of this machine.

An occurrence of a term is one number of 64 bits: the document above, below it the rounded length of
the field (8 bits) and the position of the term (24 bits). Joining postings is joining their bytes.
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from search.engine.embedded.storage.lengths import encode_length

LENGTH_SHIFT = 24
DOCUMENT_SHIFT = 32
MAX_POSITION = (1 << LENGTH_SHIFT) - 1

_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
_COUNT = struct.Struct("=I")
_TEXT = "s"


class Postings:
    """The occurrences of a term; those in one document stand together, by rising position."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def occurrences(self) -> Sequence[int]:
        """The occurrences as they are packed."""
        return array("Q", self._data)

    @cached_property
    def documents(self) -> Sequence[int]:
        """The document of each occurrence."""
        return array("I", self._data)[_HIGH::2]

    @cached_property
    def places(self) -> Sequence[int]:
        """The rounded length and the position of each occurrence."""
        return array("I", self._data)[_LOW::2]


@dataclass(slots=True)
class Column:
    """The values of a field: `values[i]` belongs to `documents[i]`.

    The values of one document stand together, in rising order. Text fields have no values here,
    only the documents that have the field.
    """

    documents: Sequence[int]
    values: Sequence[Any] = ()


def occurrence_base(document: int, length: int) -> int:
    """Return the number to which the positions of a document's terms are added."""
    return document << DOCUMENT_SHIFT | encode_length(length) << LENGTH_SHIFT


def pack_occurrences(occurrences: Sequence[int]) -> bytes:
    """Return occurrences as bytes."""
    return array("Q", occurrences).tobytes()


def without(data: bytes, dead: set[int]) -> bytes:
    """Return packed occurrences without those in dead documents."""
    postings = Postings(data)
    if dead.isdisjoint(postings.documents):
        return data
    pairs = zip(postings.occurrences, postings.documents, strict=True)
    return pack_occurrences([code for code, document in pairs if document not in dead])


def pack_column(documents: Iterable[int], values: Sequence[Any]) -> tuple[str, bytes]:
    """Return the kind of a column's values and the column as bytes."""
    numbers = array("I", documents).tobytes()
    if not values:
        return "", numbers
    if isinstance(values[0], str):
        terms = sorted(set(values))
        places = {term: place for place, term in enumerate(terms)}
        chosen = array("I", map(places.__getitem__, values)).tobytes()
        return _TEXT, _COUNT.pack(len(values)) + numbers + chosen + orjson.dumps(terms)
    kind = "d" if any(isinstance(value, float) for value in values) else "q"
    return kind, numbers + array(kind, values).tobytes()


def unpack_column(kind: str, data: bytes) -> Column:
    """Return the column that `pack_column` packed."""
    if kind == "":
        return Column(array("I", data))
    if kind == _TEXT:
        (count,) = _COUNT.unpack_from(data)
        start, middle, end = (_COUNT.size + 4 * count * part for part in range(3))
        terms = orjson.loads(data[end:])
        chosen = array("I", data[middle:end])
        return Column(array("I", data[start:middle]), list(map(terms.__getitem__, chosen)))
    middle = len(data) // 3
    return Column(array("I", data[:middle]), array(kind, data[middle:]))
