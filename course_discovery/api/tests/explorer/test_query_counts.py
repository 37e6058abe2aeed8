"""A page costs the same number of queries for three rows and for thirty."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course_discovery.api.tests.explorer.catalog import make_course, make_program, make_run
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, Program

MOST = 6


def cost(visitor: Client, address: str) -> int:
    """How many queries a page needs that was seen before: synonyms are known by then."""
    visitor.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert visitor.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def addresses(catalog: Partner) -> list[str]:
    """A page of each kind."""
    program = Program.objects.get(title="Sound and Sense")
    return [
        "/", "/?kind=course", "/suggestions/?q=northu", "/courses/NorthU+MUS101/",
        f"/programs/{program.uuid}/",
    ]  # fmt: skip


def test_costs_do_not_grow(
    visitor: Client, catalog: Partner, addresses: list[str], drain: Callable[[], None]
) -> None:
    before = {each: cost(visitor, each) for each in addresses}
    program = Program.objects.get(title="Sound and Sense")
    music = Course.objects.get(key="NorthU+MUS101")
    for number in range(15):
        course = make_course(catalog, f"NorthU+C{number}", f"Course {number}")
        make_run(course)
        make_run(music, f"more{number}")
        make_program(catalog, f"Course program {number}", course, music)
        program.courses.add(course)
    drain()
    assert {each: cost(visitor, each) for each in addresses} == before
    assert max(before.values()) <= MOST
