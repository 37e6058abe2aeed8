"""Calling for errands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.models import Errand, ErrandState


@operation
def call_for(
    *,
    kind: str,
    subject_kind: str,
    subject: UUID,
    key: str,
    partner: Partner,
    now: datetime,
    topic: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Have an errand run after the commit, once for all calls of a subject, kind and topic.

    `subject_kind` and `key` are those of the change log (`course_run` and the run's key), `facts`
    are plain values that the errand needs and cannot read. Takes one query, three the first time.
    """
    values: dict[str, Any] = {
        "key": key,
        "partner": partner,
        "facts": facts or {},
        "change": uuid4(),
        **_fresh(now),
        "called_for_at": now,
    }
    named = {"subject": subject, "kind": kind, "topic": topic}
    errands = Errand.objects.filter(**named)
    if errands.update(**values):
        return
    errand = Errand(subject_kind=subject_kind, **named, **values)
    Errand.objects.bulk_create([errand], ignore_conflicts=True)
    # Somebody else's may have come between: then this change would be without an errand.
    if not errands.filter(change=values["change"]).exists():
        errands.update(**values)


@operation
def try_again(*, errands: Iterable[int], now: datetime) -> int:
    """Have failed and waiting errands, by primary key, run now, with all their tries; how many."""
    rows = Errand.objects.filter(pk__in=list(errands)).exclude(state=ErrandState.DONE)
    return rows.update(**_fresh(now))


def _fresh(now: datetime) -> dict[str, Any]:
    return {
        "state": ErrandState.WAITING,
        "attempts": 0,
        "last_error": "",
        "due_at": now,
        "settled_at": None,
    }
