"""A partner's search engine copies programs, following `next`."""

from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has, rows
from course_discovery.api.tests.programs import make_full_degree, make_program
from course_discovery.core.models import Partner


def test_programs_are_copied_by_following_next(as_alice: APIClient, partner: Partner) -> None:
    degree = make_full_degree(partner)
    for number in range(24):
        make_program(partner, f"B+{number}")
    programs = rows(as_alice, "/api/v1/programs/")
    assert len(programs) == 26
    for program in programs:
        has(program, "uuid title subtitle data_modified_timestamp")
        assert all(course["excluded_from_search"] is False for course in program["courses"])
    [found] = [each for each in programs if each["uuid"] == str(degree.uuid)]
    assert found["banner_image"]["medium"]["url"].startswith("http://testserver/")
