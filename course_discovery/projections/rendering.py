"""Rendering what is missing or out of date, and keeping it if no change came in between."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import orjson
from django.utils.functional import Promise

from course_discovery.projections import storing
from course_discovery.projections.kinds import Kind, Rendered, revision
from course_discovery.projections.models import Projection
from course_discovery.projections.stored import Mark, Stored
from course_discovery.projections.values import moment

# Rows rendered at once: bounds memory, and how long a transaction that stores them lasts.
BATCH = 100
# How often one that changes whenever it is rendered is rendered.
_TRIES = 3
_SECOND = timedelta(seconds=1)
_STAMP = "data_modified_timestamp"


def render_and_store(
    kind: Kind,
    pks: Sequence[int],
    *,
    now: datetime,
    language: str | None = None,
    changed_at: Mapping[int, datetime] | None = None,
    patient: bool = False,
) -> dict[int, Stored]:
    """Render rows, and store what is still as it was when it was rendered.

    `changed_at` is when rows that have no projection yet are known to have changed. Who is
    `patient` waits for the database; others store only if it takes writes at once. What is not
    stored is given all the same, but for what changed meanwhile: that is rendered again, because
    one half of it may have been read before the change and the other half after it.
    """
    code = kind.language(language)
    found: dict[int, Stored] = {}
    for batch in _batches(pks):
        changed: Collection[int] = batch
        for _try in range(_TRIES):
            rows, bodies = _bodies(kind, changed, code, now, changed_at or {}, patient=patient)
            filled = [(rows[pk], body) for pk, body in bodies.items()]
            kept = storing.store(filled, patient=patient)
            for pk, body in bodies.items():
                modified_at = rows[pk].modified_at if pk in kept else None
                found[pk] = Stored(Mark(rows[pk].fingerprint, modified_at), body)
            if patient:
                storing.forget([row for pk, row in rows.items() if pk not in bodies])
                break
            changed = storing.changed([rows[pk] for pk in bodies if pk not in kept])
            if not changed:
                break
    return found


def _bodies(
    kind: Kind,
    pks: Collection[int],
    code: str,
    now: datetime,
    changed_at: Mapping[int, datetime],
    *,
    patient: bool,
) -> tuple[dict[int, Projection], dict[int, str]]:
    """The narrow rows of objects, and the bodies of those that are there."""
    # The marks are noted before anything is read that the bodies are made of.
    rows = storing.rows_to_fill(kind, pks, code, changed_at, patient=patient)
    rendered = kind.render(list(pks), now, code)
    # Each is let go when its body is written, which is much smaller.
    return rows, {pk: _fill(rows[pk], rendered.pop(pk), now) for pk in list(rendered)}


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]


def _fill(row: Projection, rendered: Rendered, now: datetime) -> str:
    """Let `row` say what it will when this is stored; answers the body."""
    body = _body(rendered, row.data_changed_at)
    if _fingerprint(body) != row.fingerprint:
        # A change was seen in it, so it counts as one of the object's data.
        row.data_changed_at = row.changed_at
        body = _body(rendered, row.data_changed_at)
        row.fingerprint = _fingerprint(body)
        row.modified_at = _later(now, row.changed_at, row.modified_at and row.modified_at + _SECOND)
    boundary = rendered.get("_next_boundary")
    row.due_at = datetime.fromisoformat(boundary) if boundary else None
    row.rendered_at, row.revision, row.stored_version = now, revision(), row.version
    return body.decode()


def _body(rendered: Rendered, data_changed_at: datetime | None) -> bytes:
    """The JSON of a rendered object, whose data changed at that time if not later."""
    if data_changed_at and _STAMP in rendered:
        column = rendered[_STAMP]
        own = datetime.fromisoformat(column) if column else None
        rendered = {**rendered, _STAMP: moment(_later(data_changed_at, own))}
    return orjson.dumps(rendered, default=_plain)


def _plain(value: Any) -> str:
    """What orjson does not know by itself."""
    if isinstance(value, (Decimal, Promise)):
        return str(value)
    if isinstance(value, datetime):  # of a class that is derived from it
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a projection")


def _fingerprint(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def _later(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(each for each in others if each)])
