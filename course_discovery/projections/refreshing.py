"""Rendering in the background what changes and time have made stale: a reader of the log."""

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import batches
from course_discovery.projections.filling import fill
from course_discovery.projections.kinds import KINDS, Kind
from course_discovery.projections.marking import mark_again
from course_discovery.projections.models import Projection
from course_discovery.projections.reach import Place
from course_discovery.projections.rendering import render_and_store
from course_discovery.projections.storing import rows_to_fill

logger = logging.getLogger(__name__)

CONSUMER = "projections"
# Seconds of rendering in one call; what is left stays due.
BUDGET = 0.3
BATCH = 50
# What cannot be rendered is tried again after this time; whoever reads it tries at once.
RETRY = timedelta(hours=1)


def register() -> None:
    """Hear of every change after its commit, and of time when there is none."""
    register_consumer(Consumer(CONSUMER, handle, idle=refresh))


def handle(changes: Sequence[Change]) -> None:
    """Mark what the changes touch once more, see that it has a row, and begin to render it."""
    transactions: defaultdict[str, list[Change]] = defaultdict(list)
    for each in changes:
        transactions[each.transaction].append(each)
    changed_at: dict[Place, datetime] = {}
    for entries in transactions.values():
        for place in mark_again(entries):
            changed_at[place] = max(entries[0].at, changed_at.get(place, entries[0].at))
    _give_rows(changed_at)
    refresh_due()


def refresh() -> None:
    """Render what is due, and look for what should be."""
    if not refresh_due():
        fill()


def refresh_due() -> bool:
    """Render what was marked, and what time alone has changed, as long as the budget lasts.

    It ends too when nothing can be stored: others are writing, and the next call goes on. Answers
    whether something may be left.
    """
    until, now = time.monotonic() + BUDGET, timezone.now()
    rows = Projection.objects.filter(due_at__lte=now, kind__in=KINDS).order_by("due_at", "pk")
    before: list[Any] = []
    while time.monotonic() < until:
        due = list(rows.values_list("pk", "kind", "language", "row")[:BATCH])
        if not due or due == before:
            return bool(due)
        by_kind: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for _pk, kind, language, row in due:
            by_kind[kind, language].append(row)
        for (kind, language), pks in by_kind.items():
            _render(KINDS[kind], pks, language, now)
        before = due
    return True


def _give_rows(changed_at: dict[Place, datetime]) -> None:
    """Give rows, in the default language, to changed objects that have none: they are due then."""
    by_kind: defaultdict[Kind, list[int]] = defaultdict(list)
    for kind, pk in sorted(changed_at):
        by_kind[KINDS[kind]].append(pk)
    for of, pks in by_kind.items():
        known = {pk: changed_at[of.name, pk] for pk in pks}
        for batch in batches(pks):
            rows_to_fill(of, batch, of.language(None), known, patient=True)


def _render(kind: Kind, pks: Sequence[int], language: str, now: datetime) -> None:
    """Render and store; what cannot be rendered is told, and does not stop the others."""
    try:
        render_and_store(kind, pks, now=now, language=language, patient=True)
    except DatabaseError:
        raise
    except Exception:
        if len(pks) > 1:
            for pk in pks:
                _render(kind, [pk], language, now)
            return
        logger.exception("%s %s cannot be rendered", kind.name, pks[0])
        Projection.objects.filter(kind=kind.name, language=language, row=pks[0]).update(
            due_at=now + RETRY
        )
