"""Reading projections: what is stored, and rendered now where that is not fresh."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from django.db.models import F, Q, QuerySet

from course_discovery.projections.kinds import KINDS, Kind, revision
from course_discovery.projections.models import Projection

# A clock may be wrong by as much: what was rendered in the future is not believed.
CLOCK_SKEW = timedelta(minutes=5)


class Mark(NamedTuple):
    """By what clients know a projection again.

    `fingerprint` is the same only for the same body. `modified_at` rises with every new body, in
    whole seconds; None for one that is not stored.
    """

    fingerprint: str
    modified_at: datetime | None


class Stored(NamedTuple):
    """A projection: its mark, and its body as JSON."""

    mark: Mark
    body: str

    @property
    def data(self) -> dict[str, Any]:
        """The body, parsed; private keys (with an underscore) are among it."""
        parsed: dict[str, Any] = orjson.loads(self.body)
        return parsed


def read(
    kind: str, pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, Stored]:
    """The projections of these rows by primary key, as they are at `now`.

    One query if all are stored and fresh. The others are rendered, in a number of queries that
    does not depend on theirs, and stored if that is possible at once. Rows that do not exist are
    left out.
    """
    of, wanted = KINDS[kind], tuple(dict.fromkeys(pks))
    found = {
        row: Stored(Mark(fingerprint, modified_at), body)
        for row, fingerprint, modified_at, body in fresh(of, wanted, now, language).values_list(
            "row", "fingerprint", "modified_at", "body__content"
        )
    }
    return found | _render_missing(of, wanted, found, now, language)


def read_data(
    kind: str, pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, dict[str, Any]]:
    """As `read`, parsed."""
    stored = read(kind, pks, now=now, language=language)
    return {pk: each.data for pk, each in stored.items()}


def read_marks(
    kind: str, pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, Mark]:
    """The marks of the projections of these rows by primary key, without their bodies."""
    of, wanted = KINDS[kind], tuple(dict.fromkeys(pks))
    rows = fresh(of, wanted, now, language)
    found = {
        row: Mark(fingerprint, modified_at)
        for row, fingerprint, modified_at in rows.values_list("row", "fingerprint", "modified_at")
    }
    rendered = _render_missing(of, wanted, found, now, language)
    return found | {pk: each.mark for pk, each in rendered.items()}


def fresh(
    kind: Kind, pks: Collection[int], now: datetime, language: str | None
) -> "QuerySet[Projection]":
    """The stored projections of these rows that may be shown at `now`."""
    return Projection.objects.filter(
        Q(due_at__isnull=True) | Q(due_at__gt=now),
        kind=kind.name,
        language=kind.language(language),
        row__in=pks,
        version=F("stored_version"),
        rendered_at__lte=now + CLOCK_SKEW,
        revision=revision(),
    )


def _render_missing(
    kind: Kind,
    wanted: Collection[int],
    found: Collection[int],
    now: datetime,
    language: str | None,
) -> dict[int, Stored]:
    # Rendering asks for what is stored of others, here and there.
    from course_discovery.projections.rendering import render_and_store

    missing = [pk for pk in wanted if pk not in found]
    if not missing:
        return {}
    return render_and_store(kind, missing, now=now, language=language)
