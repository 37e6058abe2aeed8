"""What a body may hold: exact keys, types, and how moments and prices are written."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PRICE = re.compile(r"\d+\.\d\d")


class Broken(Exception):
    """A call that breaks the contract."""


def need(holds: object, reason: str) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(reason)


def keys(value: Any, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Any]:
    """An object with these keys and no others."""
    need(isinstance(value, dict), f"not an object: {value!r}")
    missing = set(required) - value.keys()
    need(not missing, f"missing: {sorted(missing)}")
    more = value.keys() - set(required) - set(optional)
    need(not more, f"must not be sent: {sorted(more)}")
    found: dict[str, Any] = value
    return found


def text(value: Any, name: str) -> None:
    need(isinstance(value, str) and value, f"{name} is no text: {value!r}")


def moment_or_null(value: Any, name: str) -> None:
    need(
        value is None or (isinstance(value, str) and MOMENT.fullmatch(value)),
        f"{name} is neither a moment in whole seconds of UTC nor null: {value!r}",
    )


def price(value: Any) -> None:
    need(isinstance(value, str) and PRICE.fullmatch(value), f"price {value!r}")
    try:
        Decimal(value)
    except InvalidOperation:
        raise Broken(f"price {value!r}") from None


def uuid_text(value: Any, name: str) -> None:
    try:
        need(str(UUID(value)) == value, f"{name} is no UUID: {value!r}")
    except (ValueError, TypeError, AttributeError):
        raise Broken(f"{name} is no UUID: {value!r}") from None


def each(values: Any, check: Callable[[Any], None], name: str) -> None:
    need(isinstance(values, list), f"{name} is no list")
    for value in values:
        check(value)
