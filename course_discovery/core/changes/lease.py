"""The lease: which one process drains the log, and until when it is taken to be alive.

A holder renews it after each batch. A killed one's lease runs out within DURATION.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from course_discovery.core.changes.models import DrainLease

DURATION = timedelta(seconds=1)


def take(holder: str, now: datetime) -> bool:
    """Take or renew the lease; False if somebody else's has not run out.

    Writes only if it can be had: on SQLite every attempt to write waits for the writers.
    """
    lease = DrainLease.objects.filter(pk=1)
    # No lease lasts that long: the clock that set it is wrong, or ours is.
    beyond = now + 2 * DURATION
    free = lease.filter(
        Q(holder__in=["", holder]) | Q(expires_at__lte=now) | Q(expires_at__gt=beyond)
    )
    if not free.exists():
        if lease.exists():
            return False
        DrainLease.objects.bulk_create([DrainLease(pk=1, expires_at=now)], ignore_conflicts=True)
    return bool(free.update(holder=holder, expires_at=now + DURATION))


def release(holder: str, now: datetime) -> None:
    """Give the lease back, if it is still the holder's."""
    DrainLease.objects.filter(pk=1, holder=holder).update(holder="", expires_at=now)


def last_held(now: datetime) -> timedelta:
    """How long ago the last lease ended (negative while one lasts)."""
    ended = DrainLease.objects.filter(pk=1).values_list("expires_at", flat=True).first()
    return now - ended if ended else timedelta.max
