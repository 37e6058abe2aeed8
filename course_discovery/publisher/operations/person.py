"""People, as persons write them."""

import uuid as uuids
from typing import Any

from django.core.exceptions import PermissionDenied

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Person
from course_discovery.course_metadata.operations import person as people
from course_discovery.course_metadata.operations.person import (
    PersonValues,
    create_or_update_person,
)
from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.roles import may_write_people


@operation
def create_person(
    *, partner: Partner, values: PersonValues, slug: str | None = None, by: Any
) -> Person:
    """A new person, published at once. Raises PermissionDenied, Refusal."""
    _require(by, "add")
    told: PersonValues = {**values, "published": True}
    return create_or_update_person(partner=partner, uuid=uuids.uuid4(), slug=slug, values=told).row


@operation
def update_person(*, person: Person, values: PersonValues, by: Any) -> Person:
    """Change what is told of a person. Raises PermissionDenied, Refusal."""
    _require(by, "change")
    return create_or_update_person(partner=person.partner, uuid=person.uuid, values=values).row


@operation
def delete_person(*, person: Person, by: Any) -> None:
    """Delete a person. Raises PermissionDenied."""
    _require(by, "delete")
    people.delete_person(person=person)


def _require(user: Any, right: str) -> None:
    if not may_write_people(user, right):
        raise PermissionDenied
