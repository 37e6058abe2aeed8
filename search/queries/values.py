"""Values of parameters, as the types of fields take them.

Dates are turned into milliseconds here, with the caller's clock, so that every engine reads the
same from them.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from search.engine.embedded.mapping.dates import parse_date_math

Value = str | int | float | bool
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_WHOLE = re.compile(r"[+-]?\d{1,9}")
_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")


def text(value: Any) -> str:
    """A value as text. Booleans are written as in JSON."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def lowered(value: Any) -> str:
    """A text to be compared whatever its case."""
    return text(value).lower()


def truth(value: Any) -> bool:
    """true, false, 1 or 0, in any case. Raises ValueError for anything else."""
    try:
        return _TRUTH[lowered(value)]
    except KeyError:
        raise ValueError("Must be true or false") from None


def whole(value: Any) -> int:
    """A whole number. Raises ValueError for anything else."""
    written = text(value).strip()
    if not _WHOLE.fullmatch(written):
        raise ValueError("Must be a whole number")
    return int(written)


def decimal(value: Any) -> float:
    """A number. Raises ValueError for anything else."""
    written = text(value).strip()
    if not _DECIMAL.fullmatch(written):
        raise ValueError("Must be a number")
    return float(written)


def millis(value: Any, now: datetime, *, end: bool = False) -> int:
    """Milliseconds since 1970 of an ISO 8601 date, of milliseconds, or of math such as `now-1d/d`.

    Of a date that names a span of time, `end` takes the last millisecond instead of the first.
    Raises ValueError for anything else.
    """
    try:
        return parse_date_math(text(value).strip(), now=int(now.timestamp() * 1000), round_up=end)
    except ValueError:
        raise ValueError("Must be a date, such as 2030-01-31T09:00:00Z or now-1d") from None


# How a value of a field of each type is read; texts take anything.
READERS: dict[str, Callable[[Any, datetime], Value]] = {
    "boolean": lambda value, now: truth(value),
    "date": millis,
    "float": lambda value, now: decimal(value),
    "integer": lambda value, now: whole(value),
    "keyword": lambda value, now: text(value),
    "text": lambda value, now: text(value),
}
