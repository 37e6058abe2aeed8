"""Every model of the publisher keeps the promises of the change log."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group

from course_discovery.core.changes.tests.entries import entry, recorded
from course_discovery.core.changes.tests.owner_table import (  # noqa: F401 - the suite
    Case,
    cases_of,
    test_a_rolled_back_write_leaves_no_entry,
    test_a_row_that_moves_is_told_to_the_object_that_it_left,
    test_creating_a_row_leaves_one_entry_of_its_owner,
    test_deleting_rows_leaves_entries_of_them_and_of_what_shows_them,
    test_updating_rows_leaves_one_entry_of_each_owner,
    unregistered,
)
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.models import OrganizationExtension, OrganizationUserRole
from course_discovery.publisher.tests.people import person

# What no projection shows.
UNREGISTERED = {
    "CourseRunKeyReservation": "held for minutes, while a run is made",
    "Errand": "what is owed to others, which no reader of the catalog sees",
    "PublisherRole": "read by the endpoint that tells it",
    "PublisherRoleAssignment": "read by the endpoint that tells it",
    "UserAttributes": "no reader sees it",
}


def _extension() -> OrganizationExtension:
    organization = OrganizationFactory()
    group = Group.objects.create(name=organization.key)
    return OrganizationExtension(organization=organization, group=group)


def _role() -> OrganizationUserRole:
    organization = OrganizationFactory()
    return OrganizationUserRole(
        organization=organization, user=person(f"someone of {organization.pk}")
    )


CASES = {
    OrganizationExtension: Case(
        _extension,
        "created",
        (datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)),
        kind="organization",
        owner=lambda row: row.organization,
        elsewhere=(("organization", OrganizationFactory),),
    ),
    OrganizationUserRole: Case(
        _role,
        "role",
        ("publisher", "partner_manager"),
        kind="organization",
        owner=lambda row: row.organization,
        elsewhere=(("organization", OrganizationFactory),),
    ),
}


@pytest.fixture(params=cases_of("publisher", CASES))
def case(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_model_is_in_the_owner_table() -> None:
    assert unregistered("publisher", UNREGISTERED) == []


def test_a_group_goes_with_its_extension_and_the_organization_hears(db: None) -> None:
    one, two = _extension(), _extension()
    one.save()
    two.save()
    with recorded() as entries:
        one.group.delete()
    assert entries == [entry("organization", one.organization)]
    with recorded() as entries:
        Group.objects.filter(pk=two.group.pk).delete()
    assert entries == [entry("organization", two.organization)]
