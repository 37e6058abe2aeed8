"""Draining the log: numbering entries and handing them to every consumer.

One process drains at a time, under a lease; the next one goes on from the consumers' positions.
What a consumer had handled but not yet noted is handed to it again. No transaction is open while a
consumer works, and the drain's own are short.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from course_discovery.core.changes import lease, sequence
from course_discovery.core.changes.consumers import Consumer, consumers
from course_discovery.core.changes.models import Change, ChangeCursor

logger = logging.getLogger(__name__)

# How long nobody has drained before time alone is a reason to.
IDLE = timedelta(seconds=0.5)
Clock = Callable[[], datetime]


def drain(*, clock: Clock = timezone.now) -> bool:
    """Hand everything committed so far to the consumers.

    Answers False if another process holds the lease (it does the work then). A consumer that
    fails keeps its position and its error; the others go on.

    Raises RuntimeError inside a transaction that recorded something: it is not committed.
    """
    holder, failed = uuid.uuid4().hex, set[str]()
    while True:
        if not lease.take(holder, clock()):
            return False
        try:
            if not _drain_once(holder, clock, failed):
                return False
        finally:
            lease.release(holder, clock())
        # Whoever committed while the lease was held has found it taken, and relies on us.
        if not _waiting(failed):
            return True


def due(now: datetime) -> bool:
    """Whether a drain has something to do; reads only."""
    if _waiting(set()):
        return True
    return any(each.idle for each in consumers()) and lease.last_held(now) >= IDLE


def pending() -> int:
    """How many committed entries some consumer has not been handed: the log's lag."""
    positions = _positions()
    behind = min((positions.get(each.name, 0) for each in consumers()), default=None)
    numbered = Change.objects.filter(number__gt=behind).count() if behind is not None else 0
    return numbered + Change.objects.filter(number=0).count()


def _waiting(failed: set[str]) -> bool:
    """Whether there are entries without a number, or not handed to one that has not failed."""
    last, positions = sequence.last_number(), _positions()
    behind = (c.name for c in consumers() if positions.get(c.name, 0) < last)
    return any(name not in failed for name in behind) or sequence.waiting()


def _positions() -> dict[str, int]:
    return dict(ChangeCursor.objects.values_list("consumer", "position"))


def _drain_once(holder: str, clock: Clock, failed: set[str]) -> bool:
    """Number what waits and hand it over; False if the lease was lost meanwhile."""
    while sequence.number_changes():
        if not lease.take(holder, clock()):
            return False
    behind = [each for each in consumers() if each.name not in failed]
    # By turns, so that one with much to read does not keep the others waiting.
    while behind:
        for consumer in list(behind):
            if not _hand_over(consumer, clock, failed):
                behind.remove(consumer)
            if not lease.take(holder, clock()):
                return False
    return True


def _hand_over(consumer: Consumer, clock: Clock, failed: set[str]) -> bool:
    """Hand a consumer its next batch; False if that was the last for now, or it failed."""
    last = sequence.last_number()
    cursor, _made = ChangeCursor.objects.get_or_create(
        consumer=consumer.name, defaults={"moved_at": clock()}
    )
    unread = Change.objects.filter(number__gt=cursor.position, number__lte=last)
    batch = list(unread.order_by("number")[: consumer.batch])
    more = bool(batch)
    try:
        if batch:
            consumer.handle(batch)
        elif consumer.idle:
            more = bool(consumer.idle())
    except Exception as error:
        # A dead search server must not stop the log, and the reason must be seen, once.
        failed.add(consumer.name)
        reason = f"{type(error).__name__}: {error}"[:255]
        if reason != cursor.last_error:
            logger.warning("%s could not take changes: %s", consumer.name, reason, exc_info=error)
            ChangeCursor.objects.filter(pk=cursor.pk).update(last_error=reason)
        return False
    # Nothing to read before `last` means that it was pruned.
    position = batch[-1].number if batch else max(last, cursor.position)
    if position != cursor.position or cursor.last_error:
        # Never back, if another process was faster.
        ChangeCursor.objects.filter(pk=cursor.pk, position=cursor.position).update(
            position=position, moved_at=clock(), last_error=""
        )
    return more
