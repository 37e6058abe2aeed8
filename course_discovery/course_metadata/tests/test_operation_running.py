from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, transaction

from course_discovery.core.changes import settling
from course_discovery.core.changes.registry import Identity
from course_discovery.core.changes.settling import Changed
from course_discovery.course_metadata.models import Source
from course_discovery.course_metadata.operations.running import TRIES, operation, rehearsal

pytestmark = pytest.mark.django_db


class Deadlock(Exception):
    """What a PostgreSQL driver raises."""

    sqlstate = "40P01"


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = Deadlock()
    return error


def test_row_that_another_process_made_first_is_read_by_the_next_try() -> None:
    tries = []

    @operation
    def make() -> Source:
        tries.append(1)
        if len(tries) > 1:
            return Source.objects.get_or_create(slug="a", name="A")[0]
        Source.objects.create(slug="a", name="mine, undone with the failed try")
        return Source.objects.create(slug="a", name="twin")

    assert make().name == "A"
    assert Source.objects.count() == 1


def test_lost_deadlock_is_tried_again_three_times() -> None:
    tries = []

    @operation
    def lose(times: int) -> int:
        tries.append(1)
        if len(tries) <= times:
            raise deadlock()
        return len(tries)

    assert lose(TRIES - 1) == TRIES
    tries.clear()
    with pytest.raises(OperationalError):
        lose(TRIES)
    assert len(tries) == TRIES


@pytest.mark.parametrize("error", [OperationalError("no such host"), ValueError("bug")])
def test_other_failures_are_not_tried_again(error: Exception) -> None:
    tries = []

    @operation
    def fail() -> None:
        tries.append(1)
        Source.objects.create(slug="a", name="A")
        raise error

    with pytest.raises(type(error)):
        fail()
    assert len(tries) == 1
    assert not Source.objects.exists()


def test_operation_inside_an_operation_is_part_of_it() -> None:
    inner_tries = []

    @operation
    def inner() -> None:
        inner_tries.append(1)
        Source.objects.create(slug=f"inner-{len(inner_tries)}", name="I")
        raise IntegrityError

    @operation
    def outer() -> None:
        Source.objects.create(slug="outer", name="O")
        inner()

    with pytest.raises(IntegrityError):
        outer()
    assert len(inner_tries) == TRIES  # once for each try of the outer one
    assert not Source.objects.exists()


def test_a_rehearsal_leaves_its_answer_only_and_loses_races_like_an_operation() -> None:
    tries = []

    @rehearsal
    def make() -> int:
        tries.append(1)
        Source.objects.create(slug="a", name="A")
        if len(tries) < TRIES:
            raise deadlock()
        return Source.objects.count()

    assert make() == 1
    assert not Source.objects.exists()
    with transaction.atomic(), pytest.raises(RuntimeError):
        make()


def test_a_rehearsal_finds_what_refuses_it_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_changed: Changed) -> None:
        assert Source.objects.exists()
        raise ValueError("not like this")

    monkeypatch.setattr(settling, "_settlers", [refuse])

    @rehearsal
    def make() -> None:
        Source.objects.create(slug="a", name="A")
        settling.settle([Identity("source", uuid4(), "a")])

    with pytest.raises(ValueError, match="not like this"):
        make()
