"""Forgetting entries of the log that every consumer has been handed."""

import time
from datetime import datetime

from course_discovery.core.changes.consumers import consumers
from course_discovery.core.changes.models import Change, ChangeCursor
from course_discovery.core.changes.owners import BATCH


def prune(*, before: datetime) -> int:
    """Delete entries older than `before` that every consumer has been handed; answers how many.

    The cursor of a consumer that is gone holds its entries back until it is deleted. Batches are
    deleted one by one, and the database is left alone for as long as each took.
    """
    positions = dict(ChangeCursor.objects.values_list("consumer", "position"))
    positions = {each.name: 0 for each in consumers()} | positions
    if not positions:
        return 0
    old = Change.objects.filter(number__range=(1, min(positions.values())), at__lt=before)
    deleted = 0
    while pks := list(old.order_by("number").values_list("pk", flat=True)[:BATCH]):
        began = time.monotonic()
        deleted += Change.objects.filter(pk__in=pks).delete()[0]
        time.sleep(time.monotonic() - began)
    return deleted
