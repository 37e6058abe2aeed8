"""What tests look at: which projections are fresh, and what they are marked with."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, Model

from course_discovery.core.changes.registry import object_of
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection
from course_discovery.projections.stored import Stored, read

Place = tuple[str, int]


def place(row: Model) -> Place:
    """Kind and primary key of an object."""
    rule = object_of(type(row))
    assert rule
    return rule.kind, row.pk


def read_everything(now: datetime, language: str | None = None) -> dict[Place, Stored]:
    """Every projected object there is, read: all of them are stored afterwards."""
    return {
        (name, pk): stored
        for name, kind in KINDS.items()
        for pk, stored in read(
            name,
            list(kind.model._base_manager.values_list("pk", flat=True)),
            now=now,
            language=language,
        ).items()
    }


def marked() -> set[Place]:
    """What is stored and out of date."""
    rows = Projection.objects.exclude(version=F("stored_version"))
    return set(rows.values_list("kind", "row"))


def data_of(row: Model, now: datetime, language: str | None = None) -> dict[str, Any]:
    """The projection of an object as it is read."""
    kind, pk = place(row)
    return read(kind, [pk], now=now, language=language)[pk].data


def among(rows: Collection[Model]) -> set[Place]:
    """The places of objects."""
    return {place(row) for row in rows}
