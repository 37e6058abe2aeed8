"""Numbering committed changes.

Transactions commit out of order, and an auto-increment is given before commit: a reader that went
by it would skip what commits late. So a number is given after commit only, by whoever holds the
sequence's row lock. Numbers rise, and leave gaps.
"""

import time

from django.db import transaction
from django.db.models import F

from course_discovery.core.changes.models import Change, ChangeSequence
from course_discovery.core.changes.owners import BATCH


def last_number() -> int:
    """The highest number given so far."""
    return ChangeSequence.objects.filter(pk=1).values_list("last_number", flat=True).first() or 0


def waiting() -> bool:
    """Whether committed entries have no number yet."""
    return Change.objects.filter(number=0).exists()


def number_changes() -> int:
    """Give numbers to a batch of committed entries that have none; answers how many.

    A short transaction of its own, after which the write lock of SQLite is left alone for as long
    as it was held: that lock is not fair.

    Raises RuntimeError inside another transaction, whose entries are not committed.
    """
    if not waiting():
        return 0
    began = time.monotonic()
    rows = ChangeSequence.objects.filter(pk=1)
    if not rows.exists():
        ChangeSequence.objects.bulk_create([ChangeSequence(pk=1)], ignore_conflicts=True)
    with transaction.atomic(durable=True):
        # The lock comes first: what is read before it may be out of date.
        sequence = rows.select_for_update().get()
        pks = list(
            Change.objects.filter(number=0).order_by("pk").values_list("pk", flat=True)[:BATCH]
        )
        if pks:
            # One statement: the entries' own order, moved behind the last number.
            shift = sequence.last_number + 1 - pks[0]
            Change.objects.filter(pk__in=pks).update(number=F("pk") + shift)
            sequence.last_number = pks[-1] + shift
            sequence.save(update_fields=["last_number"])
    time.sleep(time.monotonic() - began)
    return len(pks)
