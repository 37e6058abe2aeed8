"""One course mode of an LMS: an enrolment track of a run with its price."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,4})?")
_CURRENCY = re.compile(r"[A-Za-z]{3}")


class BadCourseMode(ValueError):
    """A mode that cannot be read; the text names the key at fault, never its value."""


@dataclass(frozen=True)
class CourseMode:
    """`price` in `currency` (ISO 4217, upper case); `expiration` is aware, None = never."""

    slug: str
    name: str
    price: Decimal
    currency: str
    expiration: datetime | None
    sku: str | None
    bulk_sku: str | None


def parse_course_mode(row: object, run_key: str) -> CourseMode:
    """The mode in one row of the course modes API of the LMS.

    The price may be an integer or a decimal string; releases differ. Optional keys are null,
    empty or absent when unset. Raises `BadCourseMode`.
    """
    if not isinstance(row, dict):
        raise BadCourseMode("not an object")
    values = cast("dict[str, object]", row)
    if _text(values, "course_id").casefold() != run_key.casefold():
        raise BadCourseMode("course_id is another run's")
    return CourseMode(
        slug=_text(values, "mode_slug"),
        name=_text(values, "mode_display_name"),
        price=_amount(values, "min_price"),
        currency=_currency(values, "currency"),
        expiration=_moment(values, "expiration_datetime"),
        sku=_optional_text(values, "sku"),
        bulk_sku=_optional_text(values, "bulk_sku"),
    )


def _text(values: dict[str, object], key: str) -> str:
    text = _optional_text(values, key)
    if text is None:
        raise BadCourseMode(f"{key} is missing")
    return text


def _optional_text(values: dict[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise BadCourseMode(f"{key} is not a text")
    return (value or "").strip() or None


def _amount(values: dict[str, object], key: str) -> Decimal:
    value = values.get(key)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole or isinstance(value, str)) or not _AMOUNT.fullmatch(str(value)):
        raise BadCourseMode(f"{key} is neither a whole number nor a decimal string")
    return Decimal(str(value))


def _currency(values: dict[str, object], key: str) -> str:
    code = _text(values, key)
    if not _CURRENCY.fullmatch(code):
        raise BadCourseMode(f"{key} is not a currency code")
    return code.upper()


def _moment(values: dict[str, object], key: str) -> datetime | None:
    text = _optional_text(values, key)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadCourseMode(f"{key} is not a time") from None
    if moment.tzinfo is None:
        raise BadCourseMode(f"{key} has no time zone")
    return moment
