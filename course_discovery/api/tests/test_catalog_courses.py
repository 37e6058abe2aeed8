"""The courses of a catalog over REST."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.api.tests.catalogs import catalog_of
from course_discovery.api.tests.clients.catalog import DAY, restricted, sold_course, sold_run
from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.catalog import CatalogCourseShape
from course_discovery.clients.api_access_request import PATH
from course_discovery.clients.tests.scripted_server import ScriptedServer, json_answer
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseType
from course_discovery.course_metadata.tests.factories import PartnerFactory

Drain = Callable[[], None]


@pytest.fixture(autouse=True)
def index(indexes: Settings) -> Settings:
    return indexes


def url_of(catalog: Any) -> str:
    return f"/api/v1/catalogs/{catalog.pk}/courses/"


@pytest.fixture
def sold(partner: Partner, drain: Drain) -> None:
    """A course of which one run can be taken, and one that is over."""
    now = timezone.now()
    course = sold_course(partner, "NorthU+OPEN")
    sold_run(course, "open")
    sold_run(course, "hidden", hidden=True)
    sold_run(course, "over", end=now - DAY, enrollment_end=now - 2 * DAY)
    sold_run(course, "later", enrollment_start=now + DAY)
    sold_run(course, "bare", status="unpublished")
    restricted(sold_run(course, "B2B"))
    past = sold_course(partner, "NorthU+PAST")
    sold_run(past, "over", end=now - DAY, enrollment_end=now - 2 * DAY)
    sold_course(partner, "NorthU+EMPTY")
    other = PartnerFactory(short_code="other")
    sold_run(sold_course(other, "OtherU+OPEN"), "open")
    drain()


def shown(answer: Any) -> dict[str, list[str]]:
    """The keys of courses, each with the last parts of the keys of its runs."""
    return {
        course["key"]: [run["key"].rpartition("+")[2] for run in course["course_runs"]]
        for course in answer.json()["results"]
    }


def test_courses_that_can_be_taken_now_with_the_runs_for_that(
    as_sam: APIClient, sold: None
) -> None:
    answer = as_sam.get(url_of(catalog_of()))
    assert shown(answer) == {"NorthU+OPEN": ["open", "hidden"]}
    assert answer.json()["count"] == 1
    (course,) = answer.json()["results"]
    fits(course, CatalogCourseShape(), "course")
    assert course["marketing_url"].endswith("?utm_source=sam&utm_medium=affiliate_partner")
    assert "utm_source=sam" in course["course_runs"][0]["marketing_url"]


def test_restricted_runs_are_shown_to_those_who_ask(as_sam: APIClient, sold: None) -> None:
    query = {"include_restricted": "custom-b2b-enterprise", "exclude_utm": "1"}
    answer = as_sam.get(url_of(catalog_of()), query)
    assert sorted(shown(answer)["NorthU+OPEN"]) == ["B2B", "hidden", "open"]
    assert "utm_source" in answer.json()["results"][0]["marketing_url"]


def test_archived_courses_are_there_where_the_catalog_has_them(
    as_sam: APIClient, sold: None, partner: Partner
) -> None:
    partner.lms_url = "https://lms.example.com/"
    partner.save()
    answer = as_sam.get(url_of(catalog_of(include_archived=True)))
    assert {key: sorted(runs) for key, runs in shown(answer).items()} == {
        "NorthU+EMPTY": [],
        "NorthU+OPEN": ["bare", "hidden", "later", "open", "over"],
        "NorthU+PAST": ["over"],
    }
    past = answer.json()["results"][2]["course_runs"][0]
    key = "course-v1:NorthU+PAST+over"
    assert past["marketing_url"] == f"https://lms.example.com/courses/{key}/course/"


def test_a_course_goes_when_its_last_run_cannot_be_taken_any_more(
    as_sam: APIClient, partner: Partner, drain: Drain
) -> None:
    course = sold_course(partner, "NorthU+OPEN")
    run = sold_run(course, "open")
    drain()
    catalog = catalog_of()
    assert list(shown(as_sam.get(url_of(catalog)))) == ["NorthU+OPEN"]
    run.enrollment_end = timezone.now() - timedelta(seconds=1)
    run.save()
    assert shown(as_sam.get(url_of(catalog))) == {}


def test_pages_hold_every_course_once(as_sam: APIClient, partner: Partner, drain: Drain) -> None:
    for number in range(5):
        sold_run(sold_course(partner, f"NorthU+{number}"), "open")
    drain()
    catalog, seen, url = catalog_of(), [], ""
    for query in ({"limit": 2}, {"page": 1, "page_size": 2}):
        answer = as_sam.get(url_of(catalog), query)
        seen = list(shown(answer))
        while url := answer.json()["next"]:
            answer = as_sam.get(url)
            seen += shown(answer)
        assert seen == [f"NorthU+{number}" for number in range(5)]
    assert as_sam.get(url_of(catalog), {"page": 9}).status_code == 404
    assert as_sam.get(url_of(catalog), {"offset": 9}).json()["results"] == []
    assert list(shown(as_sam.get(url_of(catalog), {"fields": "key,course_runs"}))) == seen


def test_it_costs_the_same_for_one_course_and_for_many(
    as_sam: APIClient, partner: Partner, drain: Drain
) -> None:
    def cost() -> int:
        drain()
        catalog = catalog_of()
        as_sam.get(url_of(catalog))
        with CaptureQueriesContext(connection) as queries:
            assert as_sam.get(url_of(catalog)).status_code == 200
        return len(queries)

    sold_run(sold_course(partner, "NorthU+0"), "open")
    few = cost()
    for number in range(1, 10):
        sold_run(sold_course(partner, f"NorthU+{number}"), "open")
    assert cost() == few <= 9


def test_an_answer_is_told_to_be_the_same_only_while_it_is(
    as_sam: APIClient, sold: None, partner: Partner, drain: Drain
) -> None:
    catalog = catalog_of()
    tag = as_sam.get(url_of(catalog))["ETag"]
    assert as_sam.get(url_of(catalog), headers={"If-None-Match": tag}).status_code == 304
    sold_run(sold_course(partner, "NorthU+NEW"), "open")
    as_sam.get(url_of(catalog), headers={"If-None-Match": tag})
    drain()
    assert as_sam.get(url_of(catalog), headers={"If-None-Match": tag}).status_code == 200


@pytest.fixture
def lms(partner: Partner, settings: Any) -> Iterator[ScriptedServer]:
    """The partner's LMS, which gives tokens."""
    cache.clear()
    server = ScriptedServer()
    partner.lms_url = server.url
    partner.save()
    settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{server.url}/oauth2"
    token = {"access_token": "t0ken", "token_type": "JWT", "expires_in": 3600}
    server.queue("/oauth2/access_token", json_answer(token))
    yield server
    server.close()
    cache.clear()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (json_answer({"results": [{"status": "approved"}]}), 1),
        (json_answer({"results": [{"status": "pending"}]}), 3),
        (json_answer({"results": []}), 3),
        (json_answer({"results": [{"status": 7}]}), 3),
        (json_answer({}, 500), 3),
    ],
)
@pytest.mark.parametrize("feed", ["courses", "affiliate"])
def test_approved_callers_are_not_told_of_external_courses(
    as_sam: APIClient, partner: Partner, drain: Drain, lms: ScriptedServer,
    answer: Any, told: int, feed: str,
) -> None:  # fmt: skip
    for slug in CourseType.EXTERNAL:
        kind = CourseType.objects.get_or_create(slug=slug, defaults={"name": slug})[0]
        sold_run(sold_course(partner, f"NorthU+{slug}", type=kind), "open")
    sold_run(sold_course(partner, "NorthU+own"), "open")
    drain()
    lms.queue(PATH, answer)
    catalog = catalog_of()
    for _ in range(2):
        if feed == "courses":
            assert len(shown(as_sam.get(url_of(catalog)))) == told
        else:
            url = f"/api/v1/partners/affiliate_window/catalogs/{catalog.pk}/"
            text = b"".join(as_sam.get(url).streaming_content)  # type: ignore[attr-defined]
            assert text.count(b"<product>") == told
    asked = [request for request in lms.requests if request.path == PATH]
    assert [request.query for request in asked] == [{"user__username": "sam"}]


@needs_samples
def test_keys_order_and_types_are_those_recorded(as_sam: APIClient, sold: None) -> None:
    recorded = json.loads(sample_path("catalog_courses").read_text(encoding="utf-8"))["body"]
    ours = as_sam.get(url_of(catalog_of())).json()
    recorded.pop("_results_in_page")
    assert list(ours) == list(recorded)
    compare(ours["results"][0], recorded["results"][0], "course")
