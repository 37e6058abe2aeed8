"""Who leaves an organization edits its courses no more, from whichever side it is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseEditor, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory, OrganizationFactory
from course_discovery.publisher.models import OrganizationExtension
from course_discovery.publisher.tests.people import edits, person, works_for


@pytest.fixture
def north(db: None) -> Organization:
    organization: Organization = OrganizationFactory(key="NorthU")
    return organization


@pytest.fixture
def carol(north: Organization) -> User:
    return works_for(person("carol"), north)


@pytest.fixture
def course(north: Organization) -> Course:
    made: Course = CourseFactory(draft=True, partner=north.partner, organizations=[north])
    return made


def group_of(organization: Organization) -> Group:
    group: Group = organization.organization_extension.group
    return group


def another_group(user: User, north: Organization) -> None:
    extension = north.organization_extension
    extension.group = Group.objects.create(name="New")
    extension.save()


def another_organization(user: User, north: Organization) -> None:
    OrganizationExtension.objects.filter(organization=north).update(
        organization=OrganizationFactory(key="SouthU", partner=north.partner)
    )


LEAVING: dict[str, Callable[[User, Organization], Any]] = {
    "the user leaves the group": lambda user, north: user.groups.remove(group_of(north)),
    "the user leaves all groups": lambda user, north: user.groups.clear(),
    "the user is given other groups": lambda user, north: user.groups.set([]),
    "the group loses the user": lambda user, north: group_of(north).user_set.remove(user),
    "the group loses all users": lambda user, north: group_of(north).user_set.clear(),
    "the group is given other users": lambda user, north: group_of(north).user_set.set([]),
    "the group goes": lambda user, north: group_of(north).delete(),
    "the group goes in bulk": lambda user, north: Group.objects.filter(
        pk=group_of(north).pk
    ).delete(),
    "the extension goes": lambda user, north: north.organization_extension.delete(),
    "the extension goes in bulk": lambda user, north: OrganizationExtension.objects.all().delete(),
    "the extension has another group": another_group,
    "the extension has another organization": another_organization,
    "the user goes": lambda user, north: user.delete(),
    "the user goes in bulk": lambda user, north: User.objects.filter(pk=user.pk).delete(),
}


@pytest.mark.parametrize("side", LEAVING)
def test_leaving_ends_editorship(
    north: Organization, carol: User, course: Course, side: str
) -> None:
    edits(carol, course)
    LEAVING[side](carol, north)
    assert not CourseEditor.objects.exists()


@pytest.mark.parametrize("side", list(LEAVING)[:6])
def test_others_and_other_courses_stay(
    north: Organization, carol: User, course: Course, side: str
) -> None:
    south = OrganizationFactory(key="SouthU", partner=north.partner)
    dave = works_for(person("dave"), south)
    theirs = CourseFactory(draft=True, partner=south.partner, organizations=[south])
    edits(dave, theirs)
    edits(carol, course)
    LEAVING[side](carol, north)
    assert CourseEditor.objects.get().user == dave


def test_who_works_for_another_author_goes_on(
    north: Organization, carol: User, course: Course
) -> None:
    south = OrganizationFactory(key="SouthU", partner=north.partner)
    course.author_links.create(organization=south, sort_value=1)
    works_for(carol, south)
    edits(carol, course)
    carol.groups.remove(group_of(north))
    assert CourseEditor.objects.get().user == carol
    south.organization_extension.delete()
    assert not CourseEditor.objects.exists()


def test_leaving_another_group_changes_nothing(
    north: Organization, carol: User, course: Course
) -> None:
    edits(carol, course)
    other = Group.objects.create(name="Readers")
    carol.groups.add(other)
    other.user_set.remove(carol)
    assert CourseEditor.objects.get().user == carol


def test_renaming_the_organization_changes_nothing(
    north: Organization, carol: User, course: Course
) -> None:
    edits(carol, course)
    north.name = "North University"
    north.save()
    assert CourseEditor.objects.get().user == carol


def test_coming_back_gives_nothing(north: Organization, carol: User, course: Course) -> None:
    group = group_of(north)
    edits(carol, course)
    carol.groups.remove(group)
    carol.groups.add(group)
    assert not CourseEditor.objects.exists()
