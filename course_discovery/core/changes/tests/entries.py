"""What tests look at: the entries that a block of code left, and what it cost."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models import Max
from django.test.utils import CaptureQueriesContext

from course_discovery.core.changes import markers, settling
from course_discovery.core.changes.models import Change

# kind, uuid, draft, operation
Entry = tuple[str, uuid.UUID, bool, str]
NAMESPACE = uuid.UUID("6c0f3a0e-6a53-4c7e-9d5b-3b1a2f0c8d41")


def entry(kind: str, row: Any, operation: str = Change.UPDATE) -> Entry:
    """The entry of a row of an object."""
    mark = getattr(row, "uuid", None) or uuid.uuid5(NAMESPACE, f"{kind}:{row.pk}")
    return (kind, mark, getattr(row, "draft", False), operation)


def in_order(entries: list[Entry]) -> list[Entry]:
    """Entries in an order for comparison; twins stay twins."""
    return sorted(entries, key=str)


@contextmanager
def recorded() -> Iterator[list[Entry]]:
    """Gives a list that holds, after the block, the entries that were written inside."""
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    found: list[Entry] = []
    yield found
    written = Change.objects.filter(pk__gt=last)
    found += in_order(list(written.values_list("kind", "uuid", "draft", "operation")))


def statements(write: Callable[[], Any]) -> list[str]:
    """The first words of the statements of a write, without those of markers and settlers."""
    with (
        patch.object(markers, "_markers", []),
        patch.object(settling, "_settlers", []),
        CaptureQueriesContext(connection) as queries,
    ):
        write()
    return [each["sql"].split()[0] for each in queries]
