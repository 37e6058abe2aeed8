"""People, with their position, addresses and areas of expertise."""

import uuid as uuids
from collections.abc import Collection, Sequence
from typing import Any, NotRequired, TypedDict

from django.db.models import QuerySet

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Person,
    Position,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.person_part import (
    AreaValues,
    NetworkValues,
    write_areas,
    write_networks,
)
from course_discovery.course_metadata.operations.picture import UNTOLD, Told, write_picture
from course_discovery.course_metadata.operations.references import (
    language_tagged,
    organization_named,
)
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.slug import free_slug, slug_of

# People who are told by a slug have a uuid made of it, so that two callers cannot make twins.
_NAMESPACE = uuids.UUID("f0a7a5a8-2b0f-4c0e-8f0e-5d8f7c1d6e55")
_SPECIAL = frozenset(
    {"bio_language", "position", "networks", "areas_of_expertise", "profile_image"}
)


class PositionValues(TypedDict):
    """A title, at an organization of the catalog (its key) or at another (its name)."""

    title: str
    organization: NotRequired[str | None]
    organization_override: NotRequired[str | None]


class PersonValues(TypedDict, total=False):
    """What may be told of a person.

    `bio_language` is a tag. The position, the networks and the areas are told whole: what is not
    among them goes.
    """

    given_name: str
    family_name: str | None
    salutation: str | None
    bio: str | None
    bio_language: str | None
    email: str | None
    major_works: str
    published: bool
    position: PositionValues | None
    networks: Sequence[NetworkValues]
    areas_of_expertise: Sequence[str | AreaValues]
    profile_image: Told


@operation
def create_or_update_person(
    *,
    partner: Partner,
    uuid: uuids.UUID | None = None,
    slug: str | None = None,
    values: PersonValues,
) -> Written[Person]:
    """The person with this uuid, else with this slug, made when there is none.

    A new person needs a `given_name`; without a slug it is made of the names. Raises Refusal for
    what the catalog cannot take.
    """
    row = _stored(partner, uuid, slug)
    created = row is None
    if row is None:
        row = _create(partner, uuid, slug, values)
    changed = _write(row, values)
    return Written(row, Outcome.of(created=created, changed=changed))


def _stored(partner: Partner, uuid: uuids.UUID | None, slug: str | None) -> Person | None:
    people = Person.objects.filter(partner=partner)
    if uuid is not None:
        return next(iter(locked(people.filter(uuid=uuid))), None)
    if not slug:
        return None
    # The first one has a slug that several people have.
    return next(iter(locked(people.filter(slug__iexact=slug))), None)


def _create(
    partner: Partner, uuid: uuids.UUID | None, slug: str | None, values: PersonValues
) -> Person:
    columns = _columns(values)
    if not columns.get("given_name"):
        raise UnfitValue("given_name", "a new person needs one")
    told = fitting(Person, {"slug": fold(slug)})["slug"] if slug else None
    if uuid is None:
        uuid = uuids.uuid5(_NAMESPACE, f"{partner.pk}:{told}") if told else uuids.uuid4()
    others = Person.objects.filter(partner=partner)
    names = slug_of(columns["given_name"], columns.get("family_name")) or "person"
    row: Person = Person.objects.create(
        partner=partner, uuid=uuid, slug=told or _free_slug(others, names), **columns
    )
    return row


def _free_slug(others: "QuerySet[Person]", wanted: str) -> str:
    def taken(slugs: list[str]) -> Collection[str]:
        return set(others.filter(slug__in=slugs).values_list("slug", flat=True))

    return free_slug(wanted, taken)


def _columns(values: PersonValues) -> dict[str, Any]:
    """The columns among `values`. Raises UnfitValue, UnknownReference."""
    plain = {name: value for name, value in values.items() if name not in _SPECIAL}
    columns = fitting(Person, plain)
    if "bio_language" in values:
        columns["bio_language"] = language_tagged(values["bio_language"])
    return columns


def _write(row: Person, values: PersonValues) -> bool:
    """Write what differs; whether anything did."""
    changed = write_differences(row, _columns(values))
    if "position" in values:
        changed |= _write_position(row, values["position"])
    if "networks" in values:
        changed |= write_networks(row, values["networks"])
    if "areas_of_expertise" in values:
        changed |= write_areas(row, values["areas_of_expertise"])
    changed |= write_picture(row, "profile_image", values.get("profile_image", UNTOLD))
    return changed


@operation
def delete_person(*, person: Person) -> None:
    """Delete the person, who teaches and endorses nothing any more."""
    person.delete()


def _write_position(row: Person, told: PositionValues | None) -> bool:
    stored = Position.objects.filter(person=row).first()
    if not told:
        if stored:
            stored.delete()
        return bool(stored)
    columns = fitting(
        Position,
        {"title": told["title"], "organization_override": told.get("organization_override")},
    )
    columns["organization"] = organization_named(row.partner, told.get("organization"))
    if stored:
        return write_differences(stored, columns)
    Position.objects.create(person=row, **columns)
    return True
