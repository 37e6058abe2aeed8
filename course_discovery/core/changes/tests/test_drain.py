"""Handing changes to consumers: in order, at least once, each by itself."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_discovery.core.changes import lease, sequence
from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.drain import IDLE, drain, due, pending
from course_discovery.core.changes.models import Change, ChangeCursor, DrainLease
from course_discovery.core.models import Currency

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 1, 1, tzinfo=UTC)


class Reader:
    """A consumer that remembers what it was handed, and fails when told to."""

    def __init__(self, name: str = "reader", batch: int = 200) -> None:
        self.seen: list[str] = []
        self.sizes: list[int] = []
        self.idled = 0
        self.failing: Exception | None = None
        register_consumer(Consumer(name, self.handle, batch, self.idle))

    def handle(self, changes: Sequence[Change]) -> None:
        self.sizes.append(len(changes))
        self.seen += [each.key for each in changes]
        if self.failing:
            raise self.failing

    def idle(self) -> None:
        self.idled += 1
        if self.failing:
            raise self.failing


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def write() -> Callable[..., None]:
    """Leaves one entry for each code, each in a transaction of its own."""

    def write_codes(*codes: str) -> None:
        for code in codes:
            Currency.objects.create(code=code, name="Coin")

    Change.objects.all().delete()
    return write_codes


def test_changes_arrive_once_and_in_order(reader: Reader, write: Callable[..., None]) -> None:
    write("XXC", "XXA", "XXB")
    assert drain()
    write("XXD")
    assert drain()
    assert drain()
    assert reader.seen == ["XXC", "XXA", "XXB", "XXD"]


def test_an_entry_that_was_written_first_and_committed_last_is_not_skipped(
    reader: Reader, write: Callable[..., None]
) -> None:
    write("XXA", "XXB")
    early = Change.objects.get(key="XXA")
    early.delete()  # not to be seen yet
    drain()
    early.pk = Change.objects.get(key="XXB").pk - 1
    early.save(force_insert=True)
    drain()
    assert reader.seen == ["XXB", "XXA"]


def test_a_consumer_gets_at_most_its_batch_at_once(write: Callable[..., None]) -> None:
    reader = Reader(batch=2)
    write("XXA", "XXB", "XXC", "XXD", "XXE")
    drain()
    assert reader.sizes == [2, 2, 1]


def test_a_new_consumer_is_handed_the_log_from_its_beginning(
    reader: Reader, write: Callable[..., None]
) -> None:
    write("XXA")
    drain()
    late = Reader("late")
    assert pending() == 1
    assert due(NOW)
    drain()
    assert late.seen == reader.seen == ["XXA"]


def test_one_with_much_to_read_does_not_keep_others_waiting(write: Callable[..., None]) -> None:
    order: list[str] = []

    def slow(changes: Sequence[Change]) -> None:
        order.append("slow")

    def quick(changes: Sequence[Change]) -> None:
        order.append("quick")

    register_consumer(Consumer("slow", slow, batch=1))
    register_consumer(Consumer("quick", quick))
    write("XXA", "XXB", "XXC")
    drain()
    assert order == ["slow", "quick", "slow", "slow"]


def test_a_failing_consumer_keeps_its_place_and_its_reason(
    reader: Reader, write: Callable[..., None]
) -> None:
    broken = Reader("broken")
    broken.failing = ConnectionError("the search server is away")
    write("XXA", "XXB")
    assert drain()
    assert reader.seen == ["XXA", "XXB"]
    cursor = ChangeCursor.objects.get(pk="broken")
    assert cursor.position == 0
    assert cursor.last_error == "ConnectionError: the search server is away"
    assert pending() == 2

    broken.failing = None
    broken.seen.clear()
    drain()
    assert broken.seen == ["XXA", "XXB"]
    cursor.refresh_from_db()
    assert (cursor.position, cursor.last_error) == (sequence.last_number(), "")
    assert pending() == 0


def test_a_failing_consumer_is_tried_once_in_a_drain(
    reader: Reader, write: Callable[..., None]
) -> None:
    def write_back(changes: Sequence[Change]) -> None:
        if changes[0].key == "XXA":
            write("XXB")  # makes the drain go round again

    reader.failing = ConnectionError("away")
    register_consumer(Consumer("writing", write_back))
    write("XXA")
    drain()
    assert len(reader.sizes) == 1


def test_a_failure_is_reported_when_it_changes(
    reader: Reader, write: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    write("XXA")
    with caplog.at_level(logging.WARNING, "course_discovery.core.changes.drain"):
        for reason in ("away", "away", "full"):
            reader.failing = ConnectionError(reason)
            drain()
    assert [record.args for record in caplog.records] == [
        ("reader", "ConnectionError: away"),
        ("reader", "ConnectionError: full"),
    ]


def test_what_a_killed_process_had_not_noted_is_handed_over_again(
    reader: Reader, write: Callable[..., None]
) -> None:
    class Killed(BaseException):
        pass

    reader.failing = Killed()  # type: ignore[assignment] # what no handler of errors stops
    write("XXA", "XXB")
    with pytest.raises(Killed):
        drain()
    reader.failing = None
    drain()
    assert reader.seen == ["XXA", "XXB", "XXA", "XXB"]


def test_what_a_consumer_writes_is_handed_over_in_the_same_drain(
    reader: Reader, write: Callable[..., None]
) -> None:
    def answer(changes: Sequence[Change]) -> None:
        if any(each.key == "XXA" for each in changes):
            Currency.objects.create(code="XXB", name="Coin")

    register_consumer(Consumer("answering", answer))
    write("XXA")
    drain()
    assert reader.seen == ["XXA", "XXB"]


def test_a_change_committed_while_the_lease_is_given_back_is_not_forgotten(
    reader: Reader, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    release, late = lease.release, ["XXB"]

    def commit_then_release(holder: str, now: datetime) -> None:
        if late:
            write(late.pop())
            assert not drain()  # the other process finds the lease taken
        release(holder, now)

    write("XXA")
    monkeypatch.setattr(lease, "release", commit_then_release)
    assert drain()
    assert reader.seen == ["XXA", "XXB"]


def test_idle_consumers_are_asked_when_nothing_is_new(
    reader: Reader, write: Callable[..., None]
) -> None:
    write("XXA")
    drain(clock=lambda: NOW)
    assert reader.idled == 1
    assert not due(NOW)
    assert due(NOW + IDLE)


def test_an_idle_consumer_that_fails_says_so(reader: Reader) -> None:
    reader.failing = ValueError("no clock")
    assert drain()
    assert ChangeCursor.objects.get(pk="reader").last_error == "ValueError: no clock"
    reader.failing = None
    drain()
    assert ChangeCursor.objects.get(pk="reader").last_error == ""


def test_a_slow_process_never_moves_a_position_back(write: Callable[..., None]) -> None:
    def overtaken(changes: Sequence[Change]) -> None:
        seen.append(changes[0].key)
        ChangeCursor.objects.filter(pk="reader").update(position=sequence.last_number())

    seen: list[str] = []
    register_consumer(Consumer("reader", overtaken, batch=1))
    write("XXA", "XXB", "XXC")
    drain()
    assert seen == ["XXA"]
    assert ChangeCursor.objects.get(pk="reader").position == sequence.last_number()


def test_looking_whether_a_drain_is_due_writes_nothing(
    reader: Reader, write: Callable[..., None], django_assert_num_queries: Callable[..., object]
) -> None:
    write("XXA")
    drain()
    with django_assert_num_queries(4) as queries:  # type: ignore[attr-defined]
        due(NOW)
    assert all(each["sql"].startswith("SELECT") for each in queries.captured_queries)


def test_one_drains_at_a_time(reader: Reader, write: Callable[..., None]) -> None:
    write("XXA")
    assert lease.take("somebody", NOW)
    assert not drain(clock=lambda: NOW + lease.DURATION / 2)
    assert reader.seen == []
    assert drain(clock=lambda: NOW + lease.DURATION)
    assert reader.seen == ["XXA"]


def test_a_drain_that_lost_its_lease_leaves_the_rest(write: Callable[..., None]) -> None:
    reader = Reader(batch=1)
    write("XXA", "XXB")

    def lose(changes: Sequence[Change]) -> None:
        DrainLease.objects.update(holder="somebody", expires_at=NOW + lease.DURATION)

    register_consumer(Consumer("losing", lose))
    assert not drain(clock=lambda: NOW)
    assert reader.seen == ["XXA"]
    assert DrainLease.objects.get().holder == "somebody"


def test_a_lease_from_a_wrong_clock_holds_nobody_up() -> None:
    assert lease.take("yesterday's", NOW + timedelta(days=1))
    assert lease.take("mine", NOW)


@pytest.mark.parametrize("rolled_back", [True, False])
def test_only_what_is_committed_counts(
    reader: Reader, write: Callable[..., None], rolled_back: bool
) -> None:
    with transaction.atomic():
        write("XXA")
        transaction.set_rollback(rolled_back)
    drain()
    assert reader.seen == ([] if rolled_back else ["XXA"])


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_interleaving_of_writing_failing_and_draining_hands_everything_over_in_order(
    reader: Reader, data: st.DataObject
) -> None:
    reader.seen.clear()
    Currency.objects.filter(code__startswith="X").delete()
    drain()
    reader.seen.clear()
    written: list[str] = []
    for number, step in enumerate(
        data.draw(st.lists(st.sampled_from(["write", "drain", "fail"]), max_size=12))
    ):
        if step == "write":
            written.append(f"X{number}")
            Currency.objects.create(code=written[-1], name="Coin")
        else:
            reader.failing = ConnectionError() if step == "fail" else None
            drain()
    reader.failing = None
    drain()
    first = list(dict.fromkeys(reader.seen))
    assert first == written
