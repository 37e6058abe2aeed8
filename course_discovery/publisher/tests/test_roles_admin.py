"""Roles in the admin: what saving does, and who may write at all."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from guardian.shortcuts import get_perms

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, Organization, Person
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    PersonFactory,
)
from course_discovery.publisher.models import (
    PUBLISHER_EDITOR,
    OrganizationExtension,
    OrganizationUserRole,
    PublisherRole,
    PublisherRoleAssignment,
    UserAttributes,
)
from course_discovery.publisher.tests.people import person, works_for
from course_discovery.publisher.tests.persons import coordinates, is_publisher_editor, joins


@pytest.fixture
def north(db: None) -> Organization:
    organization: Organization = OrganizationFactory(key="NorthU")
    return organization


@pytest.fixture
def ruth(db: None) -> User:
    """Staff, and a superuser."""
    return person("ruth", is_staff=True, is_superuser=True)


def page(model: str, *row: Any, act: str = "") -> str:
    act = act or ("change" if row else "add")
    app = "publisher" if model in _PUBLISHER else "course_metadata"
    return reverse(f"admin:{app}_{model}_{act}", args=row)


_PUBLISHER = {
    "organizationextension", "organizationuserrole", "publisherroleassignment", "userattributes",
}  # fmt: skip


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_role_for_an_organization_brings_its_groups(ruth: User, north: Organization) -> None:
    bob = person("bob")
    values = {"organization": north.pk, "user": bob.pk, "role": "project_coordinator"}
    assert browser(ruth).post(page("organizationuserrole"), values).status_code == 302
    assert set(bob.groups.values_list("name", flat=True)) == {
        "Project Coordinators",
        "Internal Users",
    }
    role = OrganizationUserRole.objects.get()
    values["role"] = "marketing_reviewer"
    browser(ruth).post(page("organizationuserrole", role.pk), values)
    assert bob.groups.filter(name="Marketing Reviewers").exists()
    assert role.history.count() == 2


def test_nobody_gives_a_role_for_an_organization_to_themselves(north: Organization) -> None:
    sam = person("sam", is_staff=True)
    sam.user_permissions.set(Permission.objects.filter(content_type__model="organizationuserrole"))
    values = {"organization": north.pk, "user": sam.pk, "role": "project_coordinator"}
    assert browser(sam).post(page("organizationuserrole"), values).status_code == 403
    assert not OrganizationUserRole.objects.exists()
    values["user"] = person("bob").pk
    assert browser(sam).post(page("organizationuserrole"), values).status_code == 302


def test_the_same_role_twice_is_told(ruth: User, north: Organization) -> None:
    bob = coordinates(person("bob"), north)
    values = {"organization": north.pk, "user": bob.pk, "role": "project_coordinator"}
    assert browser(ruth).post(page("organizationuserrole"), values).status_code == 200
    assert OrganizationUserRole.objects.count() == 1


def test_an_extension_brings_rights(ruth: User, north: Organization) -> None:
    bob = works_for(person("bob"), north)
    extension = OrganizationExtension.objects.get()
    assert bob.has_perm("course_metadata.change_person")
    assert get_perms(bob, extension) == []
    lena = joins(person("lena"), "Legal Team Members")
    values = {"organization": north.pk, "group": extension.group_id}
    address = page("organizationextension", extension.pk)
    assert browser(ruth).post(address, values).status_code == 302
    assert len(get_perms(User.objects.get(pk=bob.pk), extension)) == 4
    assert set(get_perms(lena, extension)) == {"publisher_view_course", "publisher_view_course_run"}


def test_a_role_is_given_with_a_reason_and_by_somebody(ruth: User) -> None:
    sam = person("sam", is_staff=True)
    role = PublisherRole.objects.get(name=PUBLISHER_EDITOR)
    values = {"user": sam.pk, "role": role.pk}
    assert browser(ruth).post(page("publisherroleassignment"), values).status_code == 200
    values |= {"reason": "writes courses"}
    assert browser(ruth).post(page("publisherroleassignment"), values).status_code == 302
    given = PublisherRoleAssignment.objects.get()
    assert (given.user, given.granted_by, given.reason) == (sam, ruth, "writes courses")
    assert given.history.get().history_user == ruth
    history = page("publisherroleassignment", given.pk, act="history")
    assert browser(ruth).get(history).status_code == 200


def test_nobody_gives_a_role_to_themselves(db: None) -> None:
    sam = person("sam", is_staff=True)
    sam.user_permissions.add(*Permission.objects.filter(codename__contains="publisherrole"))
    role = PublisherRole.objects.get(name=PUBLISHER_EDITOR)
    values = {"user": sam.pk, "role": role.pk, "reason": "I want it"}
    assert browser(sam).post(page("publisherroleassignment"), values).status_code == 403
    assert not PublisherRoleAssignment.objects.exists()


def test_who_wants_no_mail(ruth: User) -> None:
    assert browser(ruth).post(page("userattributes"), {"user": ruth.pk}).status_code == 302
    assert not UserAttributes.objects.get().enable_email_notification
    for model in _PUBLISHER:
        assert browser(ruth).get(page(model, act="changelist")).status_code == 200


@pytest.fixture
def course(north: Organization) -> Course:
    made: Course = CourseFactory(draft=True, partner=north.partner, organizations=[north])
    return made


@pytest.fixture
def ada(north: Organization) -> Person:
    made: Person = PersonFactory(partner=north.partner)
    return made


def writes(user: User, course: Course, ada: Person) -> list[str]:
    """Which pages offer to save what is written there."""
    pages = {
        "course": page("course", course.pk),
        "person": page("person", ada.pk),
        "new person": page("person"),
        "new editor": page("courseeditor"),
    }
    found = []
    for name, address in pages.items():
        answer = browser(user).get(address)
        if answer.status_code == 200 and b'name="_save"' in answer.content:
            found.append(name)
    return found


ALL = ["course", "person", "new person", "new editor"]


@pytest.mark.parametrize(
    ("restricted", "kind", "expected"),
    [
        (False, "ruth", ALL),
        (True, "ruth", []),
        (True, "paula", ALL),
        (True, "connie", ["course", "person", "new person"]),
    ],
)
def test_who_writes(
    ruth: User,
    north: Organization,
    course: Course,
    ada: Person,
    settings: Any,
    restricted: bool,
    kind: str,
    expected: list[str],
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    if kind == "paula":
        is_publisher_editor(ruth)
    if kind == "connie":
        coordinates(ruth, north)
    assert writes(ruth, course, ada) == expected
    # Pages can be read all the same.
    assert browser(ruth).get(page("course", course.pk)).status_code == 200
    assert browser(ruth).get(page("course", act="changelist")).status_code == 200


def test_what_is_sent_anyway_is_refused(
    ruth: User, course: Course, ada: Person, settings: Any
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = True
    client = browser(ruth)
    assert client.post(page("course", course.pk), {"title": "X"}).status_code == 403
    assert client.post(page("person", ada.pk, act="delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [ada.pk], "post": "yes"}
    client.post(page("person", act="changelist"), chosen)
    assert Person.objects.filter(pk=ada.pk).exists()
