"""The shop: single courses and runs, and a preview of the runs that a query string finds."""

from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, pages
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course

KEY = "course-v1:NorthU+PHY101+1T2030"


@pytest.fixture
def course(partner: Partner) -> Course:
    made = sold_course(partner)
    sold_run(made, "1T2030")
    sold_run(made, "2T2030")
    sold_run(made, "3T2030")
    return made


@pytest.mark.parametrize("name", ["key", "uuid"])
def test_one_course(as_alice: APIClient, course: Course, name: str) -> None:
    body = as_alice.get(f"/api/v1/courses/{getattr(course, name)}/").json()
    has(body, "uuid key title short_description")
    assert body["image"]["src"] == "https://img.example.com/waves.png"


def test_one_run(as_alice: APIClient, course: Course) -> None:
    address = f"/api/v1/course_runs/{quote(KEY, safe='')}/"
    body = as_alice.get(address, {"partner": "edx"}).json()
    has(body, "course key title short_description start enrollment_end")
    assert body["image"]["src"] == "https://img.example.com/waves.png"


def test_runs_that_a_query_string_finds(as_alice: APIClient, course: Course, no_index: Any) -> None:
    call_command("update_index", verbosity=0)
    query = {"q": "org:NorthU", "partner": "edx", "limit": 2, "offset": 0}
    first, second = pages(as_alice, "/api/v1/course_runs/", query)
    assert (first["count"], len(first["results"]), len(second["results"])) == (3, 2, 1)
    for run in first["results"] + second["results"]:
        has(run, "key title start image enrollment_start enrollment_end")
