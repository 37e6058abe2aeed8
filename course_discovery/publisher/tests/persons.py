"""Named people and what they are, for tables of persons and verbs.

Bob and Carol work for an organization and Carol is an editor of its course; `cast` makes them all.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseEditor, Organization
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.models import (
    PUBLISHER_EDITOR,
    InternalRole,
    OrganizationUserRole,
    PublisherRole,
    PublisherRoleAssignment,
)
from course_discovery.publisher.roles import INTERNAL_USERS
from course_discovery.publisher.tests.people import edits, person, works_for

# What each of them is, by name.
PERSONS = {
    "anonymous": "nobody",
    "alice": "has an account and no rights",
    "bob": "works for the organization",
    "carol": "works for it and edits the course",
    "frank": "was an editor, and left the organization",
    "dave": "works for another organization",
    "erin": "works for the organization and is an internal user",
    "lena": "is in the legal team",
    "connie": "coordinates the organization's courses, and works for it",
    "sam": "is staff",
    "paula": "is staff with the role PUBLISHER_EDITOR",
    "root": "is a superuser, and not staff",
}


def cast(organization: Organization, course: Course | None = None) -> dict[str, Any]:
    """All of them, by name. Carol and Frank edit the course, if there is one."""
    other = OrganizationFactory(key="OtherU", partner=organization.partner)
    people: dict[str, Any] = {"anonymous": AnonymousUser()}
    for name in PERSONS.keys() - {"anonymous"}:
        staff, superuser = name in ("sam", "paula"), name == "root"
        people[name] = person(name, is_staff=staff, is_superuser=superuser)
    for name in ("bob", "carol", "erin", "connie"):
        works_for(people[name], organization)
    works_for(people["dave"], other)
    joins(people["erin"], INTERNAL_USERS)
    joins(people["connie"], INTERNAL_USERS)
    joins(people["lena"], settings.PUBLISHER_LEGAL_GROUP)
    coordinates(people["connie"], organization)
    is_publisher_editor(people["paula"])
    if course is not None:
        edits(people["carol"], course)
        # What was left from before he went: it must give him nothing.
        CourseEditor.objects.create(user=people["frank"], course=course)
    return people


def joins(user: User, group: str) -> User:
    """Put somebody into a group."""
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def coordinates(user: User, *organizations: Organization) -> User:
    """Make somebody the coordinator of organizations' courses."""
    for organization in organizations:
        OrganizationUserRole.objects.create(
            user=user, organization=organization, role=InternalRole.PROJECT_COORDINATOR
        )
    return user


def is_publisher_editor(user: User) -> User:
    """Give somebody the role that lets internal users write."""
    role, _made = PublisherRole.objects.get_or_create(name=PUBLISHER_EDITOR)
    PublisherRoleAssignment.objects.create(user=user, role=role, reason="writes the catalog")
    return user
