"""Filling a catalog with very many rows at once."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction

from course_discovery.core.changes import recording
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity

BATCH = 500
# What a "rebuilt" entry is about: everything.
_EVERYTHING = Identity("catalog", uuid.UUID(int=0), "everything")


class BulkRefused(RuntimeError):
    """This database cannot take rows in bulk; the text says why."""


def insert_rows(*, rows: Iterable[models.Model]) -> int:
    """Insert new rows, up to BATCH of one model after the other in one statement; how many.

    The rows' values are taken as they are: whoever makes them keeps the catalog's rules, and calls
    `tell_rebuilt` at the end, for no entry of the change log is written. Rows may refer to rows
    before them. Raises BulkRefused where the database does not tell the new keys (MySQL; MariaDB
    does), and IntegrityError.
    """
    if not connection.features.can_return_rows_from_bulk_insert:
        raise BulkRefused("This database does not tell the keys of rows that are inserted in bulk.")
    count = 0
    for batch in _of_one_model(rows):
        model = type(batch[0])
        with transaction.atomic():
            if model._meta.parents:
                _insert_children(batch)
            else:
                models.QuerySet(model).bulk_create(batch)
        count += len(batch)
    return count


def tell_rebuilt() -> None:
    """Leave one entry in the change log, after which every object counts as changed."""
    with transaction.atomic():
        recording.record([_EVERYTHING], Change.REBUILD)


def _of_one_model(rows: Iterable[models.Model]) -> Iterable[list[Any]]:
    rest = iter(rows)
    waiting: list[models.Model] = []
    for row in rest:
        if waiting and (type(row) is not type(waiting[0]) or len(waiting) == BATCH):
            yield waiting
            waiting = []
        waiting.append(row)
    if waiting:
        yield waiting


def _insert_children(rows: Sequence[models.Model]) -> None:
    """Insert the own columns of rows whose parent rows are there already."""
    for row in rows:
        row.save_base(raw=True, force_insert=True)
