"""A shop beside an LMS and a feed: who tells what, and that nobody takes back what another told."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseEntitlement, CourseRun, Seat
from course_discovery.course_metadata.tests.factories import PartnerFactory
from course_discovery.loaders.ecommerce import EcommerceLoader
from course_discovery.loaders.lms import LmsLoader
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.tests.conftest import counts, load, refusals
from course_discovery.loaders.tests.platform import Platform, mode, row
from course_discovery.loaders.tests.shop import KEY, Shop, audit, course, verified


@pytest.fixture
def both(partner: Partner, platform: Platform, shop: Shop) -> Partner:
    """A partner with an LMS, whose modes differ from what its shop sells."""
    partner.ecommerce_api_url = shop.url
    platform.has(row(), modes=[mode("honor"), mode("verified", 7)])
    shop.sells(course(audit(), verified()))
    return partner


def test_modes_are_not_asked_for_where_a_shop_tells(
    both: Partner, platform: Platform, shop: Shop
) -> None:
    source = load(both, LmsLoader(platform.connect))
    assert (source.state, counts(source)) == ("done", (1, 1, 0, 0, 0))
    assert platform.asked_modes == []
    assert CourseRun.objects.get().type.slug == "empty"
    load(both, EcommerceLoader(shop.connect))
    assert {seat.type_id: seat.price for seat in Seat.objects.all()} == {
        "audit": 0, "verified": 149,
    }  # fmt: skip
    assert CourseRun.objects.get().type.slug == "verified-audit"


def test_lms_without_address_of_modes_is_no_fault_where_a_shop_tells(
    both: Partner, platform: Platform
) -> None:
    both.lms_url = ""
    assert refusals(load(both, LmsLoader(platform.connect))) == []


def test_neither_writes_again_what_the_other_wrote(
    both: Partner, platform: Platform, shop: Shop
) -> None:
    for _ in range(2):
        changes = Change.objects.count()
        lms = load(both, LmsLoader(platform.connect))
        sold = load(both, EcommerceLoader(shop.connect))
    assert (lms.unchanged, sold.unchanged, Change.objects.count()) == (1, 1, changes)


def test_deadline_of_the_shop_has_the_last_word_when_the_end_moves(
    both: Partner, platform: Platform, shop: Shop
) -> None:
    load(both, LmsLoader(platform.connect))
    load(both, EcommerceLoader(shop.connect))
    told = Seat.objects.get(type__slug="verified").upgrade_deadline
    platform.rows = [row(end="2027-08-31T00:00:00Z")]
    load(both, LmsLoader(platform.connect))
    load(both, EcommerceLoader(shop.connect))
    assert Seat.objects.get(type__slug="verified").upgrade_deadline == told
    assert load(both, LmsLoader(platform.connect)).unchanged == 1
    assert load(both, EcommerceLoader(shop.connect)).unchanged == 1


def test_seats_of_modes_give_way_to_those_of_a_new_shop(
    both: Partner, platform: Platform, shop: Shop
) -> None:
    both.ecommerce_api_url = ""
    load(both, LmsLoader(platform.connect))
    assert {seat.type_id for seat in Seat.objects.all()} == {"honor", "verified"}
    both.ecommerce_api_url = shop.url
    shop.sells(course(verified(price=9)))
    load(both, EcommerceLoader(shop.connect))
    seat = Seat.objects.get()
    assert (seat.type_id, seat.price, seat.course_run.key) == ("verified", Decimal(9), KEY)


@pytest.fixture
def sample(tmp_path: Path, settings: Any) -> Iterator[SampleServer]:
    """The sample platform with its shop, and the settings that let its client in."""
    with SampleServer(tmp_path / "sample", options=Options(ecommerce=True)) as server:
        settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{server.base_url}/oauth2"
        settings.BACKEND_SERVICE_EDX_OAUTH2_KEY = server.options.client_id
        settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET = server.options.client_secret
        settings.OAUTH_API_TIMEOUT = 5
        yield server


def test_sample_shop_sells_the_sample_catalog(db: None, sample: SampleServer) -> None:
    url = sample.base_url
    PartnerFactory.create(
        short_code="demo",
        lms_url=url,
        courses_api_url=f"{url}/api/courses/v1/",
        ecommerce_api_url=f"{url}/api/v2/",
    )
    call_command("refresh_course_metadata")
    catalog = sample.site.catalog
    known = {"audit", "verified", "professional", "honor", "credit"}
    wanted = {
        (run.key, mode.slug, Decimal(mode.price), mode.bulk_sku)
        for run in catalog.lms_runs
        for mode in run.modes
        if mode.slug in known
    }
    stored = Seat.objects.values_list("course_run__key", "type__slug", "price", "bulk_sku")
    assert set(stored) == wanted
    sold_runs = CourseRun.objects.filter(seats__isnull=False)
    assert not sold_runs.filter(type__slug="empty").exists()
    sample.site.course_uuids = {each.key: str(each.uuid) for each in Course.objects.all()}
    call_command("refresh_course_metadata")
    courses = [each for each in catalog.courses if each.in_lms and "entitlements" in each.details]
    entitlements = CourseEntitlement.objects.values_list("course__key", "price")
    assert set(entitlements) == {
        (each.key, each.details["entitlements"][0]["price"]) for each in courses
    }
    changes = Change.objects.count()
    call_command("refresh_course_metadata")
    assert Change.objects.count() == changes
    source = LoadedSource.objects.filter(name="ecommerce").latest("pk")
    assert (source.state, source.updated) == ("done", 0)
    assert [reason.partition(": ")[2] for _line, _key, reason in refusals(source)] == [
        "there is no seat type apprenticeship"
    ]
