"""Writing projections: short transactions that never keep anybody waiting.

SQLite has one write lock, and it is not fair: who serves a request takes it only if it is free at
once, and who works in the background leaves it alone for as long as it was held.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from course_discovery.projections.kinds import Kind
from course_discovery.projections.models import Projection, ProjectionBody

logger = logging.getLogger(__name__)

_FILLED = (
    "stored_version", "data_changed_at", "fingerprint", "modified_at", "due_at", "rendered_at",
    "revision",
)  # fmt: skip


def rows_to_fill(
    kind: Kind,
    pks: Collection[int],
    language: str,
    changed_at: Mapping[int, datetime],
    *,
    patient: bool,
) -> dict[int, Projection]:
    """The narrow rows of objects as they are now; what has none gets one, committed.

    Only a row that others can see can be marked. Those that the database does not take now are
    given unsaved.
    """
    rows = _rows(kind, pks, language)
    missing = [pk for pk in pks if pk not in rows]
    if missing:
        known = _changes_of_other_languages(kind, missing) | dict(changed_at)
        new = {
            pk: Projection(kind=kind.name, row=pk, language=language, changed_at=known.get(pk))
            for pk in missing
        }
        if _write(lambda: _insert(new.values()), patient=patient):
            new |= _rows(kind, missing, language)
        rows |= new
    return rows


def store(filled: Sequence[tuple[Projection, str]], *, patient: bool) -> set[int]:
    """Store bodies with what their rows say now, where the mark is still the one of the row.

    Answers the objects (primary keys) whose body was stored.
    """
    kept: set[int] = set()
    saved = [(row, body) for row, body in filled if row.pk is not None]
    if saved:
        _write(lambda: kept.update(_store(saved, patient)), patient=patient)
    return kept


def changed(rows: Sequence[Projection]) -> list[int]:
    """The objects (primary keys) among these that were marked since their rows were read.

    Those whose row could not be saved are among them: nobody can have marked it.
    """
    if not rows or _inside_transaction():
        return []
    versions = {row.pk: row.version for row in rows if row.pk is not None}
    now = dict(Projection.objects.filter(pk__in=versions).values_list("pk", "version"))
    return [row.row for row in rows if row.pk is None or now.get(row.pk) != row.version]


def forget(rows: Sequence[Projection]) -> None:
    """Remove the projections of objects that are gone."""
    pks = [row.pk for row in rows if row.pk is not None]
    if pks:
        _write(lambda: _delete(pks), patient=True)


def _rows(kind: Kind, pks: Collection[int], language: str) -> dict[int, Projection]:
    rows = Projection.objects.filter(kind=kind.name, language=language, row__in=pks)
    return {row.row: row for row in rows}


def _changes_of_other_languages(kind: Kind, pks: Collection[int]) -> dict[int, datetime]:
    """When objects changed, as their projections in other languages know."""
    if not kind.translated:
        return {}
    rows = Projection.objects.filter(kind=kind.name, row__in=pks, changed_at__isnull=False)
    return dict(rows.order_by("changed_at").values_list("row", "changed_at"))  # type: ignore[arg-type]


def _insert(rows: Collection[Projection]) -> None:
    Projection.objects.bulk_create(rows, ignore_conflicts=True)


def _store(filled: Sequence[tuple[Projection, str]], patient: bool) -> set[int]:
    """Three statements: lock the rows whose mark has not moved, write them, write the bodies."""
    with transaction.atomic():
        seen = {row.pk: row.version for row, _body in filled}
        # A row that somebody else has locked is about to be marked.
        skip = not patient and connection.features.has_select_for_update_skip_locked
        present = dict(
            Projection.objects.select_for_update(skip_locked=skip)
            .filter(pk__in=seen)
            .order_by("pk")
            .values_list("pk", "version")
        )
        same = [(row, body) for row, body in filled if present.get(row.pk) == row.version]
        if same:
            by_key = ["pk"] if connection.features.supports_update_conflicts_with_target else None
            Projection.objects.bulk_create(
                [row for row, _body in same],
                update_conflicts=True,
                update_fields=_FILLED,
                unique_fields=by_key,
            )
            ProjectionBody.objects.bulk_create(
                [ProjectionBody(projection=row, content=body) for row, body in same],
                update_conflicts=True,
                update_fields=["content"],
                unique_fields=by_key,
            )
    return {row.row for row, _body in same}


def _delete(pks: Collection[int]) -> None:
    with transaction.atomic():
        Projection.objects.filter(pk__in=pks).delete()


def _write(write: Callable[[], None], *, patient: bool) -> bool:
    """Write, and leave the lock alone for as long as that took; False if it was not possible.

    A projection that cannot be stored is rendered again when it is asked for: that is no failure
    of whoever reads it. Inside a transaction nothing is stored: others cannot see what it is about.
    """
    if _inside_transaction():
        return False
    if patient:
        began = time.monotonic()
        write()
        time.sleep(time.monotonic() - began)
        return True
    try:
        with _at_once():
            write()
    except DatabaseError as error:
        logger.debug("projections are left to the drain: %s", error)
        return False
    return True


def _inside_transaction() -> bool:
    # The blocks that wrap a test case are nobody's transaction.
    blocks: list[Any] = connection.atomic_blocks
    return any(not block._from_testcase for block in blocks)


@contextmanager
def _at_once() -> Iterator[None]:
    """On SQLite, fail to write inside if somebody else is writing now."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
