"""Forgetting old entries of the log."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.drain import drain, due, pending
from course_discovery.core.changes.models import Change, ChangeCursor
from course_discovery.core.changes.pruning import prune
from course_discovery.core.models import Currency

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def ignore(changes: Sequence[Change]) -> None:
    pass


@pytest.fixture(autouse=True)
def _three_changes() -> None:
    Change.objects.all().delete()
    for code, days in (("XXA", 40), ("XXB", 31), ("XXC", 1)):
        Currency.objects.create(code=code, name="Coin")
        Change.objects.filter(key=code).update(at=NOW - timedelta(days=days))


def left() -> list[str]:
    return list(Change.objects.order_by("pk").values_list("key", flat=True))


def test_old_entries_that_everybody_has_seen_go() -> None:
    register_consumer(Consumer("reader", ignore))
    drain()
    assert prune(before=NOW - timedelta(days=30)) == 2
    assert left() == ["XXC"]


def test_what_a_consumer_has_not_seen_stays() -> None:
    register_consumer(Consumer("reader", ignore))
    drain()
    ChangeCursor.objects.create(consumer="slow", position=Change.objects.get(key="XXA").number)
    assert prune(before=NOW) == 1
    assert left() == ["XXB", "XXC"]


def test_a_consumer_that_never_read_keeps_everything() -> None:
    register_consumer(Consumer("reader", ignore))
    drain()
    register_consumer(Consumer("new", ignore))
    assert prune(before=NOW) == 0


def test_entries_without_a_number_stay() -> None:
    ChangeCursor.objects.create(consumer="reader", position=1000)
    assert prune(before=NOW) == 0


def test_without_consumers_nothing_goes() -> None:
    drain()
    assert prune(before=NOW) == 0


def test_large_logs_go_in_batches() -> None:
    register_consumer(Consumer("reader", ignore))
    Currency.objects.bulk_create(Currency(code=f"Y{n}", name="Coin") for n in range(1100))
    drain()
    assert prune(before=datetime.max.replace(tzinfo=UTC) - timedelta(days=1)) == 1103
    assert left() == []


def test_a_new_consumer_starts_behind_a_pruned_log() -> None:
    register_consumer(Consumer("reader", ignore))
    drain()
    prune(before=NOW)
    register_consumer(Consumer("new", ignore))
    assert drain()
    assert pending() == 0
    assert not due(NOW)
