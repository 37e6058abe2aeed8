"""How postings and columns are packed into bytes; numbers are in the order of this machine."""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import orjson

_HEADER = struct.Struct("=IB")
_DOCUMENTS_ONLY, _NARROW, _WIDE = range(3)
MAX_FREQUENCY = 0xFFFF

Numbers = Sequence[int]


@dataclass(slots=True)
class Postings:
    """The documents that hold a term, in the order in which they were added.

    For text also, for each document, how often it holds the term, the rounded length of its field
    (`norms`), and where the term stands (`positions`, one document after the other).
    """

    documents: Numbers
    frequencies: Numbers = ()
    norms: Numbers = ()
    positions: Numbers = ()


@dataclass(slots=True)
class Column:
    """The values of a field: `values[i]` belongs to `documents[i]`.

    The values of one document stand together, in rising order. Text fields have no values here,
    only the documents that have the field.
    """

    documents: Numbers
    values: Sequence[Any] = ()


def pack_postings(postings: Postings) -> bytes:
    """Return postings as bytes."""
    documents = array("I", postings.documents).tobytes()
    count = len(postings.documents)
    if not postings.frequencies:
        return _HEADER.pack(count, _DOCUMENTS_ONLY) + documents
    is_wide = max(postings.positions, default=0) > 0xFFFF
    return b"".join(
        (
            _HEADER.pack(count, _WIDE if is_wide else _NARROW),
            documents,
            array("H", postings.frequencies).tobytes(),
            bytes(postings.norms),
            array("I" if is_wide else "H", postings.positions).tobytes(),
        )
    )


def unpack_postings(data: bytes) -> Postings:
    """Return the postings that `pack_postings` packed."""
    count, kind = _HEADER.unpack_from(data)
    at = _HEADER.size
    documents = array("I", data[at : at + 4 * count])
    if kind == _DOCUMENTS_ONLY:
        return Postings(documents)
    at += 4 * count
    return Postings(
        documents,
        array("H", data[at : at + 2 * count]),
        data[at + 2 * count : at + 3 * count],
        array("I" if kind == _WIDE else "H", data[at + 3 * count :]),
    )


def unpack_documents(data: bytes) -> Numbers:
    """Return only the documents of packed postings."""
    (count,) = struct.unpack_from("=I", data)
    return array("I", data[_HEADER.size : _HEADER.size + 4 * count])


def pack_column(column: Column) -> tuple[str, bytes]:
    """Return the kind of a column's values and the column as bytes."""
    documents = array("I", column.documents).tobytes()
    if not column.values:
        return "", documents
    if isinstance(column.values[0], str):
        return "s", _HEADER.pack(len(column.documents), 0) + documents + orjson.dumps(column.values)
    kind = "d" if any(isinstance(value, float) for value in column.values) else "q"
    return kind, documents + array(kind, column.values).tobytes()


def unpack_column(kind: str, data: bytes) -> Column:
    """Return the column that `pack_column` packed."""
    if kind == "":
        return Column(array("I", data))
    if kind == "s":
        count, _ = _HEADER.unpack_from(data)
        middle = _HEADER.size + 4 * count
        return Column(array("I", data[_HEADER.size : middle]), orjson.loads(data[middle:]))
    count = len(data) // 12
    return Column(array("I", data[: 4 * count]), array(kind, data[4 * count :]))


def join_postings(parts: Sequence[Postings]) -> Postings:
    """Return the postings of one term in several segments as one."""
    return Postings(
        array("I", chain.from_iterable(part.documents for part in parts)),
        array("H", chain.from_iterable(part.frequencies for part in parts)),
        bytes(chain.from_iterable(part.norms for part in parts)),
        array("I", chain.from_iterable(part.positions for part in parts)),
    )


def without(postings: Postings, dead: set[int]) -> Postings:
    """Return postings without the documents that are dead."""
    if dead.isdisjoint(postings.documents):
        return postings
    kept = [i for i, document in enumerate(postings.documents) if document not in dead]
    documents = [postings.documents[i] for i in kept]
    if not postings.frequencies:
        return Postings(documents)
    ends = list(accumulate(postings.frequencies, initial=0))
    return Postings(
        documents,
        [postings.frequencies[i] for i in kept],
        [postings.norms[i] for i in kept],
        [place for i in kept for place in postings.positions[ends[i] : ends[i + 1]]],
    )
