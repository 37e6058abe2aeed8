"""The service that keeps catalogs of companies: courses by 50 keys, in pages of 200."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import restricted, sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, pages, rows
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course

URL = "/api/v1/courses/"
RUN_KEYS = """
    uuid key status is_enrollable is_marketable is_marketable_external availability seats start end
    enrollment_start enrollment_end pacing_type min_effort max_effort weeks_to_complete
    first_enrollable_paid_seat_price fixed_price_usd restriction_type hidden
    content_language_search_facet_name transcript_languages_search_facet_names marketing_url
"""
COURSE_KEYS = """
    key uuid owners course_runs advertised_course_run_uuid entitlements programs subjects
    skill_names skills level_type outcome prerequisites_raw original_image
    organization_short_code_override organization_logo_override_url course_type
    additional_metadata marketing_url product_source
"""


@pytest.fixture
def courses(partner: Partner) -> list[Course]:
    made = [sold_course(partner, f"NorthU+PHY{number}") for number in range(60)]
    for course in made:
        sold_run(course)
    return made


def asked(keys: list[str], **more: Any) -> dict[str, Any]:
    return {"keys": ",".join(keys), "ordering": "key", "limit": 200, "offset": 0, **more}


def test_courses_are_read_by_fifty_keys(as_alice: APIClient, courses: list[Course]) -> None:
    keys = [course.key for course in courses]
    found: list[str] = []
    for first in range(0, len(keys), 50):
        batch = keys[first : first + 50]
        (body,) = pages(as_alice, URL, asked(batch))
        assert (body["count"], body["next"]) == (len(batch), None)
        found += [course["key"] for course in body["results"]]
    assert sorted(found) == sorted(keys)


def test_a_key_that_is_gone_is_left_out(as_alice: APIClient, courses: list[Course]) -> None:
    found = rows(as_alice, URL, asked(["NorthU+PHY0", "NorthU+GONE"]))
    assert [course["key"] for course in found] == ["NorthU+PHY0"]


def test_everything_it_stores_is_there(as_alice: APIClient, courses: list[Course]) -> None:
    (course,) = rows(as_alice, URL, asked(["NorthU+PHY7"]))
    has(course, COURSE_KEYS)
    (run,) = course["course_runs"]
    has(run, RUN_KEYS)
    assert course["advertised_course_run_uuid"] == run["uuid"]
    assert course["subjects"][0]["name"] == "Physics"
    assert (run["status"], run["availability"]) == ("published", "Current")
    assert (run["is_enrollable"], run["is_marketable"]) == (True, True)
    for seat in run["seats"]:
        has(seat, "type upgrade_deadline upgrade_deadline_override price sku")
    assert {seat["type"]: seat["price"] for seat in run["seats"]} == {
        "audit": "0.00", "verified": "49.00",
    }  # fmt: skip
    assert run["first_enrollable_paid_seat_price"] == 49
    (entitlement,) = course["entitlements"]
    assert (entitlement["mode"], entitlement["price"], entitlement["sku"]) == (
        "verified", "199.00", "4C1F0A7",
    )  # fmt: skip


def test_restricted_runs_are_there_for_those_who_ask(
    as_alice: APIClient, courses: list[Course]
) -> None:
    restricted(sold_run(courses[3], "B2B"))
    key = courses[3].key
    (course,) = rows(as_alice, URL, asked([key]))
    assert [run["restriction_type"] for run in course["course_runs"]] == [None]
    (course,) = rows(as_alice, URL, asked([key], include_restricted="custom-b2b-enterprise"))
    types = {run["key"]: run["restriction_type"] for run in course["course_runs"]}
    assert types == {
        f"course-v1:{key}+1T2030": None,
        f"course-v1:{key}+B2B": "custom-b2b-enterprise",
    }
    assert sorted(course["course_run_keys"]) == sorted(types)
