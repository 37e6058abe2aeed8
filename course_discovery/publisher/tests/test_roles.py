"""Who may do what: a table of persons and rules, on drafts and on official rows."""

import pytest
from django.contrib.auth.models import Group

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
)
from course_discovery.publisher.roles import (
    courses_of_own_organizations,
    editable_course_runs,
    editable_courses,
    is_publisher_user,
    may_edit_course,
    organizations_of,
)
from course_discovery.publisher.tests.people import edits, person, works_for


@pytest.fixture
def north(db: None) -> Organization:
    organization: Organization = OrganizationFactory(key="NorthU")
    return organization


@pytest.fixture
def south(north: Organization) -> Organization:
    organization: Organization = OrganizationFactory(key="SouthU", partner=north.partner)
    return organization


@pytest.fixture
def people(north: Organization, south: Organization) -> dict[str, User]:
    """Alice has no rights, Bob and Carol work for North, Dave for South, Erin is in some group."""
    erin = person("erin")
    erin.groups.add(Group.objects.create(name="General Staff"))
    return {
        "alice": person("alice"),
        "bob": works_for(person("bob"), north),
        "carol": works_for(person("carol"), north),
        "dave": works_for(person("dave"), south),
        "erin": erin,
        "sam": person("sam", is_staff=True),
        "root": person("root", is_superuser=True),
    }


def pair(organization: Organization, key: str = "NorthU+PHY101") -> tuple[Course, Course]:
    """A draft and its official row, each with a run."""
    made: list[Course] = []
    for draft in (True, False):
        course = CourseFactory(
            partner=organization.partner,
            key=key,
            draft=draft,
            draft_version=None if draft else made[0],
            organizations=[organization],
        )
        CourseRunFactory(course=course, key=f"course-v1:{key}+1")
        made.append(course)
    return made[0], made[1]


def who(people: dict[str, User], rule: object) -> set[str]:
    assert callable(rule)
    return {name for name, user in people.items() if rule(user)}


def editors_of(people: dict[str, User], course: Course) -> set[str]:
    """Who may edit the course: the same by the predicate, in lists of courses and of runs."""
    able = who(people, lambda user: may_edit_course(user, course))
    for draft in (True, False):
        twin = Course.everything.get(key=course.key, draft=draft)
        rows = Course.everything.filter(pk=twin.pk)
        runs = CourseRun.everything.filter(course=twin)
        assert able == who(people, lambda user, rows=rows: editable_courses(user, rows).exists())
        assert able == who(
            people, lambda user, runs=runs: editable_course_runs(user, runs).exists()
        )
    return able


def test_who_sees_drafts_at_all(people: dict[str, User]) -> None:
    assert who(people, is_publisher_user) == {"bob", "carol", "dave", "erin", "sam"}


def test_whose_drafts_are_seen(people: dict[str, User], north: Organization) -> None:
    draft, _official = pair(north)
    edits(people["carol"], draft)
    everything = Course.everything.all()
    seen = who(people, lambda user: courses_of_own_organizations(user, everything).exists())
    assert seen == {"bob", "carol", "sam"}


def test_organizations_of_a_person(
    people: dict[str, User], north: Organization, south: Organization
) -> None:
    assert list(organizations_of(people["bob"])) == [north]
    assert list(organizations_of(people["sam"])) == []
    works_for(people["bob"], south)
    assert set(organizations_of(people["bob"])) == {north, south}


def test_without_editors_anyone_of_the_organization_edits(
    people: dict[str, User], north: Organization
) -> None:
    draft, _official = pair(north)
    assert editors_of(people, draft) == {"bob", "carol", "sam"}


@pytest.mark.parametrize("row", [0, 1], ids=["on the draft", "on the official row"])
def test_with_editors_only_they_do(people: dict[str, User], north: Organization, row: int) -> None:
    rows = pair(north)
    edits(people["carol"], rows[row])
    if row == 1:  # editors of official rows count for these only: drafts have their own
        assert who(people, lambda user: may_edit_course(user, rows[1])) == {"carol", "sam"}
    else:
        assert editors_of(people, rows[0]) == {"carol", "sam"}


def test_an_editor_who_left_does_not_count(people: dict[str, User], north: Organization) -> None:
    draft, _official = pair(north)
    edits(people["alice"], draft)
    edits(people["dave"], draft)
    assert editors_of(people, draft) == {"bob", "carol", "sam"}
    edits(people["bob"], draft)
    assert editors_of(people, draft) == {"bob", "sam"}


def test_an_editor_may_come_from_any_of_the_authors(
    people: dict[str, User], north: Organization, south: Organization
) -> None:
    draft, official = pair(north)
    for course in (draft, official):
        course.author_links.create(organization=south, sort_value=1)
    assert editors_of(people, draft) == {"bob", "carol", "dave", "sam"}
    edits(people["dave"], draft)
    assert editors_of(people, draft) == {"dave", "sam"}


def test_editors_of_other_courses_do_not_count(
    people: dict[str, User], north: Organization
) -> None:
    draft, _official = pair(north)
    other, _its_official = pair(north, "NorthU+PHY102")
    edits(people["carol"], other)
    assert editors_of(people, draft) == {"bob", "carol", "sam"}
    assert editors_of(people, other) == {"carol", "sam"}


def test_a_course_without_authors_is_for_staff(people: dict[str, User]) -> None:
    course = CourseFactory(draft=True)
    assert who(people, lambda user: may_edit_course(user, course)) == {"sam"}
