import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    CourseRunType,
    CourseType,
    Seat,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    SeatFactory,
)
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import counts, refusals
from course_discovery.loaders.tests.shop import (
    COURSES,
    KEY,
    PRODUCTS,
    UUID,
    Shop,
    audit,
    code,
    course,
    entitlement,
    parent,
    product,
    verified,
)

Load = Callable[[], LoadedSource]
EXPIRES = datetime(2027, 5, 18, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def run(shop_partner: Partner) -> CourseRun:
    """A run that the LMS told of: without seats, without types."""
    return bare_run(shop_partner)


def bare_run(partner: Partner, key: str = KEY, **values: Any) -> CourseRun:
    values.setdefault("course", None)
    row = values.pop("course") or CourseFactory.create(
        partner=partner, key=key[10:].rpartition("+")[0], uuid=uuid.UUID(UUID),
        type=CourseType.objects.get(slug="empty"),
    )  # fmt: skip
    return CourseRunFactory.create(
        course=row, key=key, type=CourseRunType.objects.get(slug="empty"), **values
    )


def both_rows(partner: Partner) -> tuple[CourseRun, CourseRun]:
    """The draft and the official row of one run."""
    empty = CourseType.objects.get(slug="empty")
    draft_course = CourseFactory.create(
        partner=partner, key="edX+DemoX", uuid=uuid.UUID(UUID), draft=True, type=empty
    )
    official_course = CourseFactory.create(
        partner=partner, key="edX+DemoX", uuid=uuid.UUID(UUID), draft_version=draft_course,
        type=empty,
    )  # fmt: skip
    draft = bare_run(partner, course=draft_course)
    official = bare_run(
        partner, course=official_course, uuid=draft.uuid, draft=False, draft_version=draft
    )
    return draft, official


def test_seats_entitlement_and_codes_arrive_and_types_follow(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    mobile = product(9, "mobile.android.4c1f0a7", "x", certificate_type="verified")
    shop.sells(
        course(parent(8), audit(), verified(), mobile, code()),
        entitlements=[entitlement()],
        codes=[code()],
    )
    source = load_shop()
    assert refusals(source) == []
    assert (source.name, source.state, counts(source)) == ("ecommerce", "done", (3, 0, 3, 0, 0))
    seats = {seat.type_id: seat for seat in run.seats.all()}
    assert {slug: seat.price for slug, seat in seats.items()} == {"audit": 0, "verified": 149}
    assert (seats["verified"].sku, seats["verified"].bulk_sku) == ("4C1F0A7", "9E27C55")
    assert seats["verified"].upgrade_deadline == EXPIRES
    assert (seats["audit"].sku, seats["audit"].bulk_sku) == ("1D90B3E", None)
    sold = CourseEntitlement.everything.get()
    assert (sold.mode.slug, sold.price, sold.currency_id, sold.sku) == (
        "verified", Decimal(149), "USD", "D41E88B",
    )  # fmt: skip
    run.refresh_from_db()
    assert (run.type.slug, run.course.type.slug) == ("verified-audit", "verified-audit")
    origins = Change.objects.filter(kind__in=["course", "course_run"]).order_by("-pk")
    assert origins.values_list("origin", flat=True)[0] == "ecommerce"


def test_lists_are_asked_for_as_shops_know_it(shop: Shop, load_shop: Load) -> None:
    assert load_shop().state == "done"
    (courses,) = shop.server.asked(COURSES)
    assert courses.query == {"include_products": "True", "page": "1", "page_size": "50"}
    assert [request.query["product_class"] for request in shop.server.asked(PRODUCTS)] == [
        "Course Entitlement", "Enrollment Code",
    ]  # fmt: skip


def test_second_load_writes_nothing(shop: Shop, load_shop: Load, shop_partner: Partner) -> None:
    keys = [f"course-v1:edX+C{n}+1" for n in range(5)]
    uuids = [uuid.uuid4() for _ in keys]
    for key, number in zip(keys, uuids, strict=True):
        row = CourseFactory.create(partner=shop_partner, key=key[10:-2], uuid=number)
        CourseRunFactory.create(course=row, key=key)
    shop.page_size = 2
    shop.sells(
        *(course(audit(), verified(price=n), key=key) for n, key in enumerate(keys)),
        entitlements=[entitlement(n, str(number)) for n, number in enumerate(uuids)],
        codes=[code(n, key) for n, key in enumerate(keys)],
    )
    assert counts(load_shop()) == (15, 0, 15, 0, 0)
    changes = Change.objects.count()
    assert counts(load_shop()) == (15, 0, 0, 15, 0)
    assert Change.objects.count() == changes
    assert len(shop.server.asked(COURSES)) == 6


def test_draft_and_official_rows_are_updated_and_joined(
    shop: Shop, load_shop: Load, shop_partner: Partner
) -> None:
    draft, official = both_rows(shop_partner)
    shop.sells(course(audit(), verified()), entitlements=[entitlement()], codes=[code()])
    load_shop()
    for row in (draft, official):
        row.refresh_from_db()
        seats = {seat.type_id: seat for seat in row.seats.all()}
        assert {slug: seat.sku for slug, seat in seats.items()} == {
            "audit": "1D90B3E", "verified": "4C1F0A7",
        }  # fmt: skip
        assert seats["verified"].bulk_sku == "9E27C55"
        assert (row.type.slug, row.course.type.slug) == ("verified-audit", "verified-audit")
    for seat in official.seats.all():
        assert seat.draft_version in draft.seats.all()
    first, second = CourseEntitlement.everything.order_by("draft")
    assert (first.draft, first.draft_version) == (False, second)
    assert counts(load_shop()) == (3, 0, 0, 3, 0)
    Seat.everything.filter(draft=True, type__slug="verified").update(price=1)
    assert counts(load_shop()) == (3, 0, 1, 2, 0)
    assert not Seat.everything.filter(price=1).exists()


def test_credit_seats_differ_by_their_provider(shop: Shop, load_shop: Load, run: CourseRun) -> None:
    def credit(number: int, provider: str, price: str) -> dict[str, Any]:
        return product(
            number, f"SKU{number}", price, certificate_type="credit", credit_provider=provider,
            credit_hours=3, expires="2026-12-31T01:00:00+01:00",
        )  # fmt: skip

    shop.sells(course(audit(), verified(), credit(5, "b", "300.00"), credit(6, "a", "275.50")))
    assert counts(load_shop()) == (1, 0, 1, 0, 0)
    seats = run.seats.filter(type__slug="credit").order_by("credit_provider")
    assert [(seat.credit_provider, seat.price, seat.credit_hours) for seat in seats] == [
        ("a", Decimal("275.50"), 3), ("b", Decimal(300), 3),
    ]  # fmt: skip
    assert seats[0].upgrade_deadline == datetime(2026, 12, 31, tzinfo=UTC)
    run.refresh_from_db()
    assert run.type.slug == "credit-verified-audit"
    assert counts(load_shop()) == (1, 0, 0, 1, 0)


def test_seat_that_never_expires_has_no_deadline(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    CourseRun.everything.update(end=datetime(2027, 5, 28, tzinfo=UTC))
    shop.sells(course(audit(), verified(expires=None)))
    load_shop()
    assert run.seats.get(type__slug="verified").upgrade_deadline is None
    assert counts(load_shop()) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("stock", "price"),
    [
        ({"price": 149}, "149.00"),
        ({"price": "149.5"}, "149.50"),
        ({"price_excl_tax": "89.00"}, "89.00"),
        ({"price": "0.00", "price_excl_tax": "89.00"}, "0.00"),
    ],
)
def test_prices_of_all_releases_are_read(
    shop: Shop, load_shop: Load, run: CourseRun, stock: dict[str, Any], price: str
) -> None:
    record = {"partner_sku": "A", "price_currency": "usd", **stock}
    shop.sells(course(audit(stockrecords=[record])))
    load_shop()
    assert Seat.objects.get().price == Decimal(price)


def test_what_is_not_sold_any_more_goes_once_all_was_read(
    shop: Shop, load_shop: Load, shop_partner: Partner
) -> None:
    draft, official = both_rows(shop_partner)
    shop.sells(course(audit(), verified()), entitlements=[entitlement()], codes=[code()])
    load_shop()
    shop.sells(course(audit()))
    assert load_shop().state == "done"
    for row in (draft, official):
        assert {seat.type_id for seat in row.seats.all()} == {"audit"}
    assert not CourseEntitlement.everything.exists()
    assert counts(load_shop()) == (1, 0, 0, 1, 0)


def test_run_that_the_shop_does_not_list_keeps_its_seats(
    shop: Shop, load_shop: Load, shop_partner: Partner, run: CourseRun
) -> None:
    other = CourseRunFactory.create(course=run.course, key="course-v1:edX+DemoX+2")
    SeatFactory.create(course_run=other, sku="X")
    shop.sells(course(audit()))
    assert load_shop().state == "done"
    assert other.seats.count() == 1


def test_what_no_shop_has_ever_known_stays(
    shop: Shop, load_shop: Load, shop_partner: Partner, run: CourseRun
) -> None:
    CourseEntitlementFactory.create(course=run.course)
    SeatFactory.create(course_run=run, type_id="honor")
    shop_partner.publisher_url = "https://publisher.example.com"
    shop.sells(course(audit()))
    load_shop()
    assert {seat.type_id for seat in run.seats.all()} == {"audit", "honor"}
    assert CourseEntitlement.everything.count() == 1
    shop_partner.publisher_url = ""
    load_shop()
    assert {seat.type_id for seat in run.seats.all()} == {"audit"}


def test_other_partners_entitlements_stay(shop: Shop, load_shop: Load, run: CourseRun) -> None:
    CourseEntitlementFactory.create(sku="THEIRS")
    shop.sells(course(audit()))
    load_shop()
    assert CourseEntitlement.everything.get().sku == "THEIRS"


def test_shop_without_any_course_takes_nothing_away(
    shop: Shop, load_shop: Load, run: CourseRun
) -> None:
    CourseEntitlementFactory.create(course=run.course, sku="D41E88B")
    source = load_shop()
    assert source.state == "done"
    assert [reason for _line, _key, reason in refusals(source)] == [
        "the shop lists no course: it may be another one's, nothing is deleted"
    ]
    assert CourseEntitlement.everything.exists()


def test_type_that_cannot_be_found_is_logged_and_reported(
    shop: Shop, load_shop: Load, run: CourseRun, caplog: pytest.LogCaptureFixture
) -> None:
    shop.sells(course(verified(), product(7, "7", certificate_type="honor"), audit()))
    source = load_shop()
    assert "Calculating course type failure occurred for [edX+DemoX]." in caplog.messages
    assert [(key, reason[:5]) for _line, key, reason in refusals(source)] == [
        ("edX+DemoX", "type:"), ("edX+DemoX", "type:"),
    ]  # fmt: skip
    assert Course.everything.get().type.slug == "empty"


def test_number_of_queries_does_not_depend_on_the_rows_of_a_page(
    shop: Shop, load_shop: Load, shop_partner: Partner
) -> None:
    def queries_of(count: int) -> int:
        keys = [f"course-v1:edX+Q{count}x{n}+1" for n in range(count)]
        uuids = [uuid.uuid4() for _ in keys]
        for key, number in zip(keys, uuids, strict=True):
            row = CourseFactory.create(partner=shop_partner, key=key[10:-2], uuid=number)
            CourseRunFactory.create(course=row, key=key)
        shop.sells(
            *(course(audit(), verified(), key=key) for key in keys),
            entitlements=[entitlement(n, str(number)) for n, number in enumerate(uuids)],
            codes=[code(n, key) for n, key in enumerate(keys)],
        )
        load_shop()
        with CaptureQueriesContext(connection) as captured:
            assert load_shop().unchanged == 3 * count
        return len(captured)

    assert queries_of(2) == queries_of(7)
