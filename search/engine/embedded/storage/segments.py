"""Writes segments: pages and columns that never change once their segment is listed."""

import sqlite3
from dataclasses import dataclass

from search.engine.embedded.storage.codec import pack_column
from search.engine.embedded.storage.memory_segment import MemorySegment
from search.engine.embedded.storage.pages import pack_pages

PageRow = tuple[int, str, bytes]
ColumnRow = tuple[int, int, int, int, str, bytes]


@dataclass(frozen=True)
class PackedSegment:
    """A segment as bytes, ready to be written without further work."""

    documents: int
    pages: list[tuple[str, bytes]]
    columns: list[tuple[int, int, int, str, bytes]]


def pack_segment(segment: MemorySegment) -> PackedSegment:
    """Return a segment as bytes."""
    columns = [
        (field, column.holders, column.words, *pack_column(column.documents, column.values))
        for field, column in segment.columns.items()
    ]
    return PackedSegment(len(segment), list(pack_pages(segment.packed_postings())), columns)


def insert_segment(
    connection: sqlite3.Connection, index_number: int, segment: PackedSegment
) -> None:
    """Write a segment and list it, inside the caller's transaction."""
    number = connection.execute(
        "INSERT INTO segment (index_number, documents) VALUES (?, ?)",
        (index_number, segment.documents),
    ).lastrowid
    if number is None:
        raise sqlite3.DatabaseError("A segment got no number")
    insert_pages(connection, [(number, *row) for row in segment.pages])
    insert_columns(connection, [(number, *row) for row in segment.columns])


def insert_pages(connection: sqlite3.Connection, rows: list[PageRow]) -> None:
    """Write rows of (segment, first key, page)."""
    connection.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)


def insert_columns(connection: sqlite3.Connection, rows: list[ColumnRow]) -> None:
    """Write rows of (segment, field, holders, words, kind, column)."""
    connection.executemany("INSERT INTO field_column VALUES (?, ?, ?, ?, ?, ?)", rows)
