"""Keys and slugs are unique without case, whichever way they are written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Upper

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, Organization
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db


def save(row: Organization, key: str) -> None:
    row.key = key
    row.save()


def save_one_field(row: Organization, key: str) -> None:
    row.key = key
    row.save(update_fields=["key"])


def update(row: Organization, key: str) -> None:
    Organization.objects.filter(pk=row.pk).update(key=key)


def bulk_update(row: Organization, key: str) -> None:
    row.key = key
    Organization.objects.bulk_update([row], ["key"])


def update_or_create(row: Organization, key: str) -> None:
    Organization.objects.update_or_create(pk=row.pk, defaults={"key": key})


WRITES = [save, save_one_field, update, bulk_update, update_or_create]


@pytest.mark.parametrize("write", WRITES)
def test_every_way_to_write_a_key_folds_it(write: Callable[[Any, str], None]) -> None:
    row = OrganizationFactory(key="Old")
    write(row, "NewX")
    row.refresh_from_db()
    assert (row.key, row.key_folded) == ("NewX", "newx")


@pytest.mark.parametrize("write", WRITES)
def test_no_way_to_write_makes_twins_that_differ_by_case(write: Callable[[Any, str], None]) -> None:
    taken = OrganizationFactory(key="MITx")
    row = OrganizationFactory(partner=taken.partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(row, "mitX")


def test_creating_in_bulk_folds_too() -> None:
    partner = PartnerFactory()
    made = Organization.objects.bulk_create(
        [Organization(partner=partner, key="NewX", name="New", slug="new")]
    )
    assert Organization.objects.get(pk=made[0].pk).key_folded == "newx"


def test_an_expression_is_refused() -> None:
    OrganizationFactory()
    with pytest.raises(TypeError, match="key"):
        Organization.objects.update(key=Upper(F("key")))


def test_accents_and_final_blanks_matter_on_every_database() -> None:
    partner = PartnerFactory()
    for key in ("Orgx+cafe", "Orgx+café"):
        CourseFactory(partner=partner, key=key)
    assert Course.everything.filter(key_folded=fold("ORGX+CAFE")).count() == 1


def test_keys_that_grow_when_folded_are_kept_apart() -> None:
    partner = PartnerFactory()
    CourseFactory(partner=partner, key="ΐ" * 255)
    CourseFactory(partner=partner, key="ΐ" * 254 + "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseFactory(partner=partner, key="ΐ" * 254 + "X")


def test_twins_are_compared_by_code_points_on_mysql() -> None:
    column = Organization._meta.get_field("key_folded")
    collation = column.db_parameters(connection).get("collation")
    assert collation == ("utf8mb4_bin" if connection.vendor == "mysql" else None)
