"""Markers hear of every change inside its transaction."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from django.db import connection, transaction

from course_discovery.core.changes import markers
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity
from course_discovery.core.models import Currency

pytestmark = pytest.mark.django_db
Call = tuple[list[str], str, str, datetime]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What the one marker of this test has been called with."""
    heard: list[Call] = []

    def marker(
        identities: Sequence[Identity], operation: str, *, transaction: str, at: datetime
    ) -> None:
        assert connection.in_atomic_block
        heard.append(([each.key for each in identities], operation, transaction, at))

    monkeypatch.setattr(markers, "_markers", [])
    markers.register_marker(marker)
    markers.register_marker(marker)
    return heard


def test_a_marker_is_called_once_with_what_the_entries_say(calls: list[Call]) -> None:
    Currency.objects.create(code="XTS", name="Coin")
    entry = Change.objects.get(key="XTS")
    assert calls == [(["XTS"], "create", entry.transaction, entry.at)]


def test_a_marker_is_called_before_rows_are_deleted(calls: list[Call]) -> None:
    coin = Currency.objects.create(code="XTS", name="Coin")
    calls.clear()
    coin.delete()
    assert [(keys, operation) for keys, operation, _token, _at in calls] == [(["XTS"], "delete")]


def test_a_marker_is_called_once_for_an_object_in_a_transaction(calls: list[Call]) -> None:
    with transaction.atomic():
        coin = Currency.objects.create(code="XTS", name="Coin")
        coin.save()
        coin.delete()
        Currency.objects.create(code="XTS", name="Coin")
    operations = [operation for _keys, operation, _token, _at in calls]
    assert operations == ["create", "delete", "create"]
    assert len({token for _keys, _operation, token, _at in calls}) == 1


def test_a_marker_is_called_again_after_a_savepoint_was_rolled_back(calls: list[Call]) -> None:
    coin = Currency.objects.create(code="XTS", name="Coin")
    calls.clear()
    with transaction.atomic():
        with transaction.atomic():
            coin.save()
        coin.save()
        assert len(calls) == 1
        with transaction.atomic():
            coin.save()
            transaction.set_rollback(True)
        coin.save()
        coin.save()
        assert len(calls) == 2
    coin.save()
    assert len(calls) == 3


def test_what_a_marker_raises_fails_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(markers, "_markers", [fail])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Currency.objects.create(code="XTS", name="Coin")
    assert not Currency.objects.filter(code="XTS").exists()
