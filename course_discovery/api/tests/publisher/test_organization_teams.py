"""Who works for organizations and as what, as the publisher's front end asks."""

from operator import methodcaller
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.persons import expected, statuses
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.tests.factories import OrganizationFactory, PartnerFactory
from course_discovery.publisher.models import InternalRole, OrganizationUserRole
from course_discovery.publisher.tests.people import person, works_for
from course_discovery.publisher.tests.persons import cast, coordinates

URL = "/publisher/api/admins/organizations/"


@pytest.fixture
def north(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return organization


@pytest.fixture
def people(north: Organization) -> dict[str, Any]:
    return cast(north)


def names(client: APIClient, path: str) -> list[str]:
    return [each["full_name"] for each in client.get(URL + path).json()["results"]]


def test_who_sees_a_team(people: dict[str, Any], north: Organization) -> None:
    table = {200: "bob carol erin connie lena sam paula"}
    for path in (f"{north.pk}/roles/", f"{north.pk}/users/", f"{north.uuid}/users/"):
        found = statuses(people, methodcaller("get", URL + path))
        assert found == expected(people, table), path


def test_who_sees_colleagues(people: dict[str, Any]) -> None:
    table = {200: "bob carol dave erin connie lena sam paula"}
    assert statuses(people, lambda client: client.get(f"{URL}users/")) == expected(people, table)


def test_a_role_is_told_with_its_user(as_sam: APIClient, north: Organization) -> None:
    connie = coordinates(person("connie", first_name="Connie", last_name="Lee"), north)
    role = OrganizationUserRole.objects.get()
    row = {
        "id": role.pk,
        "user": {"id": connie.pk, "full_name": "Connie Lee", "email": "connie@example.com"},
        "role": "project_coordinator",
    }
    expected = {"next": None, "previous": None, "results": [row]}
    assert as_sam.get(f"{URL}{north.pk}/roles/").json() == expected
    assert as_sam.get(f"{URL}{north.uuid}/roles").json() == expected


def test_roles_asked_for_by_name(as_sam: APIClient, north: Organization) -> None:
    for each in InternalRole:
        OrganizationUserRole.objects.create(
            organization=north, user=person(each.value), role=each.value
        )
    other = OrganizationFactory(partner=north.partner)
    coordinates(person("olga"), other)

    def roles(query: str) -> list[str]:
        body = as_sam.get(f"{URL}{north.pk}/roles/{query}").json()
        return [each["role"] for each in body["results"]]

    newest_first = ["publisher", "marketing_reviewer", "project_coordinator", "partner_manager"]
    assert roles("") == roles("?role=") == newest_first
    assert roles("?role=project_coordinator") == ["project_coordinator"]
    assert roles("?role=publisher, partner_manager,junk") == ["publisher", "partner_manager"]
    assert roles("?role=junk") == roles("?role=%00") == []


def test_members_by_name(as_sam: APIClient, north: Organization) -> None:
    for name, full in (("b", "Ann"), ("a", "Ann"), ("c", "Zoe")):
        works_for(person(name, full_name=full), north)
    works_for(person("d"), OrganizationFactory(partner=north.partner, key="SouthU"))
    body = as_sam.get(f"{URL}{north.uuid}/users/").json()
    assert [each["email"] for each in body.pop("results")] == [
        "a@example.com", "b@example.com", "c@example.com",
    ]  # fmt: skip
    assert body == {"count": 3, "next": None, "previous": None}


def test_members_come_a_hundred_at_a_time(as_sam: APIClient, north: Organization) -> None:
    works_for(person("first"), north)
    group = north.organization_extension.group
    made = User.objects.bulk_create(User(username=f"member{each}") for each in range(120))
    group.user_set.add(*made)
    body = as_sam.get(f"{URL}{north.pk}/users/?page_size=5").json()
    assert (body["count"], len(body["results"])) == (121, 100)
    assert len(as_sam.get(body["next"]).json()["results"]) == 21


def test_colleagues_share_an_organization(
    as_alice: APIClient, as_sam: APIClient, alice: User, north: Organization
) -> None:
    south = OrganizationFactory(partner=north.partner, key="SouthU")
    elsewhere = OrganizationFactory(partner=PartnerFactory(short_code="other"), key="FarU")
    works_for(alice, north)
    works_for(person("bob"), north, south)
    works_for(person("dave"), south)
    works_for(person("olga"), elsewhere)
    for name in ("bob", "dave"):
        User.objects.get(username=name).groups.add(Group.objects.get_or_create(name="All")[0])
    assert names(as_alice, "users/") == ["alice", "bob"]
    works_for(alice, south)
    assert names(as_alice, "users/") == ["alice", "bob", "dave"]
    assert names(as_sam, "users/?page_size=2") == ["alice", "bob"]
    assert names(as_sam, "users/?page_size=2&page=2") == ["dave"]


def test_organizations_that_there_are_not(as_sam: APIClient, north: Organization) -> None:
    elsewhere = OrganizationFactory(partner=PartnerFactory(short_code="other"), key="FarU")
    unknown = "00000000-0000-4000-8000-000000000000"
    for name in (elsewhere.pk, elsewhere.uuid, unknown, "0" * 40, "9" * 5000, 2**63, "---", "abc"):
        for part in ("roles", "users"):
            assert as_sam.get(f"{URL}{name}/{part}/").status_code == 404, name
    # No group, no members; but roles there may be.
    assert as_sam.get(f"{URL}{north.pk}/users/").status_code == 404
    assert as_sam.get(f"{URL}{north.pk}/roles/").status_code == 200


def test_they_are_not_written_here(as_sam: APIClient, north: Organization) -> None:
    for path in (f"{north.pk}/roles/", f"{north.pk}/users/", "users/"):
        for verb in ("post", "put", "patch", "delete"):
            assert getattr(as_sam, verb)(URL + path, {}).status_code == 405


def test_queries_do_not_grow_with_rows(as_sam: APIClient, north: Organization) -> None:
    def cost(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert as_sam.get(URL + path).status_code == 200
        return len(queries)

    coordinates(works_for(person("one"), north), north)
    paths = (f"{north.pk}/roles/", f"{north.pk}/users/", "users/")
    few = {path: cost(path) for path in paths}
    for number in range(10):
        coordinates(works_for(person(f"other{number}"), north), north)
    assert {path: cost(path) for path in paths} == few
    assert max(few.values()) <= 6
