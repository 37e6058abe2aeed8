"""Feeds for affiliates."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.api.tests.catalogs import caller, catalog_of
from course_discovery.api.tests.clients.catalog import DAY, restricted, sold_course, sold_run
from course_discovery.api.v1.affiliate_feed import document, written
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import ProgramType
from course_discovery.course_metadata.tests.factories import ProgramFactory, SeatFactory

Drain = Callable[[], None]
SEATS = "/api/v1/partners/affiliate_window/catalogs/"
PROGRAMS = "/api/v1/partners/affiliate_window/programs/catalogs/"


@pytest.fixture(autouse=True)
def index(indexes: Settings) -> Settings:
    return indexes


def products(client: APIClient, url: str, catalog: Any) -> list[list[tuple[str, str]]]:
    """The elements of each product, names and texts."""
    answer: Any = client.get(f"{url}{catalog.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(b"".join(answer.streaming_content))
    assert root.tag == "merchant"
    return [
        [(each.tag, "".join(each.itertext())) for each in product]
        for product in root.findall("product")
    ]


def test_a_product_for_each_seat_that_costs_something(
    as_sam: APIClient, partner: Partner, drain: Drain
) -> None:
    course = sold_course(
        partner, "NorthU+PHY101", title="A & B <i>", short_description="Short",
        full_description="<p>Full</p>",
    )  # fmt: skip
    run = sold_run(course, "open", weeks_to_complete=1)
    SeatFactory(course_run=run, type_id="professional", price=900)
    restricted(sold_run(course, "B2B"))
    sold_run(course, "over", end=timezone.now() - DAY)
    drain()
    verified, professional = products(as_sam, SEATS, catalog_of())
    owner, level = course.authoring_organizations.get(), course.level_type
    assert level is not None
    assert verified == [
        ("name", "A & B <i>"),
        ("pid", "course-v1:NorthU+PHY101+open-verified"),
        ("desc", "<p>Full</p>"),
        ("category", "Other Experiences"),
        ("purl", f"https://www.example.com/course/{run.slug}"),
        ("imgurl", "https://img.example.com/waves.png"),
        ("price", "49.00"),
        ("lang", "en"),
        ("currency", "USD"),
        ("validfrom", f"{run.start:%Y-%m-%d}"),
        ("validto", f"{run.end:%Y-%m-%d}"),
        ("custom1", "self_paced"),
        ("custom2", level.name),
        ("custom3", "Physics"),
        ("custom4", owner.name),
        ("custom5", "Short"),
        ("custom6", "1 week"),
    ]
    assert professional[1] == ("pid", "course-v1:NorthU+PHY101+open-professional")


def test_programs_that_can_be_shown_to_buyers(
    as_sam: APIClient, partner: Partner, drain: Drain
) -> None:
    course = sold_course(partner, "NorthU+PHY101")
    sold_run(course, "open")

    def program(slug: str, **values: Any) -> Any:
        kind = ProgramType.objects.filter(slug=slug).first()
        kind = kind or ProgramType.objects.create(slug=slug, name=slug)
        return ProgramFactory(
            partner=partner, type=kind, courses_in_order=[course],
            **{"title": f"Sold {slug}", "marketing_slug": slug, "status": "active", **values},
        )  # fmt: skip

    shown = [program(slug) for slug in ("masters", "micromasters")]
    for slug in ("bachelors", "doctorate", "license", "certificate"):
        program(slug)
    program("xseries", status="unpublished")
    program("professional-certificate", marketing_slug="")
    program("microbachelors", title="Another")
    drain()
    found = products(as_sam, PROGRAMS, catalog_of(program_query="title:sold"))
    assert [dict(each)["pid"] for each in found] == [str(each.uuid) for each in shown]
    names = [
        "name",
        "pid",
        "desc",
        "purl",
        "imgurl",
        "category",
        "price",
        "lang",
        "currency",
        "custom1",
    ]
    assert [name for name, _text in found[0]] == names
    first = dict(found[0])
    assert (first["custom1"], first["category"]) == ("masters", "Other Experiences")
    assert first["purl"] == "https://www.example.com/masters/masters"
    assert (first["price"], first["currency"]) in {("Unknown", "Unknown"), ("199.00", "USD")}


def test_a_catalog_without_a_query_for_programs_has_none(
    as_sam: APIClient, partner: Partner, drain: Drain
) -> None:
    ProgramFactory(partner=partner, marketing_slug="a", status="active")
    drain()
    assert products(as_sam, PROGRAMS, catalog_of("*")) == []


@pytest.mark.parametrize("url", [SEATS, PROGRAMS])
def test_who_may_read_feeds(partner: Partner, anonymous: APIClient, url: str) -> None:
    catalog = catalog_of()
    for who, status in (("nobody", 403), ("view of this", 200), ("staff", 200)):
        answer = caller(who, catalog).get(f"{url}{catalog.pk}/")
        assert answer.status_code == status
    assert anonymous.get(f"{url}{catalog.pk}/").status_code == 401


@pytest.mark.parametrize("url", [SEATS, PROGRAMS])
@pytest.mark.parametrize(
    ("number", "headers", "status", "detail"),
    [
        ("99999", {}, 404, "Not found."),
        ("abc", {}, 404, "Not found."),
        ("1", {"Accept": "application/json"}, 406, "Could not satisfy the request Accept header."),
    ],
)
def test_errors_are_xml_too(
    as_sam: APIClient, url: str, number: str, headers: dict[str, str], status: int, detail: str
) -> None:
    answer = as_sam.get(f"{url}{number}/", headers=headers)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    expected = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<merchant><detail>{detail}</detail></merchant>'
    )
    assert answer.content.decode() == expected


def test_a_bad_query_is_told(as_sam: APIClient) -> None:
    catalog = catalog_of("((", program_query="title:(")
    for url in (SEATS, PROGRAMS):
        answer = as_sam.get(f"{url}{catalog.pk}/")
        assert answer.status_code == 400
        assert b"cannot be read" in answer.content


@given(st.text(max_size=50))
def test_every_text_makes_a_document(text: str) -> None:
    whole = "".join(document([[("name", text), ("price", (("actualp", text),))]]))
    product = ElementTree.fromstring(whole.encode()).find("product")
    assert product is not None
    told = "".join(product[0].itertext())
    known = "".join(char for char in text if char in "\t\n" or " " <= char < "￾")
    if text.isprintable() and max(text, default="a") < "\ufffe":
        assert told == text == known
    assert written(("a", "<&>")) == "<a>&lt;&amp;&gt;</a>"
