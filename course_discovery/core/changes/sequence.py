"""Numbering committed changes.

Transactions commit out of order, and an auto-increment is given before commit: a reader that went
by it would skip what commits late. So a number is given after commit only, by whoever holds the
sequence's row lock.
"""

from django.db import transaction

from course_discovery.core.changes.models import Change, ChangeSequence

BATCH = 500


def last_number() -> int:
    """The highest number given so far."""
    return ChangeSequence.objects.filter(pk=1).values_list("last_number", flat=True).first() or 0


def number_changes() -> int:
    """Give numbers to a batch of committed entries that have none; answers how many.

    A short transaction of its own: on SQLite everybody else waits for it.
    """
    if not Change.objects.filter(number=0).exists():
        return 0
    with transaction.atomic():
        ChangeSequence.objects.get_or_create(pk=1)
        sequence = ChangeSequence.objects.select_for_update().get(pk=1)
        waiting = list(Change.objects.filter(number=0).order_by("pk")[:BATCH])
        for change in waiting:
            sequence.last_number += 1
            change.number = sequence.last_number
        Change.objects.bulk_update(waiting, ["number"], batch_size=BATCH)
        sequence.save(update_fields=["last_number"])
    return len(waiting)
