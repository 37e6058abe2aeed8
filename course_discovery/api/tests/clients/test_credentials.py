"""The service that awards certificates copies courses with all their runs, hidden ones too."""

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.catalog import restricted, sold_course, sold_run
from course_discovery.api.tests.clients.reading import has, pages, rows
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course

URL = "/api/v1/courses/"
QUERY = {"include_hidden_course_runs": 1, "exclude_utm": 1}


@pytest.fixture
def course(partner: Partner) -> Course:
    made = sold_course(partner)
    sold_run(made, "1T2030")
    sold_run(made, "2T2030", hidden=True)
    restricted(sold_run(made, "B2B"))
    return made


@pytest.mark.parametrize("paging", [{"page": 1, "page_size": 2}, {"page": 1}, {}])
def test_courses_are_copied_with_hidden_runs(
    as_alice: APIClient, course: Course, partner: Partner, paging: dict[str, int]
) -> None:
    for number in range(3):
        sold_course(partner, f"NorthU+EMPTY{number}")
    assert len(list(pages(as_alice, URL, QUERY | paging))) == (2 if "page_size" in paging else 1)
    found = {each["key"]: each for each in rows(as_alice, URL, QUERY | paging)}
    assert len(found) == 4
    copied = found["NorthU+PHY101"]
    has(copied, "uuid key title owners course_runs")
    assert [owner["uuid"] for owner in copied["owners"]] == [
        str(course.authoring_organizations.get().uuid)
    ]
    for run in copied["course_runs"]:
        has(run, "uuid key title start end")
    assert [run["key"][-6:] for run in copied["course_runs"]] == ["1T2030", "2T2030"]


def test_a_course_of_a_program_is_among_the_courses(as_alice: APIClient, course: Course) -> None:
    """A uuid that is in a program and not here ends the copy with an error."""
    uuids = {each["uuid"] for each in rows(as_alice, URL, QUERY)}
    runs = {run["uuid"] for each in rows(as_alice, URL, QUERY) for run in each["course_runs"]}
    for program in rows(as_alice, "/api/v1/programs/", {"exclude_utm": 1}):
        for each in program["courses"]:
            assert each["uuid"] in uuids
            assert {run["uuid"] for run in each["course_runs"]} <= runs
