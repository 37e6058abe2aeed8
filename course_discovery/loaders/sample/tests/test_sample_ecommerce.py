"""The shop of the sample platform."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.tests.browser import Browser
from course_discovery.loaders.sample.tests.conftest import FIRST_START
from course_discovery.loaders.sample.tests.test_sample_contract import (
    REFERENCE,
    records,
    shapes,
)

COURSES, PRODUCTS = "/api/v2/courses/", "/api/v2/products/"
FILES = ("ecommerce_courses.json", "ecommerce_products.json")
OLDER = "older shop release: price_excl_tax in place of price"
OPTIONS = Options(clock=lambda: FIRST_START, ecommerce=True)
recorded = pytest.mark.skipif(not REFERENCE, reason="REFERENCE_DIR is not set")


@pytest.fixture(scope="module")
def shop(state: Path) -> Iterator[SampleServer]:
    """A platform with a shop, which was told of three courses."""
    with SampleServer(state, options=OPTIONS) as running:
        sold = [
            course for course in running.site.catalog.courses if "entitlements" in course.details
        ]
        for number, course in enumerate(sold[:3]):
            running.site.course_uuids[course.key] = f"6f1c2b9e-3a54-4d0e-9c77-00000000000{number}"
        yield running


@pytest.fixture(scope="module")
def customer(shop: SampleServer) -> Browser:
    return Browser(shop.base_url)


@pytest.fixture(scope="module")
def worker(customer: Browser) -> str:
    return customer.service_token()


def all_rows(customer: Browser, worker: str, path: str, **query: str) -> list[Any]:
    reply = customer.get(path, worker, page_size="10000", **query)
    assert (reply.status, reply.json["next"]) == (200, None)
    assert reply.json["count"] == len(reply.json["results"])
    return list(reply.json["results"])


def test_shop_is_off_unless_chosen(browser: Browser, service: str) -> None:
    for path in (COURSES, PRODUCTS):
        assert browser.get(path, service).status == 404


def test_every_run_with_modes_is_sold_at_the_price_of_its_modes(
    shop: SampleServer, customer: Browser, worker: str
) -> None:
    rows = {row["id"]: row for row in all_rows(customer, worker, COURSES, include_products="True")}
    runs = [run for run in shop.site.catalog.lms_runs if run.modes]
    assert list(rows) == [run.key for run in runs]
    for run in runs:
        seats = [
            (
                {each["code"]: each["value"] for each in row["attribute_values"]}.get(
                    "certificate_type", "audit"
                ),
                row["stockrecords"][0]["price"],
            )
            for row in rows[run.key]["products"]
            if row["structure"] == "child"
            and not row["stockrecords"][0]["partner_sku"].startswith("mobile")
        ]
        assert seats == [(mode.slug, f"{mode.price}.00") for mode in run.modes]


def test_numbers_and_skus_are_unique(customer: Browser, worker: str) -> None:
    rows = all_rows(customer, worker, PRODUCTS)
    numbers = [row["id"] for row in rows]
    skus = [stock["partner_sku"] for row in rows for stock in row["stockrecords"]]
    assert len(set(numbers)) == len(numbers)
    assert len(set(skus)) == len(skus)
    assert any(sku.startswith("mobile.android.") for sku in skus)


def test_products_are_listed_by_class(customer: Browser, worker: str) -> None:
    classes = {
        name: all_rows(customer, worker, PRODUCTS, product_class=name)
        for name in ("Seat", "Course Entitlement", "Enrollment Code", "Hat")
    }
    assert {row["product_class"] for row in classes["Seat"]} == {"Seat"}
    assert len(classes["Course Entitlement"]) == 3
    assert {row["structure"] for row in classes["Enrollment Code"]} == {"standalone"}
    assert classes["Hat"] == []


def test_expired_seat_cannot_be_bought_but_keeps_its_price(customer: Browser, worker: str) -> None:
    rows = all_rows(customer, worker, PRODUCTS, product_class="Seat")
    expired = [row for row in rows if row["stockrecords"] and not row["is_available_to_buy"]]
    assert expired
    assert {row["price"] for row in expired} == {None}
    assert all(row["expires"] < "2026-11-20" for row in expired)


def test_pages_lead_to_the_end(customer: Browser, worker: str) -> None:
    first = customer.get(COURSES, worker)
    assert (len(first.json["results"]), first.json["previous"]) == (20, None)
    assert "products" not in first.json["results"][0]
    assert first.json["next"] == f"{customer.base_url}{COURSES}?page=2"
    assert customer.get(COURSES, worker, page="999").status == 404
    assert customer.get(COURSES, worker, page="x").status == 404


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("path", [COURSES, PRODUCTS])
def test_lists_cannot_be_written(customer: Browser, worker: str, path: str, method: str) -> None:
    reply = customer.call(method, path, token=worker, body=b"{}")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")


CASES = [(file, name) for file in FILES for name in records(file) if name != OLDER]


def rows_told(file: str) -> list[Any]:
    """Every recorded row of a list, but for those without products."""
    bodies = [each["response"]["body"] for name, each in records(file).items() if name != OLDER]
    rows = [row for body in bodies for row in body.get("results", [])]
    return [row for row in rows if file == FILES[1] or "products" in row]


@recorded
@pytest.mark.parametrize(("file", "name"), CASES)
def test_shop_answers_as_recorded(
    state: Path, customer: Browser, worker: str, file: str, name: str
) -> None:
    record = records(file)[name]
    query, token = dict(record["request"]["query"]), worker
    if name.startswith("page past the end"):
        query["page"] = "999"
    if name.startswith("token not accepted"):
        token = record["request"]["headers"]["Authorization"]
    if name.startswith("caller is not staff"):
        token = customer.person_token("learner")
    if name == "over the rate limit":
        with SampleServer(state, options=replace(OPTIONS, calls_per_minute=1)) as running:
            busy = Browser(running.base_url)
            token = busy.service_token()
            assert busy.get(record["request"]["path"], token, **query).status == 200
            reply = busy.get(record["request"]["path"], token, **query)
        assert reply.headers["Retry-After"] == "60"
    else:
        reply = customer.get(record["request"]["path"], token, **query)
    wanted = record["response"]
    assert reply.status == wanted["status"]
    assert set(wanted["headers"]) <= set(reply.headers)
    assert list(reply.json) == list(wanted["body"])


@recorded
def test_shop_shows_every_recorded_key_and_type(customer: Browser, worker: str) -> None:
    told = rows_told(FILES[0])
    served = all_rows(customer, worker, COURSES, include_products="True")
    assert shapes(served) == shapes(told)
    assert [list(row) for row in served] == [list(told[0])] * len(served)
    products = [product for row in told for product in row["products"]] + rows_told(FILES[1])
    keys = [list(row) for row in (*products, *all_rows(customer, worker, PRODUCTS))]
    assert keys == [keys[0]] * len(keys)
    served = all_rows(customer, worker, PRODUCTS)
    assert shapes(served) == shapes(products)
