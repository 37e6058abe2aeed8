"""Running errands that are due, one at a time."""

import logging
import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from course_discovery.publisher.models import Errand, ErrandState
from course_discovery.publisher.operations.errands.kinds import (
    ErrandFailed,
    Work,
    errand_kind,
    errand_kinds,
)

logger = logging.getLogger(__name__)

# Waits grow from the first to the longest: a service that is away for a day is told afterwards.
TRIES = 14
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
# Longer than any work takes.
LEASE = timedelta(minutes=5)
# What was done is forgotten after this time; what failed stays until somebody looks.
KEPT = timedelta(days=30)
_CANDIDATES = 5
_FORGOTTEN = 500

Clock = Callable[[], datetime]
Guard = Callable[[], AbstractContextManager[Any]]


class _Failure(NamedTuple):
    """Why an errand was not run to its end."""

    reason: str
    final: bool


def errands_are_due(now: datetime) -> bool:
    """Whether there is something to run."""
    return _due(now).exists()


def run_next(*, clock: Clock = timezone.now, guard: Guard = nullcontext) -> bool:
    """Run the errand that is due longest; False if none is due.

    `guard` surrounds each use of the database, and never the work.
    """
    with guard():
        errand = _take(clock())
        if errand is None:
            return False
        work, failure = _prepared(errand)
        if work is None:
            _note(errand, failure, clock())
            return True
    failure = _failure_of(work, errand)
    with guard():
        _note(errand, failure, clock())
    return True


def forget_old(now: datetime) -> None:
    """Delete errands that were done long ago, a bounded number."""
    old = Errand.objects.filter(state=ErrandState.DONE, settled_at__lt=now - KEPT)
    Errand.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_FORGOTTEN])).delete()


def _due(now: datetime) -> QuerySet[Errand]:
    free = Q(taken_until=None) | Q(taken_until__lte=now)
    known = [kind.name for kind in errand_kinds()]
    return Errand.objects.filter(free, state=ErrandState.WAITING, due_at__lte=now, kind__in=known)


def _take(now: datetime) -> Errand | None:
    """The next errand, which no other process gets before its lease ends."""
    for errand in _due(now).select_related("partner").order_by("due_at", "pk")[:_CANDIDATES]:
        as_seen = Errand.objects.filter(
            pk=errand.pk,
            change=errand.change,
            state=ErrandState.WAITING,
            attempts=errand.attempts,
            taken_until=errand.taken_until,
        )
        if as_seen.update(taken_until=now + LEASE, attempts=F("attempts") + 1):
            errand.taken_until, errand.attempts = now + LEASE, errand.attempts + 1
            return errand
    return None


def _prepared(errand: Errand) -> tuple[Work | None, _Failure | None]:
    kind = errand_kind(errand.kind)
    if kind is None or errand.attempts > TRIES:
        # Whatever ran it never came back to tell.
        return None, _Failure("each try ended before its end", final=True)
    found: list[Work | None] = []
    failure = _failure_of(lambda: found.append(kind.prepare(errand)), errand)
    return (found[0] if found else None), failure


def _failure_of(work: Work, errand: Errand) -> _Failure | None:
    """Do it; why it failed, None if it did not."""
    try:
        work()
    except ErrandFailed as error:
        logger.warning("%s, try %d: %s", errand, errand.attempts, error)
        return _Failure(str(error), error.final)
    except Exception as error:
        # One that breaks must not keep the others from being run, and is shown like any other.
        logger.exception("%s, try %d", errand, errand.attempts)
        return _Failure(f"unexpected: {type(error).__name__}", final=False)
    return None


def _note(errand: Errand, failure: _Failure | None, now: datetime) -> None:
    """Store how it went, unless a change called for it again meanwhile."""
    ours = Errand.objects.filter(pk=errand.pk, taken_until=errand.taken_until)
    values: dict[str, Any] = {"taken_until": None}
    if failure is None:
        values |= {"state": ErrandState.DONE, "settled_at": now, "last_error": ""}
    else:
        values["last_error"] = failure.reason[: Errand.LONGEST_ERROR]
        if failure.final or errand.attempts >= TRIES:
            values |= {"state": ErrandState.FAILED, "settled_at": now}
        else:
            values["due_at"] = now + _wait(errand.attempts)
    if not ours.filter(change=errand.change).update(**values):
        ours.update(taken_until=None)


def _wait(attempts: int) -> timedelta:
    # Not all at once when a service comes back.
    bound = min(FIRST_WAIT * 2.0 ** (attempts - 1), LONGEST_WAIT)
    return bound * random.uniform(0.5, 1.0)  # nosec B311
