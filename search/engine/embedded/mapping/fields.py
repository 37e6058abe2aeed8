"""The types that a field may have, and how a JSON value becomes a value of each.

Values are kept as: text and keyword str, date and the whole numbers and booleans int, the other
numbers float.
"""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from search.engine.embedded.mapping.dates import parse_date

Value = str | int | float

INTEGER_LIMIT = 2**31
LONG_LIMIT = 2**63
MAX_DIGITS = 300
WHOLE_TYPES = frozenset({"integer", "long"})
DECIMAL_TYPES = frozenset({"float", "double"})
NUMBER_TYPES = WHOLE_TYPES | DECIMAL_TYPES
TYPES = NUMBER_TYPES | {"keyword", "text", "date", "boolean", "completion"}


@dataclass(frozen=True)
class Field:
    """A field that holds values; `number` names it in the index, `scope` is its nested path."""

    name: str
    number: int
    type: str
    scope: str = ""
    analyzer: str = "standard"
    search_analyzer: str = "standard"
    ignore_above: int | None = None

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers."""
        return self.type in NUMBER_TYPES

    @property
    def has_terms(self) -> bool:
        """Whether the values can be found as terms."""
        return self.type in ("text", "keyword")

    @property
    def is_sortable(self) -> bool:
        """Whether the values can be sorted by and counted."""
        return self.type not in ("text", "completion")


def convert(field: Field, raw: Any) -> Value | None:
    """Return a JSON value as a value of the field; None where the field takes it as nothing.

    Raises ValueError when the field cannot take it.
    """
    return _CONVERSIONS[field.type](raw)


def text_of(raw: Any) -> str:
    """Return a JSON value as text; raises ValueError for an object."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float):
        return repr(raw)
    raise ValueError("Expected text but found an object")


def as_single(number: float) -> float:
    """Return the shortest decimal that is the same number in single precision."""
    if not math.isfinite(number):
        return number
    try:
        packed = struct.pack("<f", number)
    except OverflowError:
        return math.copysign(math.inf, number)
    for digits in range(6, 10):
        short = float(f"{number:.{digits}g}")
        if struct.pack("<f", short) == packed:
            return short
    return float(struct.unpack("<f", packed)[0])


def widened(number: float) -> float:
    """Return the number in single precision that a decimal stands for, digit by digit."""
    return float(struct.unpack("<f", struct.pack("<f", number))[0])


def _whole(limit: int, type_name: str) -> Callable[[Any], int | None]:
    def whole(raw: Any) -> int | None:
        number = _number(raw)
        if number is None:
            return None
        if not math.isfinite(number) or not -limit <= math.trunc(number) < limit:
            raise ValueError(f"Value [{raw}] is out of range for a {type_name}")
        return math.trunc(number)

    return whole


def _number(raw: Any) -> int | float | None:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError("Cannot parse a boolean or an object as number")
    if not isinstance(raw, str):
        return raw
    if not raw:
        return None
    if "_" in raw or len(raw) > MAX_DIGITS:
        raise ValueError(f'For input string: "{raw}"')
    try:
        return int(raw)
    except ValueError:
        pass
    try:
        return float(raw)
    except ValueError:
        raise ValueError(f'For input string: "{raw}"') from None


def _double(raw: Any) -> float | None:
    number = _number(raw)
    return None if number is None else _finite(float(number))


def _single(raw: Any) -> float | None:
    number = _number(raw)
    return None if number is None else _finite(as_single(float(number)))


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"only finite values are supported, but got [{number}]")
    return number


def _boolean(raw: Any) -> int:
    if raw is True or raw == "true":
        return 1
    if raw is False or raw in ("false", ""):
        return 0
    raise ValueError(f"Failed to parse value [{raw}] as only [true] or [false] are allowed.")


def _date(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError(f"failed to parse date field [{raw}]")
    if isinstance(raw, str):
        return parse_date(raw)
    if not abs(raw) < LONG_LIMIT:
        raise ValueError(f"failed to parse date field [{raw}]")
    return math.trunc(raw)


def _nothing(raw: Any) -> None:
    """A completion field is stored with the document and never searched."""


_CONVERSIONS: dict[str, Callable[[Any], Value | None]] = {
    "keyword": text_of,
    "text": text_of,
    "integer": _whole(INTEGER_LIMIT, "integer"),
    "long": _whole(LONG_LIMIT, "long"),
    "float": _single,
    "double": _double,
    "boolean": _boolean,
    "date": _date,
    "completion": _nothing,
}
