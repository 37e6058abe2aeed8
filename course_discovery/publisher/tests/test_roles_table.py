"""Who may do what: every person against every predicate, with internal users free and restricted.

A word of a line is a person whom the predicate lets through in both modes; with a `+` only while
internal users are free.
"""

from collections.abc import Callable
from typing import Any

import pytest

from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
)
from course_discovery.publisher import roles
from course_discovery.publisher.tests.people import edits
from course_discovery.publisher.tests.persons import PERSONS, cast

LEGAL = CourseRunStatus.REVIEW_BY_LEGAL
INTERNAL = CourseRunStatus.REVIEW_BY_INTERNAL
REVIEWED = CourseRunStatus.REVIEWED


def _run(course: Course, status: str) -> CourseRun:
    run: CourseRun = CourseRunFactory(course=course, draft=True, status=status)
    return run


def _reviews(status: str, to: str) -> Callable[[Any, Course], bool]:
    return lambda user, course: roles.may_review(user, _run(course, status), to)


def _creates(user: Any, course: Course) -> bool:
    return roles.may_create_course(user, course.authoring_organizations.get())


TABLE: list[tuple[str, Callable[[Any, Course], bool], str]] = [
    ("create a course", _creates, "bob carol erin+ connie sam+ paula"),
    ("edit it", roles.may_edit_course, "carol sam+ paula"),
    ("pass the legal step", _reviews(LEGAL, INTERNAL), "lena sam+ paula"),
    ("pass both at once", _reviews(LEGAL, REVIEWED), "sam+ paula"),
    ("pass the internal step", _reviews(INTERNAL, REVIEWED), "connie sam+ paula"),
    ("send it back to legal", _reviews(INTERNAL, LEGAL), "connie sam+ paula"),
    ("review what is not submitted", _reviews("unpublished", REVIEWED), ""),
    ("review what is reviewed", _reviews(REVIEWED, REVIEWED), ""),
    ("review what is published", _reviews("published", REVIEWED), ""),
]


@pytest.fixture
def north(db: None) -> Organization:
    organization: Organization = OrganizationFactory(key="NorthU")
    return organization


@pytest.fixture
def course(north: Organization) -> Course:
    made: Course = CourseFactory(
        key="NorthU+PHY101", draft=True, partner=north.partner, organizations=[north]
    )
    return made


def expected(line: str, restricted: bool) -> set[str]:
    """Who the line lets through in the mode."""
    return {word.rstrip("+") for word in line.split() if not (restricted and word.endswith("+"))}


@pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])
@pytest.mark.parametrize(("verb", "rule", "line"), TABLE, ids=[each[0] for each in TABLE])
def test_who_may(
    course: Course,
    north: Organization,
    settings: Any,
    verb: str,
    rule: Callable[[Any, Course], bool],
    line: str,
    restricted: bool,
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    people = cast(north, course)
    assert people.keys() == PERSONS.keys()
    assert {name for name, user in people.items() if rule(user, course)} == expected(
        line, restricted
    )


@pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])
def test_a_course_without_editors_is_for_its_organization(
    course: Course, north: Organization, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    people = cast(north)
    able = {name for name, user in people.items() if roles.may_edit_course(user, course)}
    assert able == expected("bob carol erin+ connie sam+ paula", restricted)


def test_an_internal_user_who_edits_a_course_still_does(
    course: Course, north: Organization, settings: Any
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = True
    people = cast(north, course)
    edits(people["erin"], course)
    assert roles.may_edit_course(people["erin"], course)
    other = CourseFactory(draft=True, partner=north.partner, organizations=[north])
    assert not roles.may_edit_course(people["erin"], other)


def test_the_legal_group_has_the_name_that_settings_give_it(
    course: Course, north: Organization, settings: Any
) -> None:
    settings.PUBLISHER_LEGAL_GROUP = "Lawyers"
    people = cast(north, course)
    assert people["lena"].groups.get().name == "Lawyers"
    assert roles.may_review(people["lena"], _run(course, LEGAL), INTERNAL)
    settings.PUBLISHER_LEGAL_GROUP = "Legal Team Members"
    assert not roles.may_review(people["lena"], _run(course, LEGAL), INTERNAL)


def test_the_first_author_coordinates(course: Course, north: Organization) -> None:
    first = OrganizationFactory(partner=north.partner)
    course.author_links.update(sort_value=5)
    course.author_links.create(organization=first, sort_value=1)
    people = cast(north, course)
    assert not roles.may_review(people["connie"], _run(course, INTERNAL), REVIEWED)
