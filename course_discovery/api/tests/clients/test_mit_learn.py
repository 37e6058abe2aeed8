"""An outside catalog that copies all courses page by page."""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, rows
from course_discovery.core.models import Partner


@pytest.fixture
def courses(partner: Partner) -> None:
    for number in range(45):
        sold_run(sold_course(partner, f"NorthU+PHY{number:02}"))


def test_every_course_comes_once_with_what_is_copied(as_alice: APIClient, courses: None) -> None:
    found = rows(as_alice, "/api/v1/courses/")
    assert [course["key"] for course in found] == [f"NorthU+PHY{n:02}" for n in range(45)]
    for course in found:
        has(course, "key title topics marketing_url modified")
        assert [owner["key"] for owner in course["owners"]] == ["NorthU"]
        assert [subject["name"] for subject in course["subjects"]] == ["Physics"]
        has(course["image"], "src description")
        runs = sorted(course["course_runs"], key=lambda run: run["start"])
        for run in runs:
            has(
                run,
                "key title status is_enrollable availability pacing_type start end"
                " enrollment_start enrollment_end modified seats staff weeks_to_complete"
                " min_effort max_effort level_type content_language",
            )
            assert [seat["currency"] for seat in run["seats"]] == ["USD", "USD"]
