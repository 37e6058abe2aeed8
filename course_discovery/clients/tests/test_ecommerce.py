"""Lists of a shop, over HTTP and as recorded."""

from typing import Any

import pytest

from course_discovery.clients.ecommerce import EcommerceClient
from course_discovery.clients.ecommerce_listing import EcommerceListing
from course_discovery.clients.errors import BadAnswer, Refused, ShortFetch, Throttled, Unreachable
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime
from course_discovery.clients.tests.scripted_server import (
    Answer,
    ScriptedServer,
    html_answer,
    json_answer,
)
from course_discovery.clients.tests.test_contract import answer_of, recorded, tell_token

COURSES, PRODUCTS = "/api/v2/courses/", "/api/v2/products/"


def page(ids: list[Any], *, count: int, more: bool = False) -> Answer:
    rows = [{"id": each} for each in ids]
    return json_answer({"count": count, "next": "x" if more else None, "results": rows})


def rows_of(listing: EcommerceListing) -> list[Any]:
    return [row for each in listing for row in each.rows]


@pytest.fixture
def shop(server: ScriptedServer, session: ServiceSession, tokens: TokenSource) -> EcommerceClient:
    tell_token(server)
    return EcommerceClient(f"{server.url}/api/v2/", session=session, tokens=tokens, page_size=2)


def test_lists_are_asked_for_as_recorded(server: ScriptedServer, shop: EcommerceClient) -> None:
    courses = recorded("ecommerce_courses.json")
    server.queue(COURSES, answer_of(courses[""]), answer_of(courses["second and last page"]))
    listing = shop.courses()
    rows = rows_of(listing)
    assert (len(rows), listing.announced, listing.complete) == (3, 3, True)
    wanted = [courses[name]["request"] for name in ("", "second and last page")]
    assert [request.query for request in server.asked(COURSES)] == [
        request["query"] for request in wanted
    ]
    assert server.asked(COURSES)[0].headers["authorization"].startswith("JWT ")


def test_entitlements_and_codes_are_asked_for_as_recorded(
    server: ScriptedServer, shop: EcommerceClient
) -> None:
    products = recorded("ecommerce_products.json")
    second = products["second and last page of entitlements"]
    codes = products["enrollment codes"]
    server.queue(PRODUCTS, answer_of(products[""]), answer_of(second), answer_of(codes))
    assert len(rows_of(shop.entitlements())) == 3
    assert len(rows_of(shop.enrollment_codes())) == 2
    first, last, third = server.asked(PRODUCTS)
    assert first.query == products[""]["request"]["query"]
    assert last.query == second["request"]["query"]
    assert third.query == {**codes["request"]["query"], "page_size": "2"}


@pytest.mark.parametrize("file", ["ecommerce_courses.json", "ecommerce_products.json"])
def test_recorded_errors_are_told(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource, file: str
) -> None:
    tell_token(server)
    failures = {
        case["response"]["status"]: case
        for case in recorded(file).values()
        if case["response"]["status"] >= 400
    }
    for status, case in failures.items():
        server.queue(f"/{status}{COURSES}", answer_of(case))
        shop = EcommerceClient(f"{server.url}/{status}/api/v2", session=session, tokens=tokens)
        with pytest.raises(Throttled if status == 429 else Refused) as caught:
            rows_of(shop.courses())
        assert caught.value.status == status


def test_pages_are_fetched_only_when_read(server: ScriptedServer, shop: EcommerceClient) -> None:
    server.queue(COURSES, page([1, 2], count=4, more=True), page([3, 4], count=4))
    pages = iter(shop.courses())
    assert server.asked(COURSES) == []
    next(pages)
    assert len(server.asked(COURSES)) == 1


def test_wait_that_the_shop_asks_for_is_kept(
    server: ScriptedServer, shop: EcommerceClient, fake_time: FakeTime
) -> None:
    busy = json_answer({"detail": "busy"}, 429, Retry_After="21")
    server.queue(COURSES, busy, page([1], count=1))
    assert len(rows_of(shop.courses())) == 1
    assert fake_time.sleeps == [21.0]


@pytest.mark.parametrize(
    ("second", "error"),
    [
        (html_answer("Log in"), BadAnswer),
        (json_answer({"detail": "no"}), BadAnswer),
        (json_answer({"detail": "no"}, 403), Refused),
        (json_answer({"detail": "no"}, 404), ShortFetch),
        (page([], count=3), ShortFetch),
        (page([2, 1], count=3), ShortFetch),
        (Answer(200, b'{"count": 3', {"Content-Type": "application/json"}, "short"), Unreachable),
    ],
)
def test_list_that_breaks_off_is_an_error(
    server: ScriptedServer, shop: EcommerceClient, second: Answer, error: type[Exception]
) -> None:
    server.queue(COURSES, page([1, 2], count=3, more=True), second)
    listing = shop.courses()
    with pytest.raises(error):
        rows_of(listing)
    assert (listing.seen, listing.complete) == (2, False)


def test_error_names_the_list_and_the_page(server: ScriptedServer, shop: EcommerceClient) -> None:
    server.queue(PRODUCTS, json_answer({"results": []}))
    with pytest.raises(BadAnswer) as caught:
        rows_of(shop.enrollment_codes())
    assert str(caught.value) == (
        f"GET {server.url}{PRODUCTS}?product_class=Enrollment Code&page=1&page_size=2: "
        "HTTP 200, count is not a whole number"
    )
