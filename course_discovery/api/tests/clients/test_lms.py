"""The platform itself: course pages, the runs that marketing knows, credit and journals."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import restricted, sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, pages, rows
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course


@pytest.fixture
def course(partner: Partner) -> Course:
    made = sold_course(partner)
    sold_run(made, "1T2030")
    sold_run(made, "2T2030", status="unpublished")
    restricted(sold_run(made, "B2B"))
    return made


def test_the_runs_are_read_page_by_page(as_alice: APIClient, course: Course) -> None:
    query = {"page_size": 2, "exclude_utm": 1, "page": 1}
    sizes = [len(body["results"]) for body in pages(as_alice, "/api/v1/course_runs/", query)]
    assert sizes == [2]
    sold_run(course, "3T2030")
    runs = rows(as_alice, "/api/v1/course_runs/", query)
    assert [run["key"][-6:] for run in runs] == ["1T2030", "2T2030", "3T2030"]
    for run in runs:
        has(run, "key marketing_url eligible_for_financial_aid content_language")
        assert run["marketing_url"].startswith("https://www.example.com/course/")
        assert "utm_" not in run["marketing_url"]


def test_one_run(as_alice: APIClient, course: Course) -> None:
    run = as_alice.get("/api/v1/course_runs/course-v1:NorthU+PHY101+1T2030/").json()
    has(
        run,
        "weeks_to_complete key title short_description marketing_url pacing_type min_effort"
        " max_effort enrollment_count staff",
    )
    assert run["course"] == "NorthU+PHY101"
    assert run["image"]["src"] == "https://img.example.com/waves.png"
    missing = as_alice.get("/api/v1/course_runs/course-v1:NorthU+PHY101+9T2030/")
    assert missing.status_code == 404


@pytest.mark.parametrize("name", ["key", "uuid"])
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["1T2030", "2T2030"]),
        ({"marketable_course_runs_only": 1}, ["1T2030"]),
        ({"marketable_course_runs_only": "1", "exclude_utm": "1"}, ["1T2030"]),
    ],
)
def test_one_course(
    as_alice: APIClient, course: Course, name: str, query: dict[str, Any], shown: list[str]
) -> None:
    body = as_alice.get(f"/api/v1/courses/{getattr(course, name)}/", query).json()
    has(body, "uuid key title image url_slug location_restriction marketing_url")
    assert [run["key"][-6:] for run in body["course_runs"]] == shown
    assert all(run["start"] for run in body["course_runs"])
    (owner,) = body["owners"]
    has(owner, "name logo_image_url")
    assert [program["type"] for program in body["programs"]] == ["MicroMasters"]
