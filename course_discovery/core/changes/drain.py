"""Draining the log: numbering entries and handing them to every consumer.

One process drains at a time, under a lease that it renews after each batch. A killed drainer's
lease runs out within LEASE; the next one goes on from the consumers' positions. What a consumer
had handled but not yet noted is handed to it again.
"""

import logging
import os
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from course_discovery.core.changes import sequence
from course_discovery.core.changes.consumers import Consumer, consumers
from course_discovery.core.changes.models import Change, ChangeCursor, DrainLease

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=1)
Clock = Callable[[], datetime]


def drain(*, clock: Clock = timezone.now, holder: str | None = None) -> bool:
    """Hand everything committed so far to the consumers.

    Answers False if another process holds the lease (it does the work then). A consumer that
    fails keeps its position and its error; the others go on.
    """
    holder = holder or f"{os.getpid()}:{threading.get_ident()}:{uuid.uuid4().hex[:8]}"
    if not _take_lease(holder, clock()):
        return False
    try:
        while sequence.number_changes():
            _take_lease(holder, clock())
        for consumer in consumers():
            _drain_to(consumer, holder, clock)
    finally:
        DrainLease.objects.filter(pk=1, holder=holder).update(holder="", expires_at=clock())
    return True


def pending() -> int:
    """How many committed entries some consumer has not been handed: the log's lag."""
    last = sequence.last_number()
    unnumbered = Change.objects.filter(number=0).count()
    cursors = dict(ChangeCursor.objects.values_list("consumer", "position"))
    behind = [last - cursors.get(consumer.name, last) for consumer in consumers()]
    return unnumbered + max([0, *behind])


def _drain_to(consumer: Consumer, holder: str, clock: Clock) -> None:
    cursor, _made = ChangeCursor.objects.get_or_create(
        consumer=consumer.name, defaults={"position": 0, "moved_at": clock()}
    )
    try:
        while True:
            batch = list(
                Change.objects.filter(number__gt=cursor.position).order_by("number")[
                    : consumer.batch
                ]
            )
            if not batch:
                break
            consumer.handle(batch)
            cursor.position, cursor.moved_at, cursor.last_error = batch[-1].number, clock(), ""
            cursor.save()
            if not _take_lease(holder, clock()):
                return
        if consumer.idle:
            consumer.idle()
    except Exception as error:
        # A dead search server must not stop the log, and the reason must be seen.
        logger.warning("%s could not take changes: %s", consumer.name, error)
        ChangeCursor.objects.filter(pk=consumer.name).update(
            last_error=f"{type(error).__name__}: {error}"[:255]
        )


def _take_lease(holder: str, now: datetime) -> bool:
    """Take the lease if it is free, run out, or ours already."""
    mine = DrainLease.objects.filter(pk=1)
    free = mine.filter(expires_at__lte=now) | mine.filter(holder__in=["", holder])
    if free.update(holder=holder, expires_at=now + LEASE):
        return True
    if mine.exists():
        return False
    DrainLease.objects.bulk_create(
        [DrainLease(pk=1, holder=holder, expires_at=now + LEASE)], ignore_conflicts=True
    )
    return mine.filter(holder=holder).exists()
