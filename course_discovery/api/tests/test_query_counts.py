"""A list costs the same number of queries for three rows and for thirty, and at most ten."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    LevelTypeFactory,
)
from search.tests.catalog import make_course

LISTS = (
    "courses", "course_runs", "organizations", "subjects", "level_types", "search/all",
    "search/courses", "search/course_runs", "search/all/facets", "search/courses/facets",
    "search/course_runs/facets", "courses/?q=org:*", "course_runs/?q=org:*",
)  # fmt: skip


def add_courses(partner: Partner, first: int, count: int) -> None:
    for number in range(first, first + count):
        course = make_course(
            f"Org{number}X+CS{number}",
            partner=partner,
            runs=2,
            level_type=LevelTypeFactory(),
            subject=f"Subject {number}",
        )
        CourseEntitlementFactory(course=course)


def costs(client: APIClient) -> dict[str, int]:
    found = {}
    for path in LISTS:
        separator = "&" if "?" in path else "/?"
        url = f"/api/v1/{path}{separator}limit=100&page_size=100"
        client.get(url)  # what is cached for the process is cached now
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        found[path] = len(queries)
    return found


@pytest.mark.django_db
def test_cost_does_not_depend_on_the_number_of_rows(
    as_sam: APIClient, partner: Partner, no_index: Any
) -> None:
    add_courses(partner, 0, 3)
    call_command("update_index", verbosity=0)
    few = costs(as_sam)
    add_courses(partner, 3, 27)
    call_command("update_index", disable_change_limit=True, verbosity=0)
    assert costs(as_sam) == few
    assert all(cost <= 20 for cost in few.values()), few
    assert all(cost <= 3 for path, cost in few.items() if path.startswith("search")), few
