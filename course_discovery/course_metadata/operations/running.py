"""How an operation runs: one transaction, tried again when another process was faster."""

import functools
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, models, transaction

from course_discovery.core.changes.settling import settled_together

P = ParamSpec("P")
T = TypeVar("T")
Row = TypeVar("Row", bound=models.Model)

TRIES = 3
# What says "you lost, try again": PostgreSQL's SQLSTATEs, MySQL's error numbers, SQLite's names.
_LOST_RACES = frozenset({"40P01", "40001", "1213", "1205", "SQLITE_BUSY"})


class Refusal(ValueError):
    """A value that the catalog cannot take; the text says which and why, safe to show."""


class Gone(Refusal):
    """What was to be changed was deleted meanwhile."""


class Outcome(StrEnum):
    """What an operation did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"

    @classmethod
    def of(cls, *, created: bool = False, changed: bool = False) -> "Outcome":
        """Creation outweighs a change."""
        if created:
            return cls.CREATED
        return cls.UPDATED if changed else cls.UNCHANGED


class Written(NamedTuple, Generic[Row]):
    """A row as it is stored now, and what was done to it."""

    row: Row
    outcome: Outcome

    @property
    def changed(self) -> bool:
        return self.outcome is not Outcome.UNCHANGED


def operation(function: Callable[P, T]) -> Callable[P, T]:
    """Run `function` in one transaction, up to 3 times when it loses a race.

    A lost race is a deadlock, or a row that another process inserted first: run again, the
    function reads that row. Inside another operation it takes part in that one's transaction. What
    must follow from its changes is settled at its end.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if inside_transaction():
            with settled_together():
                return function(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                with transaction.atomic(), settled_together():
                    return function(*args, **kwargs)
            except (IntegrityError, OperationalError) as error:
                if attempt == TRIES or not _may_succeed_again(error):
                    raise
        raise AssertionError("unreachable")

    return run


def inside_transaction() -> bool:
    """Whether a transaction is open; the one that wraps a test case is nobody's."""
    blocks = transaction.get_connection().atomic_blocks
    return any(not getattr(block, "_from_testcase", False) for block in blocks)


def _may_succeed_again(error: IntegrityError | OperationalError) -> bool:
    if isinstance(error, IntegrityError):
        return True
    cause: Any = error.__cause__
    codes = {getattr(cause, name, None) for name in ("sqlstate", "sqlite_errorname")}
    codes |= {str(each) for each in getattr(cause, "args", ())[:1]}
    return bool(codes & _LOST_RACES)


def differences(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `values` (field: value) that the row does not have yet."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def write_differences(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Save those of `values` that the row does not have yet; answers whether there were any."""
    changed = differences(row, values)
    if not changed:
        return False
    for name, value in changed.items():
        setattr(row, name, value)
    modified = ["modified"] if hasattr(row, "modified") else []
    row.save(update_fields=[*changed, *modified])
    return True


def locked(rows: "models.QuerySet[Row]") -> list[Row]:
    """The rows, locked until the transaction ends, in one order so that lockers do not cross."""
    return list(rows.select_for_update().order_by("pk"))
