"""A list costs the same number of queries for three rows and for thirty, and at most ten.

The query for the caller is not among those counted here.
"""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, Organization
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    LevelTypeFactory,
    OrganizationFactory,
    ProgramFactory,
    SeatFactory,
)
from course_discovery.publisher.tests.people import edits, person, works_for
from search.tests.catalog import make_course

LISTS = (
    "courses", "course_runs", "organizations", "subjects", "level_types", "search/all",
    "search/courses", "search/course_runs", "search/all/facets", "search/courses/facets",
    "search/course_runs/facets", "courses/?q=org:*", "course_runs/?q=org:*",
    "courses/?editable=1&editors=me&has_unpublished_changes=1&course_run_statuses=published",
    "courses/?ordering=-title&course_type=open-courses&include_restricted=custom-b2c",
    "course_runs/?editable=1&has_unpublished_changes=1&active=1", "course_runs/?marketable=1",
)  # fmt: skip
DETAILS = (
    "courses/OrgX+CS0", "courses/OrgX+CS0/?editable=1", "course_runs/course-v1:OrgX+CS0+1",
    "course_runs/course-v1:OrgX+CS0+1/?editable=1",
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


def add_drafts(organization: Organization, editor: User, first: int, count: int) -> None:
    """Courses with a draft that differs, an editor and a program, and with two runs."""
    for number in range(first, first + count):
        rows = with_draft(organization, f"OrgX+CS{number}")
        for run in ("1", "2"):
            for row in run_with_draft(rows, run):
                SeatFactory(course_run=row)
        edits(editor, rows[0])
        ProgramFactory(partner=organization.partner, courses_in_order=[rows[1]])
        Course.everything.filter(pk=rows[0].pk).update(title=f"Draft {number}")


def cost(client: APIClient, path: str) -> int:
    url = f"/api/v1/{path}{'&' if '?' in path else '/?'}limit=100&page_size=100"
    client.get(url)  # what is cached for the process is cached now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def costs(client: APIClient) -> dict[str, int]:
    return {path: cost(client, path) for path in LISTS}


@pytest.mark.django_db
def test_cost_does_not_depend_on_the_number_of_rows(
    as_sam: APIClient, partner: Partner, no_index: Any
) -> None:
    organization = OrganizationFactory(partner=partner, key="OrgX")
    bob = works_for(person("bob"), organization)
    callers = {"staff": as_sam, "editor": signed_in(bob)}
    add_courses(partner, 0, 3)
    add_drafts(organization, bob, 0, 3)
    call_command("update_index", verbosity=0)
    few = {name: costs(client) for name, client in callers.items()}
    add_courses(partner, 3, 27)
    add_drafts(organization, bob, 3, 27)
    call_command("update_index", disable_change_limit=True, verbosity=0)
    for name, client in callers.items():
        found = costs(client)
        assert found == few[name]
        assert all(cost <= 9 for cost in found.values()), found
        assert all(cost <= 3 for path, cost in found.items() if path.startswith("search")), found
        details = {path: cost(client, path) for path in DETAILS}
        assert all(cost <= 11 for cost in details.values()), details
