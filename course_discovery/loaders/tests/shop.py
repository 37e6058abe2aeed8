"""A shop in a few lines: what its three lists answer is scripted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from course_discovery.clients.ecommerce import EcommerceClient
from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime
from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    json_answer,
)
from course_discovery.core.models import Partner

ROOT = "/api/v2"
COURSES, PRODUCTS = f"{ROOT}/courses/", f"{ROOT}/products/"
KEY = "course-v1:edX+DemoX+1"
UUID = "6f1c2b9e-3a54-4d0e-9c77-5b8a1e2d4f60"
LISTS = ("courses", "Course Entitlement", "Enrollment Code")
Row = dict[str, Any]


def product(number: int, sku: Any, price: Any = "149.00", **values: Any) -> Row:
    """A product; what is no key of its own becomes an attribute, `...` leaves a key out."""
    stock = {"partner_sku": sku, "price_currency": values.pop("currency", "USD"), "price": price}
    told: Row = {
        "id": number, "structure": "child", "product_class": "Seat", "price": None,
        "expires": None, "stockrecords": [stock],
    }  # fmt: skip
    told |= {name: values.pop(name) for name in list(values) if name in told}
    told["attribute_values"] = [
        {"name": name, "code": name, "value": value} for name, value in values.items()
    ]
    return {name: value for name, value in told.items() if value is not ...}


def parent(number: int) -> Row:
    return product(number, "", structure="parent", stockrecords=[])


def audit(number: int = 1, price: Any = "0.00", **values: Any) -> Row:
    return product(number, "1D90B3E", price, **values)


def verified(number: int = 2, price: Any = "149.00", **values: Any) -> Row:
    values.setdefault("expires", "2027-05-18T23:59:59Z")
    return product(number, "4C1F0A7", price, certificate_type="verified", **values)


def entitlement(number: int = 3, uuid: Any = UUID, price: Any = "149.00", **values: Any) -> Row:
    sku = values.pop("sku", "D41E88B")
    values = {"certificate_type": "verified", "UUID": uuid} | values
    return product(number, sku, price, product_class="Course Entitlement", **values)


def code(number: int = 4, key: Any = KEY, seat_type: Any = "verified", **values: Any) -> Row:
    sku = values.pop("sku", "9E27C55")
    row = product(
        number, sku, structure="standalone", product_class="Enrollment Code",
        course_key=key, seat_type=seat_type, **values,
    )  # fmt: skip
    for attribute in row.get("attribute_values", ()):
        attribute["name"] = attribute["code"].replace("_", " ").title()
    return row


def course(*products: Any, key: Any = KEY) -> Row:
    """A row of the course list."""
    return {"id": key, "name": "Demo", "products": list(products)}


class Shop:
    """`rows` of each list are what it sells; `answers` go before, by list and page."""

    def __init__(self, server: ScriptedServer) -> None:
        self.server = server
        self.rows: dict[str, list[Any]] = {name: [] for name in LISTS}
        self.answers: dict[tuple[str, int], Answer] = {}
        self.page_size = 50
        self.time = FakeTime()
        self.url = server.url + ROOT
        token = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 3600}
        server.queue("/oauth2/access_token", json_answer(token))
        server.on(COURSES, lambda request: self._page("courses", request))
        server.on(PRODUCTS, lambda request: self._page(request.query["product_class"], request))

    def sells(
        self, *courses: Any, entitlements: list[Any] | None = None, codes: list[Any] | None = None
    ) -> None:
        """Let its lists have these rows."""
        self.rows = dict(zip(LISTS, (list(courses), entitlements or [], codes or []), strict=True))

    @contextmanager
    def connect(self, partner: Partner) -> Iterator[EcommerceClient]:
        """A client whose waits are only noted and whose time-outs are short."""
        options: dict[str, Any] = {
            "read_timeout": 0.2,
            "policy": RetryPolicy(tries=2, backoff=0.0, throttled_backoff=0.0),
        }
        with ServiceSession(clock=self.time.clock, **options) as session:
            tokens = TokenSource(
                f"{self.server.url}/oauth2", "id", "secret", session=session, cache=TokenCache()
            )
            yield EcommerceClient(partner.ecommerce_api_url or "", session=session, tokens=tokens)

    def _page(self, name: str, request: Request) -> Answer:
        number = int(request.query["page"])
        if (name, number) in self.answers:
            return self.answers[name, number]
        rows, size = self.rows[name], self.page_size
        pages = max(1, -(-len(rows) // size))
        if number > pages:
            return json_answer({"detail": "No such page."}, 404)
        return page_of(
            rows[(number - 1) * size : number * size], count=len(rows), following=number < pages
        )


def page_of(rows: list[Any], *, count: Any, following: bool, **values: Any) -> Answer:
    """A page of a list, whatever its rows are."""
    body = {"count": count, "next": "more" if following else None, "previous": None}
    return json_answer({**body, "results": rows, **values})
