"""Which answers count.

A question may be answered before a change and stored after it. So everybody who asks because
something changed begins a round, once the search index has the change, and an answer is stored only
while the round in which it was asked lasts: then it knows of every change that began one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from course_discovery.catalogs.models import AskedRound


class Overtaken(Exception):
    """Somebody began a later round: the answers are to be asked for again."""


def begin_round() -> int:
    """Begin a round; answers its number. What changed must be in the index by now."""
    row = AskedRound.objects.filter(pk=1)
    if not row.update(number=F("number") + 1):
        AskedRound.objects.bulk_create([AskedRound(pk=1)], ignore_conflicts=True)
        row.update(number=F("number") + 1)
    return current_round()


def current_round() -> int:
    """The number of the round that lasts."""
    return AskedRound.objects.filter(pk=1).values_list("number", flat=True).first() or 0


@contextmanager
def in_round(number: int) -> Iterator[None]:
    """A transaction that stores answers of a round, one at a time among all processes.

    Raises Overtaken if another one has begun since.
    """
    with transaction.atomic():
        present = AskedRound.objects.filter(pk=1).select_for_update().first()
        if (present.number if present else 0) != number:
            raise Overtaken
        yield
