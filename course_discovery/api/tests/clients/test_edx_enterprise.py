"""The company pages of the platform: single courses and runs; 404 means that there is none."""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import sold_course, sold_run
from course_discovery.api.tests.clients.reading import has
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course


@pytest.fixture
def course(partner: Partner) -> Course:
    made = sold_course(partner)
    sold_run(made)
    return made


def test_one_course(as_alice: APIClient, course: Course) -> None:
    body = as_alice.get("/api/v1/courses/NorthU+PHY101/").json()
    has(body, "key uuid title course_runs advertised_course_run_uuid")
    by_uuid = {run["uuid"]: run for run in body["course_runs"]}
    assert by_uuid[body["advertised_course_run_uuid"]]["key"].endswith("1T2030")


def test_one_run(as_alice: APIClient, course: Course) -> None:
    body = as_alice.get("/api/v1/course_runs/course-v1:NorthU+PHY101+1T2030/").json()
    has(
        body,
        "course key uuid title start end enrollment_start enrollment_end is_enrollable"
        " is_marketable availability status seats pacing_type min_effort max_effort"
        " weeks_to_complete level_type image staff short_description full_description",
    )


@pytest.mark.parametrize("address", ["courses/NorthU+NONE/", "course_runs/course-v1:N+N+N/"])
def test_what_is_not_there_is_404(as_alice: APIClient, course: Course, address: str) -> None:
    answer = as_alice.get(f"/api/v1/{address}")
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])
