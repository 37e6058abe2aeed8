"""Documents written one by one wait as they are, until there are enough of them for a segment.

A reader turns them inside out in memory and keeps that for its next search.
"""

import sqlite3
import threading

from search.engine.embedded.storage.entry import load_entry
from search.engine.embedded.storage.memory_segment import MemorySegment
from search.engine.embedded.storage.places import number_at, place_of, places_of_index

MAX_RECENT = 64
_MAX_REMEMBERED = 8


class RecentDocuments:
    """Remembers, for each thread, the segments made of the recent documents of some indexes."""

    def __init__(self) -> None:
        self._local = threading.local()

    def segment(self, connection: sqlite3.Connection, index_number: int) -> MemorySegment:
        """Return the recent documents of an index as a segment."""
        if not hasattr(self._local, "segments"):
            self._local.segments = {}
        segments: dict[int, MemorySegment] = self._local.segments
        rows = connection.execute(
            "SELECT place FROM recent WHERE place BETWEEN ? AND ?", places_of_index(index_number)
        )
        numbers = [number_at(place) for (place,) in rows]
        segment = segments.pop(index_number, None)
        if segment is None or not segment.numbers.issubset(numbers):
            segment = MemorySegment()
        missing = [number for number in numbers if number not in segment.numbers]
        for number in missing:
            (data,) = connection.execute(
                "SELECT entry FROM recent WHERE place = ?", (place_of(index_number, number),)
            ).fetchone()
            segment.add(number, load_entry(data))
        if len(segments) >= _MAX_REMEMBERED:
            segments.pop(next(iter(segments)))
        segments[index_number] = segment
        return segment
