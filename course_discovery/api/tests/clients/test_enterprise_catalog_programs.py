"""The catalogs of companies ask for programs by fifty uuids."""

from typing import Any

from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has, pages
from course_discovery.api.tests.programs import make_full_degree, make_program
from course_discovery.core.models import Partner

URL = "/api/v1/programs/"
QUERY: dict[str, Any] = {"ordering": "key", "limit": 200, "offset": 0, "extended": "True"}


def test_programs_by_their_uuids(as_alice: APIClient, partner: Partner) -> None:
    degree, other = make_full_degree(partner), make_program(partner, "B+1")
    uuids = f"{other.uuid},{degree.uuid}"
    [body] = pages(as_alice, URL, QUERY | {"uuids": uuids})
    assert [each["uuid"] for each in body["results"]] == [str(degree.uuid), str(other.uuid)]
    for program in body["results"]:
        has(
            program,
            "uuid title type status hidden marketing_url authoring_organizations"
            " expected_learning_items card_image_url subtitle banner_image",
        )
        for course in program["courses"]:
            has(course, "key title image short_description")
        for prices in program["price_ranges"]:
            assert isinstance(prices["total"], float)
            has(prices, "currency")
    found = body["results"][0]
    assert found["banner_image"]["large"]["url"].endswith("b.large.png")
    assert found["card_image_url"].endswith("c.png")


def test_an_unknown_uuid_is_left_out(as_alice: APIClient, partner: Partner) -> None:
    unknown = "1d2aa3a1-0000-4000-8000-000000000000"
    assert as_alice.get(URL, QUERY | {"uuids": unknown}).json()["results"] == []
