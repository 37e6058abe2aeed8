"""Rows of a shop: whatever they are, they are read or refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.loaders.ecommerce_rows import (
    name_of,
    read_code,
    read_course_uuid,
    read_product,
    read_run_key,
    read_sku,
    seat_products,
)
from course_discovery.loaders.tests.shop import KEY, UUID, audit, code, course, entitlement, parent

NAMES = (
    "id", "products", "structure", "product_class", "stockrecords", "partner_sku", "price",
    "price_excl_tax", "price_currency", "expires", "attribute_values", "code", "name", "value",
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from(["child", "Seat", "UUID", "1.00", "USD", "certificate_type"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize(
    "read", [read_run_key, seat_products, read_product, read_sku, read_course_uuid, read_code]
)
@given(row=ANYTHING)
def test_any_row_is_read_or_refused(read: Callable[[object], object], row: object) -> None:
    with suppress(Refusal):
        read(row)


@given(ANYTHING, st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_any_change_of_a_good_product_is_read_or_refused(
    value: object, changes: dict[str, Any]
) -> None:
    row = audit(credit_hours=3, credit_provider="x") | changes
    stock = {"partner_sku": "A", "price_currency": "USD", "price": value}
    for told in (row, row | {"stockrecords": [stock]}):
        with suppress(Refusal):
            product = read_product(told)
            assert product is None or product.price >= 0
            assert product is None or product.certificate_type


@given(ANYTHING)
def test_any_product_has_a_name(row: object) -> None:
    assert name_of(row).startswith("product ")


@given(st.decimals(0, 10**8, places=2, allow_nan=False))
def test_any_price_is_read_as_it_is(price: Decimal) -> None:
    product = read_product(audit(price=str(price)))
    assert product is not None
    assert product.price == price


def test_product_is_read() -> None:
    product = read_product(
        audit(expires="2027-05-18T23:59:59.5+02:00", certificate_type=" Credit ", credit_hours=0,
              credit_provider=" a ", currency=" eur ")
    )  # fmt: skip
    assert product is not None
    assert (product.sku, product.price, product.currency) == ("1D90B3E", Decimal(0), "EUR")
    assert product.expires == datetime(2027, 5, 18, 21, 59, 59, 500000, tzinfo=UTC)
    assert (product.certificate_type, product.credit_provider, product.credit_hours) == (
        "credit", "a", 0,
    )  # fmt: skip


@pytest.mark.parametrize("told", [{}, {"certificate_type": ""}])
def test_product_without_certificate_is_for_auditing(told: dict[str, Any]) -> None:
    product = read_product(audit(**told))
    assert product is not None
    assert (product.certificate_type, product.credit_provider, product.credit_hours) == (
        "audit", "", None,
    )  # fmt: skip


def test_copies_for_mobile_stores_are_no_products() -> None:
    row = audit() | {"stockrecords": [{"partner_sku": "mobile.ios.1d90b3e"}]}
    assert (read_product(row), read_sku(row)) == (None, None)


def test_seats_are_children_of_class_seat() -> None:
    older = {name: value for name, value in audit(7).items() if name != "product_class"}
    assert seat_products(course(parent(1), audit(2), code(3), entitlement(4), older, None)) == [
        audit(2), older, None,
    ]  # fmt: skip


def test_attributes_are_known_by_their_code() -> None:
    assert read_code(code(seat_type="Verified")) == (KEY, "verified")
    unnamed = entitlement()
    for attribute in unnamed["attribute_values"]:
        del attribute["code"]
    assert str(read_course_uuid(unnamed)) == UUID
