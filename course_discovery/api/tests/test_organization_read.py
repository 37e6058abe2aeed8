"""Reading organizations: staff see all, others what their organizations' extensions allow."""

import pytest
from django.contrib.auth.models import Group
from guardian.shortcuts import assign_perm
from rest_framework.test import APIClient

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.tests.factories import OrganizationFactory, PartnerFactory
from course_discovery.publisher.models import OrganizationExtension

URL = "/api/v1/organizations/"


@pytest.fixture
def organizations(partner: Partner) -> list[Organization]:
    found = [OrganizationFactory(partner=partner, key=f"Org{number}X") for number in range(3)]
    for organization in found:
        OrganizationExtension.objects.create(
            organization=organization, group=Group.objects.create(name=organization.key)
        )
    return found


def keys(client: APIClient, query: str = "") -> list[str]:
    return [each["key"] for each in client.get(f"{URL}{query}").json()["results"]]


def allow(who: User | Group, organization: Organization) -> None:
    assign_perm(
        f"publisher.{OrganizationExtension.VIEW_COURSE}", who, organization.organization_extension
    )


def test_staff_see_all_of_the_partner(as_sam: APIClient, organizations: list[Organization]) -> None:
    OrganizationFactory(partner=PartnerFactory())
    assert keys(as_sam) == ["Org0X", "Org1X", "Org2X"]


def test_others_see_what_they_or_their_groups_may_view(
    as_alice: APIClient, alice: User, organizations: list[Organization]
) -> None:
    assert keys(as_alice) == []
    allow(alice, organizations[0])
    group = organizations[2].organization_extension.group
    allow(group, organizations[2])
    alice.groups.add(group)
    assert keys(as_alice) == ["Org0X", "Org2X"]
    assert as_alice.get(f"{URL}{organizations[0].uuid}/").status_code == 200
    assert as_alice.get(f"{URL}{organizations[1].uuid}/").status_code == 404


def test_a_superuser_who_is_no_staff_sees_nothing_more(
    as_alice: APIClient, alice: User, organizations: list[Organization]
) -> None:
    alice.is_superuser = True
    alice.save()
    assert keys(as_alice) == []


def test_uuids_filter(as_sam: APIClient, organizations: list[Organization]) -> None:
    wanted = f"{organizations[0].uuid},{organizations[2].uuid}"
    assert keys(as_sam, f"?uuids={wanted}") == ["Org0X", "Org2X"]
    assert as_sam.get(f"{URL}?uuids=1,2").status_code == 400


def test_the_marketing_address_is_under_school(
    as_sam: APIClient, organizations: list[Organization]
) -> None:
    body = as_sam.get(f"{URL}{organizations[0].uuid}").json()
    assert body["marketing_url"] == "https://www.example.com/school/org0x"


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_organizations_are_read_only(
    as_sam: APIClient, organizations: list[Organization], verb: str
) -> None:
    answer = getattr(as_sam, verb)(f"{URL}{organizations[0].uuid}/", {})
    assert answer.status_code == 405
