"""Writing one row of a source: what cannot be taken is reported and stops nothing."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.loaders.pace import write_turn
from course_discovery.loaders.report import SourceReport

logger = logging.getLogger(__name__)
T = TypeVar("T")


def write_row(
    report: SourceReport, write: Callable[[datetime], Outcome], *, key: str, line: int | None = None
) -> Outcome | None:
    """Call `write(now)` and count what it did; None when the row was refused. See `guarded`."""
    outcome = guarded(report, write, key=key, line=line)
    if outcome is not None:
        report.count(outcome)
    return outcome


def guarded(
    report: SourceReport,
    write: Callable[[datetime], T],
    *,
    key: str,
    line: int | None = None,
    part: str = "",
) -> T | None:
    """What `write(now)` answers; None when the row, or the named part of it, was refused.

    Each row has a time of its own: clients ask for what changed since their last look, and a load
    may take longer than the time between two looks.

    Raises OperationalError and InterfaceError: a database that is away is no fault of the row.
    """
    prefix = f"{part}: " if part else ""
    try:
        with write_turn():
            return write(report.clock())
    except (OperationalError, InterfaceError):
        raise
    except Refusal as error:
        report.refuse(f"{prefix}{error}", key=key, line=line)
    except Exception as error:
        # One row must not end the load of all others, whatever is wrong with it.
        logger.exception("the row %s could not be written", key)
        reason = f"{prefix}internal error ({type(error).__name__})"
        report.refuse(reason, key=key, line=line)
    return None
