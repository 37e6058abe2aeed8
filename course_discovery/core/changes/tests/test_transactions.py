"""One entry for each object and transaction, whatever the transaction goes through."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError

from course_discovery.core.changes import background, owners, recording, sequence
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity, object_of
from course_discovery.core.changes.tests.entries import recorded
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.core.models import Currency

pytestmark = on_shared_database


@pytest.fixture
def coin() -> Currency:
    """A currency that exists."""
    return Currency.objects.create(code="XTS", name="Coin")


def rename(code: str, name: str) -> None:
    Currency.objects.filter(code=code).update(name=name)


def operations(entries: list[Any]) -> list[str]:
    return [entry[3] for entry in entries]


def identity(row: Currency) -> Identity:
    rule = object_of(Currency)
    assert rule
    return rule.identity_of(row)


def test_writes_in_one_transaction_are_one_entry(coin: Currency) -> None:
    with recorded() as entries, transaction.atomic():
        rename("XTS", "One")
        with transaction.atomic():
            rename("XTS", "Two")
        coin.save()
    assert operations(entries) == ["update"]


def test_writes_in_two_transactions_are_two_entries(coin: Currency) -> None:
    with recorded() as entries:
        rename("XTS", "One")
        coin.save()
    assert operations(entries) == ["update", "update"]


def test_a_decorated_function_called_twice_is_two_transactions(coin: Currency) -> None:
    @transaction.atomic
    def operation(name: str) -> None:
        rename("XTS", name)

    with recorded() as entries:
        operation("One")
        operation("Two")
    assert operations(entries) == ["update", "update"]


def test_a_decorated_function_that_calls_itself_is_one_transaction(coin: Currency) -> None:
    @transaction.atomic
    def operation(times: int) -> None:
        rename("XTS", str(times))
        if times:
            operation(times - 1)

    with recorded() as entries:
        operation(2)
    assert operations(entries) == ["update"]


def test_a_commit_hook_that_writes_has_its_own_entries(coin: Currency) -> None:
    @transaction.atomic
    def operation(times: int) -> None:
        # Registered before the first write, so it runs before anything else that the commit does.
        if times:
            transaction.on_commit(lambda: operation(times - 1))
        rename("XTS", str(times))

    with recorded() as entries:
        operation(2)
    assert operations(entries) == ["update"] * 3


def test_a_failing_commit_hook_does_not_swallow_the_next_change(coin: Currency) -> None:
    @transaction.atomic
    def operation(hook: Callable[[], Any]) -> None:
        transaction.on_commit(hook)
        rename("XTS", "One")

    def fail() -> None:
        raise ZeroDivisionError

    with recorded() as entries:
        with pytest.raises(ZeroDivisionError):
            operation(fail)
        operation(lambda: None)
    assert operations(entries) == ["update", "update"]


def test_a_rolled_back_savepoint_takes_its_entry_and_no_other(coin: Currency) -> None:
    with recorded() as entries, transaction.atomic():
        with transaction.atomic():
            rename("XTS", "gone")
            transaction.set_rollback(True)
        rename("XTS", "kept")
    assert operations(entries) == ["update"]

    with recorded() as entries, transaction.atomic():
        rename("XTS", "kept")
        with transaction.atomic():
            rename("XTS", "gone")
            transaction.set_rollback(True)
    assert operations(entries) == ["update"]

    with recorded() as entries, transaction.atomic(), transaction.atomic():
        rename("XTS", "gone")
        transaction.set_rollback(True)
    assert entries == []


def test_the_function_that_was_rolled_back_is_recorded_when_it_runs_again(coin: Currency) -> None:
    @transaction.atomic
    def operation(fails: bool) -> None:
        rename("XTS", "One")
        with transaction.atomic():
            rename("XTS", "Two")
            transaction.set_rollback(True)
        if fails:
            raise ZeroDivisionError

    with recorded() as entries:
        with pytest.raises(ZeroDivisionError):
            operation(fails=True)
        operation(fails=False)
    assert operations(entries) == ["update"]


def test_a_row_that_another_transaction_took_is_not_updated(
    coin: Currency, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = owners.links_of_pks

    def after_another(model: type[Model], pks: list[str]) -> set[owners.Link]:
        QuerySet(Currency).filter(pk="XTS").update(name="taken")
        return look_up(model, pks)

    monkeypatch.setattr(owners, "links_of_pks", after_another)
    free = Currency.objects.filter(name="Coin")
    assert free.update(name="mine") == 0
    assert Currency.objects.get(pk="XTS").name == "taken"


def test_a_proxy_writes_for_its_model() -> None:
    class Doubloon(Currency):
        class Meta:
            app_label = "core"
            apps = Apps()  # unknown to everybody else
            proxy = True

    with recorded() as entries:
        made = Doubloon.objects.create(code="XXA", name="Coin")
        Doubloon.objects.filter(code="XXA").update(name="Doubloon")
        made.delete()
    assert operations(entries) == ["create", "delete", "update"]
    assert len({entry[:3] for entry in entries}) == 1


def test_a_deletion_outweighs_what_came_before(coin: Currency) -> None:
    with recorded() as entries, transaction.atomic():
        coin.save()
        coin.delete()
    assert operations(entries) == ["delete"]


def test_what_is_made_again_after_its_deletion_is_an_update(coin: Currency) -> None:
    with recorded() as entries, transaction.atomic():
        coin.delete()
        Currency.objects.create(code="XTS", name="Coin")
    assert operations(entries) == ["update"]


def test_a_deletion_in_a_lost_savepoint_leaves_a_creation_alone() -> None:
    with recorded() as entries, transaction.atomic():
        made = Currency.objects.create(code="XXA", name="Coin")
        with transaction.atomic():
            made.delete()
            transaction.set_rollback(True)
        Currency.objects.create(code="XXB", name="Coin")
    assert operations(entries) == ["create", "create"]


def test_many_deletions_are_settled_in_batches(coin: Currency) -> None:
    Currency.objects.bulk_create(Currency(code=f"X{n}", name="Coin") for n in range(1200))
    with recorded() as entries:
        assert Currency.objects.filter(code__startswith="X").delete()[0] >= 1201
    assert set(operations(entries)) == {"delete"}
    assert len(entries) >= 1201


def test_recording_outside_of_a_transaction_is_refused(coin: Currency) -> None:
    with pytest.raises(TransactionManagementError):
        recording.record([identity(coin)], Change.UPDATE)


def test_a_drain_that_cannot_start_fails_no_write(
    coin: Currency, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(background, "wake", refuse)
    with recorded() as entries:
        coin.save()
    assert operations(entries) == ["update"]


def test_numbers_follow_commits_not_writes(coin: Currency) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time, so none commits out of order")
    written, numbered = threading.Event(), threading.Event()

    def write_first_commit_last() -> None:
        with transaction.atomic():
            Currency.objects.create(code="XXA", name="early")
            written.set()
            assert numbered.wait(10)
        connection.close()

    thread = threading.Thread(target=write_first_commit_last)
    thread.start()
    assert written.wait(10)
    Currency.objects.create(code="XXB", name="late")
    while sequence.number_changes():
        pass
    read_up_to = sequence.last_number()
    numbered.set()
    thread.join(10)
    early, late = Change.objects.get(key="XXA"), Change.objects.get(key="XXB")
    assert early.pk < late.pk
    assert (early.number, late.number) == (0, read_up_to)
    assert sequence.number_changes() == 1
    early.refresh_from_db()
    assert early.number > read_up_to


def test_two_sequencers_never_give_a_number_twice() -> None:
    Currency.objects.bulk_create(Currency(code=f"X{n}", name="Coin") for n in range(900))
    threads = [threading.Thread(target=number_everything) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    numbers = list(Change.objects.order_by("pk").values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)
    assert numbers[-1] == sequence.last_number()


def number_everything() -> None:
    while sequence.number_changes():
        pass
    connection.close()


def test_numbering_a_batch_holds_the_write_lock_for_at_most_50_ms() -> None:
    while sequence.number_changes():
        pass
    lasted = []
    for turn in range(3):
        coins = [Currency(code=f"X{turn}{n}", name="Coin") for n in range(owners.BATCH)]
        Currency.objects.bulk_create(coins)
        began = time.monotonic()
        assert sequence.number_changes() == owners.BATCH
        # It rests for as long as it worked.
        lasted.append((time.monotonic() - began) / 2)
    assert min(lasted) < 0.05, lasted


def test_numbering_inside_a_transaction_is_refused(coin: Currency) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        sequence.number_changes()
