"""How far the indexes are behind the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from course_discovery.core.changes.models import Change, ChangeCursor
from search.indexing.live import CONSUMER

# More are not counted: there are too many, is all that matters then.
MOST = 10_000


@dataclass(frozen=True)
class Lag:
    """Committed changes that no index knows of yet (MOST at most), and the age of the oldest."""

    changes: int
    age: timedelta
    error: str


def lag(now: datetime) -> Lag:
    """How far the indexes are behind now, and what keeps them from catching up; four queries."""
    waiting = _waiting()
    count = waiting.order_by()[:MOST].count()
    oldest = waiting.order_by("pk").values_list("at", flat=True).first() if count else None
    error = ChangeCursor.objects.filter(pk=CONSUMER).values_list("last_error", flat=True).first()
    age = max(now - oldest, timedelta(0)) if oldest else timedelta(0)
    return Lag(count, age, error or "")


def is_behind() -> bool:
    """Whether there are changes that no index knows of yet."""
    return _waiting().exists()


def _waiting() -> "QuerySet[Change]":
    position = (
        ChangeCursor.objects.filter(pk=CONSUMER).values_list("position", flat=True).first() or 0
    )
    return Change.objects.filter(Q(number=0) | Q(number__gt=position))
