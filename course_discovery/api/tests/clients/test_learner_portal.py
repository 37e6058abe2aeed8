"""The learners' portal of companies: one course, one run, with the runs made for companies."""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import restricted, sold_course, sold_run
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course

QUERY = {"include_restricted": "custom-b2b-enterprise"}


@pytest.fixture
def course(partner: Partner) -> Course:
    made = sold_course(partner)
    sold_run(made, "1T2030")
    restricted(sold_run(made, "B2B"))
    restricted(sold_run(made, "B2C"), "custom-b2c")
    return made


def test_the_course_shows_runs_for_companies(as_alice: APIClient, course: Course) -> None:
    body = as_alice.get("/api/v1/courses/NorthU+PHY101/", QUERY).json()
    keys = [run["key"].rpartition("+")[2] for run in body["course_runs"]]
    assert keys == ["1T2030", "B2B"]
    assert [key.rpartition("+")[2] for key in body["course_run_keys"]] == keys


@pytest.mark.parametrize(("number", "status"), [("1T2030", 200), ("B2B", 200), ("B2C", 404)])
def test_such_a_run_is_read_by_its_key(
    as_alice: APIClient, course: Course, number: str, status: int
) -> None:
    address = f"/api/v1/course_runs/course-v1%3ANorthU%2BPHY101%2B{number}/"
    assert as_alice.get(address, QUERY).status_code == status
    assert as_alice.get(address).status_code == (200 if number == "1T2030" else 404)
