"""Rows of a shop's lists as the catalog understands them.

A shop lists a run with its products: one of structure `parent` that is never sold, one `child` for
each seat, and `standalone` enrollment codes. Prices are read from the first stock record, because a
product's own price is null as soon as it cannot be bought any more. Copies for mobile stores are
left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from course_discovery.course_metadata.operations.course_run_key import parse_course_run_key
from course_discovery.course_metadata.operations.running import Refusal

_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,4})?")
_MOST_HOURS = 32767
AUDIT = "audit"

Values = Mapping[str, object]


class BadProduct(Refusal):
    """A row or product that cannot be read; the text names the key at fault, never its value."""


@dataclass(frozen=True)
class Product:
    """A product that is sold: `price` in `currency` (ISO 4217), `expires` aware, None = never."""

    attributes: Values
    sku: str
    price: Decimal
    currency: str
    expires: datetime | None

    @property
    def certificate_type(self) -> str:
        """In lower case; a product without one leads to no certificate."""
        return _text(self.attributes, "certificate_type", AUDIT).lower() or AUDIT

    @property
    def credit_provider(self) -> str:
        return _text(self.attributes, "credit_provider", "")

    @property
    def credit_hours(self) -> int | None:
        hours = self.attributes.get("credit_hours")
        if hours is None:
            return None
        if isinstance(hours, bool) or not isinstance(hours, int) or not 0 <= hours <= _MOST_HOURS:
            raise BadProduct(f"credit_hours: is no whole number up to {_MOST_HOURS}")
        return hours


def read_run_key(row: object) -> str:
    """The run that a row of the course list is about. Raises BadProduct, BadCourseRunKey."""
    key = _text(_object(row), "id")
    parse_course_run_key(key)
    return key


def seat_products(row: object) -> list[object]:
    """Those products of a row of the course list that are seats, unread. Raises BadProduct."""
    products = _object(row).get("products")
    if not isinstance(products, list):
        raise BadProduct("products: is no list")
    return [each for each in products if _may_be_seat(each)]


def read_product(row: object) -> Product | None:
    """What one product is sold as; None for a copy of another one. Raises BadProduct."""
    sku = read_sku(row)
    if sku is None:
        return None
    values = _object(row)
    stock = _stock_record(values)
    return Product(
        attributes=_attributes(values),
        sku=sku,
        price=_price(stock),
        currency=_text(stock, "price_currency").upper(),
        expires=_moment(values, "expires"),
    )


def read_sku(row: object) -> str | None:
    """The SKU of a product; None for a copy (`mobile.android.4c1f0a7`). Raises BadProduct."""
    sku = _text(_stock_record(_object(row)), "partner_sku")
    return None if "mobile" in sku.lower() else sku


def read_course_uuid(row: object) -> UUID:
    """The course that an entitlement is for. Raises BadProduct."""
    text = _text(_attributes(_object(row)), "UUID")
    try:
        return UUID(text)
    except ValueError:
        raise BadProduct("UUID: is no uuid") from None


def read_code(row: object) -> tuple[str, str]:
    """(run key, seat type in lower case) that an enrollment code is for.

    Raises BadProduct, BadCourseRunKey.
    """
    attributes = _attributes(_object(row))
    key = _text(attributes, "course_key")
    parse_course_run_key(key)
    return key, _text(attributes, "seat_type").lower()


def name_of(row: object) -> str:
    """How reports call a product that cannot be taken."""
    number = row.get("id") if isinstance(row, dict) else None
    known = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 10**12
    return f"product {number}" if known else "product without id"


def _may_be_seat(product: object) -> bool:
    """What is no object is kept, so that it is told of."""
    if not isinstance(product, dict):
        return True
    return product.get("structure") == "child" and product.get("product_class", "Seat") == "Seat"


def _object(row: object) -> Values:
    if not isinstance(row, dict):
        raise BadProduct("is no object")
    return cast("Values", row)


def _stock_record(values: Values) -> Values:
    records = values.get("stockrecords")
    if not isinstance(records, list) or not records or not isinstance(records[0], dict):
        raise BadProduct("stockrecords: has no record")
    return cast("Values", records[0])


def _attributes(values: Values) -> Values:
    """Attributes by their code, which is the same for every kind of product; names are not."""
    told = values.get("attribute_values")
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise BadProduct("attribute_values: is no list of objects")
    return {str(each.get("code") or each.get("name")): each.get("value") for each in told}


def _text(values: Values, name: str, default: str | None = None) -> str:
    value = values.get(name, default)
    if not isinstance(value, str):
        raise BadProduct(f"{name}: is missing or no text")
    text = value.strip()
    if not text and default is None:
        raise BadProduct(f"{name}: is empty")
    return text


def _price(stock: Values) -> Decimal:
    """Older releases call it `price_excl_tax`."""
    value = stock.get("price", stock.get("price_excl_tax"))
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole or isinstance(value, str)) or not _AMOUNT.fullmatch(str(value).strip()):
        raise BadProduct("price: is neither a whole number nor a decimal string")
    return Decimal(str(value).strip())


def _moment(values: Values, name: str) -> datetime | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadProduct(f"{name}: is no text")
    try:
        moment = datetime.fromisoformat(value.strip())
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadProduct(f"{name}: is no time") from None
    if moment.tzinfo is None:
        raise BadProduct(f"{name}: has no time zone")
    return in_utc
