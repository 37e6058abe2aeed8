"""Packs the postings of many terms into one row, since most terms are rare.

A page holds neighbouring keys in rising order and the occurrences of each; a term that fills a page
has one of its own.
"""

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import orjson

PAGE_BYTES = 4000
MAX_KEYS = 128

_HEADER = struct.Struct("=II")

Postings = tuple[str, bytes]
"""The key of a term, and its packed occurrences."""


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of a page; those at place `i` have the bytes from `ends[i]` to `ends[i + 1]`."""

    keys: list[str]
    ends: list[int]
    data: bytes

    def find(self, key: str) -> bytes | None:
        """Return the occurrences of a key."""
        place = bisect_left(self.keys, key)
        if place == len(self.keys) or self.keys[place] != key:
            return None
        return self.data[self.ends[place] : self.ends[place + 1]]

    def items(self) -> Iterator[Postings]:
        """Yield all keys with their occurrences."""
        for key, (start, end) in zip(self.keys, pairwise(self.ends), strict=True):
            yield key, self.data[start:end]

    def between(self, start: str, end: str) -> Iterator[Postings]:
        """Yield the keys from `start` up to but without `end` with their occurrences."""
        first, last = bisect_left(self.keys, start), bisect_left(self.keys, end)
        for place in range(first, last):
            yield self.keys[place], self.data[self.ends[place] : self.ends[place + 1]]

    def joined(self, start: str, end: str) -> bytes:
        """Return the occurrences of all keys from `start` up to but without `end`."""
        first, last = bisect_left(self.keys, start), bisect_left(self.keys, end)
        return self.data[self.ends[first] : self.ends[last]]


def pack_pages(postings: Iterable[Postings]) -> Iterator[tuple[str, bytes]]:
    """Yield the first key and the bytes of each page, for postings in rising order."""
    keys: list[str] = []
    parts: list[bytes] = []
    size = 0
    for key, data in postings:
        if keys and (size + len(data) > PAGE_BYTES or len(keys) == MAX_KEYS):
            yield keys[0], _pack(keys, parts)
            keys, parts, size = [], [], 0
        keys.append(key)
        parts.append(data)
        size += len(data)
    if keys:
        yield keys[0], _pack(keys, parts)


def unpack_page(data: bytes) -> Page:
    """Return the page that `pack_pages` packed."""
    count, length = _HEADER.unpack_from(data)
    middle = _HEADER.size + 4 * count
    ends = list(accumulate(array("I", data[_HEADER.size : middle]), initial=middle + length))
    return Page(orjson.loads(data[middle : middle + length]), ends, data)


def _pack(keys: list[str], parts: list[bytes]) -> bytes:
    names = orjson.dumps(keys)
    sizes = array("I", map(len, parts)).tobytes()
    return b"".join((_HEADER.pack(len(keys), len(names)), sizes, names, *parts))
