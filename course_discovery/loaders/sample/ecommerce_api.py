"""`GET /api/v2/courses/` and `/api/v2/products/`: what the platform's shop sells, page by page.

Off unless chosen at the start. It sells the seats of all runs that have modes, as the course modes
tell them. A shop learns the uuids of courses from the catalog: it has the entitlements of those in
`Site.course_uuids`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from course_discovery.loaders.sample.catalog import Course, Mode, Run
from course_discovery.loaders.sample.messages import Answer, Request, detail, instant, json_answer
from course_discovery.loaders.sample.offers import sku_of
from course_discovery.loaders.sample.paging import page_of
from course_discovery.loaders.sample.site import Site
from course_discovery.loaders.sample.staff import refusal

ROOT = "/api/v2"
COURSES, PRODUCTS = f"{ROOT}/courses/", f"{ROOT}/products/"
DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 10_000
NUMBERS_OF_A_RUN = 10  # product numbers that are kept for each run
LAST_EDITED = "2026-01-15T09:00:00Z"
KINDS = ("credit", "professional", "verified", "honor", "audit")

Row = dict[str, Any]


def list_courses(site: Site, request: Request) -> Answer:
    """One page of runs, with their products if `include_products` is not empty."""
    rows = list(_course_rows(site))
    if not request.parameter("include_products"):
        rows = [{name: row[name] for name in row if name != "products"} for row in rows]
    return _page(site, request, COURSES, rows)


def list_products(site: Site, request: Request) -> Answer:
    """One page of products, all or those of one `product_class`."""
    wanted = request.parameter("product_class")
    products = [product for row in _course_rows(site) for product in row["products"]]
    products += _entitlements(site)
    rows = [row for row in products if not wanted or row["product_class"] == wanted]
    return _page(site, request, PRODUCTS, rows)


def _page(site: Site, request: Request, path: str, rows: Sequence[Row]) -> Answer:
    refused = refusal(site, request, "Only staff may see products.", site.shop_throttle)
    if refused:
        return refused
    page = page_of(rows, site, request, path, default=DEFAULT_PAGE_SIZE, most=MAX_PAGE_SIZE)
    if page is None:
        return detail(404, "There is no such page.")
    body = {
        "count": page.count,
        "next": page.following,
        "previous": page.previous,
        "results": page.rows,
    }
    return json_answer(200, body)


def _course_rows(site: Site) -> Iterator[Row]:
    """Every run that is sold, with its products."""
    for place, run in enumerate(site.catalog.lms_runs):
        if run.modes:
            yield _course_row(site, run, (place + 1) * NUMBERS_OF_A_RUN)


def _course_row(site: Site, run: Run, number: int) -> Row:
    slugs = {mode.slug for mode in run.modes}
    url = f"{site.base_url}{COURSES}{run.key}/"
    products = _products(site, run, number)
    return {
        "id": run.key,
        "url": url,
        "name": run.name,
        "verification_deadline": instant(run.end) if "verified" in slugs else None,
        "type": next((kind for kind in KINDS if kind in slugs), "audit"),
        "products_url": f"{url}products/",
        "last_edited": LAST_EDITED,
        "products": products,
        "has_active_bulk_enrollment_code": any(
            row["is_enrollment_code_product"] and row["is_available_to_buy"] for row in products
        ),
    }


def _products(site: Site, run: Run, number: int) -> list[Row]:
    """The products of a run: the parent, its seats, copies for a mobile store, bulk codes."""
    parent = _product(site, number, "parent", "Seat", run.name)
    parent |= {"attribute_values": _attributes(course_key=run.key)}
    rows = [parent]
    for mode in run.modes:
        sku = mode.sku or sku_of(run.key, mode.slug)
        rows.append(_seat(site, run, mode, number + len(rows), sku))
        if run.mobile_available and mode.slug == "verified":
            copy = f"mobile.android.{sku.lower()}"
            rows.append(_seat(site, run, mode, number + len(rows), copy))
        if mode.bulk_sku:
            rows.append(_code(site, run, mode, number + len(rows), mode.bulk_sku))
    return rows


def _seat(site: Site, run: Run, mode: Mode, number: int, sku: str) -> Row:
    attributes: dict[str, Any] = {}
    if mode.slug != "audit":
        attributes["certificate_type"] = mode.slug
    attributes |= {
        "course_key": run.key,
        "id_verification_required": mode.slug in {"verified", "credit"},
    }
    if mode.credit_provider:
        attributes |= {"credit_provider": mode.credit_provider, "credit_hours": mode.credit_hours}
    row = _product(site, number, "child", "Seat", f"{run.name}: {mode.name}")
    return row | {"attribute_values": _attributes(**attributes)} | _offer(site, mode, number, sku)


def _code(site: Site, run: Run, mode: Mode, number: int, sku: str) -> Row:
    attributes = _attributes(course_key=run.key, seat_type=mode.slug)
    for attribute in attributes:
        attribute["name"] = attribute["name"].replace("_", " ").title()
    attributes += _attributes(id_verification_required=mode.slug == "verified")
    row = _product(site, number, "standalone", "Enrollment Code", f"{run.name}: code")
    row |= _offer(site, mode, number, sku)
    return row | {"attribute_values": attributes, "is_enrollment_code_product": True}


def _entitlements(site: Site) -> Iterator[Row]:
    """What is sold for a whole course, as far as the shop was told of the course."""
    first = (len(site.catalog.lms_runs) + 1) * NUMBERS_OF_A_RUN
    for place, course in enumerate(site.catalog.courses):
        for told in course.details.get("entitlements", ()):
            if course.key in site.course_uuids:
                yield _entitlement(site, course, told, first + place)


def _entitlement(site: Site, course: Course, told: dict[str, Any], number: int) -> Row:
    mode = Mode(told["mode"], "", told["price"], told["currency"])
    attributes = _attributes(
        certificate_type=mode.slug,
        UUID=site.course_uuids[course.key],
        id_verification_required=mode.slug == "verified",
    )
    row = _product(site, number, "child", "Course Entitlement", f"Course {course.title}")
    row |= _offer(site, mode, number, sku_of(course.key, mode.slug))
    return row | {"attribute_values": attributes}


def _product(site: Site, number: int, structure: str, product_class: str, title: str) -> Row:
    """A product that nobody can buy."""
    return {
        "id": number,
        "url": f"{site.base_url}{PRODUCTS}{number}/",
        "structure": structure,
        "product_class": product_class,
        "title": title,
        "price": None,
        "expires": None,
        "attribute_values": [],
        "is_available_to_buy": False,
        "is_enrollment_code_product": False,
        "stockrecords": [],
    }


def _offer(site: Site, mode: Mode, number: int, sku: str) -> Row:
    """What makes a product one that can be bought, unless it has expired."""
    price = f"{mode.price}.00"
    on_sale = mode.expires is None or mode.expires > site.now
    stock = {
        "id": number,
        "product": number,
        "partner": 1,
        "partner_sku": sku,
        "price_currency": mode.currency.upper(),
        "price": price,
    }
    return {
        "price": price if on_sale else None,
        "expires": instant(mode.expires),
        "is_available_to_buy": on_sale,
        "stockrecords": [stock],
    }


def _attributes(**values: Any) -> list[Row]:
    return [{"name": name, "code": name, "value": value} for name, value in values.items()]
