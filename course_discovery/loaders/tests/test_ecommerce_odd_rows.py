"""Odd rows and products of a shop: each is refused with its reason, and nothing else stops."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from course_discovery.clients.tests.scripted_server import html_answer
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseEntitlement, CourseRun, Seat
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import refusals
from course_discovery.loaders.tests.shop import (
    KEY,
    UUID,
    Shop,
    audit,
    code,
    course,
    entitlement,
    product,
    verified,
)

Load = Callable[[], LoadedSource]
SECOND = "course-v1:edX+DemoX+2"


@pytest.fixture
def run(shop_partner: Partner) -> CourseRun:
    row = CourseFactory.create(partner=shop_partner, key="edX+DemoX", uuid=uuid.UUID(UUID))
    return CourseRunFactory.create(course=row, key=KEY)


ODD_RUNS = [
    (None, "", "is no object"),
    (5, "", "is no object"),
    ({}, "", "id: is missing or no text"),
    ({"id": 7, "products": []}, "", "id: is missing or no text"),
    ({"id": "x", "products": []}, "", "the key is not one of a course run"),
    ({"id": "a\x00", "products": []}, "", "the key is not one of a course run"),
    ({"id": KEY}, KEY, "products: is no list"),
    ({"id": KEY, "products": {}}, KEY, "products: is no list"),
    (course(audit(), key="course-v1:edX+Unknown+1"), "course-v1:edX+Unknown+1",
     "there is no such course run"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "key", "reason"), ODD_RUNS)
def test_odd_row_is_refused_and_stops_nothing(
    shop: Shop, load_shop: Load, run: CourseRun, row: Any, key: str, reason: str
) -> None:
    CourseRunFactory.create(course=run.course, key=SECOND)
    shop.sells(row, course(audit(), key=SECOND))
    source = load_shop()
    assert (source.state, refusals(source)) == ("done", [(None, key, reason)])
    assert Seat.everything.get().course_run.key == SECOND


VERIFIED = {"certificate_type": "verified"}
ODD_PRODUCTS = [
    (None, "product without id: is no object"),
    ({**verified(), "id": "x", "stockrecords": [{"partner_sku": "A"}]},
     "product without id: price: is neither"),
    (verified(price="free"), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price=None), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price=True), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price=1.5), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price="-1"), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price="NaN"), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price="1e3"), "product 2: price: is neither a whole number nor a decimal string"),
    (verified(price="1.005"), "product 2: price: has more than two decimal places"),
    (verified(price="100000000"), "product 2: price: not between 0 and 99999999.99"),
    (verified(currency="ZZZ"), "product 2: there is no currency ZZZ"),
    (verified(currency=None), "product 2: price_currency: is missing or no text"),
    (verified(expires="soon"), "product 2: expires: is no time"),
    (verified(expires="2027-05-18T23:59:59"), "product 2: expires: has no time zone"),
    (verified(expires="0001-01-01T00:00:00+10:00"), "product 2: expires: is no time"),
    (verified(expires=5), "product 2: expires: is no text"),
    (verified(stockrecords=[]), "product 2: stockrecords: has no record"),
    (verified(stockrecords=None), "product 2: stockrecords: has no record"),
    (verified(stockrecords=[5]), "product 2: stockrecords: has no record"),
    (product(2, None, **VERIFIED), "product 2: partner_sku: is missing or no text"),
    (product(2, " ", **VERIFIED), "product 2: partner_sku: is empty"),
    (product(2, "x" * 129, **VERIFIED), "product 2: sku: longer than 128 characters"),
    (product(2, "a\x00", **VERIFIED), "product 2: sku: has a NUL character"),
    (product(2, "A", certificate_type=5), "product 2: certificate_type: is missing or no text"),
    (product(2, "A", certificate_type="masters"), "product 2: there is no seat type masters"),
    (product(2, "A", certificate_type="honor"),
     "product 2: runs of the type verified-audit have no seat of type honor"),
    (product(2, "A", credit_provider=[], **VERIFIED),
     "product 2: credit_provider: is missing or no text"),
    (product(2, "A", credit_hours="3", **VERIFIED),
     "product 2: credit_hours: is no whole number up to 32767"),
    (product(2, "A", credit_hours=10**6, **VERIFIED),
     "product 2: credit_hours: is no whole number up to 32767"),
    ({**verified(), "attribute_values": [1]},
     "product 2: attribute_values: is no list of objects"),
    (audit(2, price="7.00"), "product 2: the run has a seat of type audit already"),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "reason"), ODD_PRODUCTS)
def test_odd_product_is_refused_and_takes_no_seat_away(
    shop: Shop, load_shop: Load, run: CourseRun, odd: Any, reason: str
) -> None:
    shop.sells(course(audit(), verified(price="5.00")))
    load_shop()
    shop.sells(course(audit(), odd))
    source = load_shop()
    assert (source.state, source.load_run.exit_code) == ("done", 0)
    ((_line, key, told),) = refusals(source)
    assert (key, told[: len(reason)]) == (KEY, reason)
    assert {seat.type_id: seat.price for seat in Seat.everything.all()} == {
        "audit": 0, "verified": 5,
    }  # fmt: skip


def test_run_that_is_listed_twice_loses_nothing(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    shop.sells(course(audit(), verified()))
    load_shop()
    shop.sells(course(audit()), course(verified(), key="course-v1:EDX+demox+1"))
    assert [reason for _line, _key, reason in refusals(load_shop())] == [
        "the shop lists the run twice"
    ]
    assert Seat.everything.count() == 2


def test_run_of_another_partner_is_left_alone(shop: Shop, load_shop: Load) -> None:
    theirs = CourseRunFactory.create(key=KEY)
    shop.sells(course(audit()), codes=[code()])
    assert [reason for _line, _key, reason in refusals(load_shop())] == [
        "another partner has a run with this key",
        "product 4: another partner has a run with this key",
    ]
    assert not theirs.seats.exists()


OTHER = "0c8e7d11-52aa-4b3f-9d64-e1b7c2a40f98"
ODD_ENTITLEMENTS = [
    (None, "", "product without id: is no object", False),
    (entitlement(uuid="x"), "", "product 3: UUID: is no uuid", False),
    (entitlement(uuid=5), "", "product 3: UUID: is missing or no text", False),
    (product(3, "A"), "", "product 3: UUID: is missing or no text", False),
    (entitlement(uuid=OTHER), OTHER, "product 3: there is no course with this uuid", True),
    (entitlement(price="x"), "edX+DemoX", "product 3: price: is neither", False),
    (entitlement(currency="ZZZ"), "edX+DemoX", "product 3: there is no currency ZZZ", False),
    (entitlement(certificate_type="masters"), "edX+DemoX",
     "product 3: there is no seat type masters", False),
    (entitlement(certificate_type="professional"), "edX+DemoX",
     "product 3: courses of the type verified-audit have no entitlement of type professional",
     False),
    (entitlement(sku="x" * 129), "edX+DemoX", "product 3: sku: longer than", False),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "key", "reason", "deleted"), ODD_ENTITLEMENTS)
def test_odd_entitlement_is_refused_and_keeps_the_one_it_may_be(
    shop: Shop, load_shop: Load, run: CourseRun, odd: Any, key: str, reason: str, deleted: bool
) -> None:
    shop.sells(course(audit(), verified()), entitlements=[entitlement()])
    load_shop()
    shop.sells(course(audit(), verified()), entitlements=[odd])
    source = load_shop()
    assert source.state == "done"
    ((_line, told_key, told),) = refusals(source)
    assert (told_key, told[: len(reason)]) == (key, reason)
    assert CourseEntitlement.everything.exists() is not deleted


def test_course_has_one_entitlement(shop: Shop, load_shop: Load, run: CourseRun) -> None:
    shop.sells(course(audit()), entitlements=[entitlement(3), entitlement(5, price="1.00")])
    assert refusals(load_shop()) == [
        (None, "edX+DemoX", "product 5: the course has an entitlement already")
    ]
    assert CourseEntitlement.everything.get().price == 149


@pytest.mark.parametrize(
    ("odd", "key", "reason"),
    [
        (5, "", "product without id: is no object"),
        (code(key="x"), "", "product 4: the key is not one of a course run"),
        (code(key=None), "", "product 4: course_key: is missing or no text"),
        (code(seat_type=""), "", "product 4: seat_type: is empty"),
        (code(stockrecords=[]), "", "product 4: stockrecords: has no record"),
        (code(key="course-v1:edX+Unknown+1"), "course-v1:edX+Unknown+1",
         "product 4: there is no such course run"),
        (code(seat_type="honor"), KEY, "product 4: the run has no seat of type honor"),
        (code(sku="x" * 129), KEY, "bulk_sku: longer than 128 characters"),
    ],
)  # fmt: skip
def test_odd_code_is_refused_and_stops_nothing(
    shop: Shop, load_shop: Load, run: CourseRun, odd: Any, key: str, reason: str
) -> None:
    second = CourseRunFactory.create(course=run.course, key=SECOND)
    shop.sells(
        course(audit(), verified()), course(verified(), key=SECOND),
        codes=[odd, code(6, SECOND, sku="B"), code(7, SECOND, sku="C")],
    )  # fmt: skip
    source = load_shop()
    assert source.state == "done"
    assert refusals(source) == [
        (None, key, reason),
        (None, SECOND, "product 7: the run has a code for its seat of type verified already"),
    ]
    assert second.seats.get().bulk_sku == "B"


def test_refused_products_end_the_command_with_2_where_they_are_not_wanted(
    shop: Shop, run: CourseRun, settings: Any
) -> None:
    settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{shop.server.url}/oauth2"
    shop.sells(course(audit(), verified(currency="ZZZ")))
    call_command("refresh_course_metadata")
    with pytest.raises(CommandError) as raised:
        call_command("refresh_course_metadata", "--strict")
    assert raised.value.returncode == 2
    shop.answers["Enrollment Code", 1] = html_answer("Log in")
    with pytest.raises(CommandError) as raised:
        call_command("refresh_course_metadata", "--strict")
    assert raised.value.returncode == 1
