"""People written by their uuid or slug."""

import uuid
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Person, Position
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.person import (
    PersonValues,
    create_or_update_person,
)
from course_discovery.course_metadata.operations.references import UnknownReference
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.course_metadata.tests.factories import OrganizationFactory, PartnerFactory


@pytest.fixture
def partner(db: None) -> Partner:
    partner: Partner = PartnerFactory.create()
    OrganizationFactory.create(partner=partner, key="NorthU")
    return partner


def everything() -> PersonValues:
    return {
        "given_name": "Ada", "family_name": "Lovelace", "salutation": "Countess",
        "bio": "<p onclick=x>Counted</p>", "bio_language": "en-us", "email": "ada@example.com",
        "major_works": "<p>Notes</p>", "published": True,
        "position": {"title": "Analyst", "organization": "northu"},
        "networks": [
            {"type": "blog", "url": "https://ada.example.com", "title": "Notes"},
            {"type": "twitter", "url": "https://t.example.com/ada"},
        ],
        "areas_of_expertise": ["Engines", "Numbers"],
    }  # fmt: skip


def test_new_person_has_all_that_was_told(partner: Partner) -> None:
    written = create_or_update_person(partner=partner, values=everything())
    person = Person.objects.get()
    assert written == (person, Outcome.CREATED)
    assert (person.slug, person.bio) == ("ada-lovelace", "<p>Counted</p>")
    assert person.bio_language_id == "en-us"
    assert person.position.organization is not None
    assert person.position.organization.key == "NorthU"
    networks = [(each.type, each.title, each.url) for each in person.person_networks.all()]
    assert networks == [
        ("blog", "Notes", "https://ada.example.com"),
        ("twitter", "", "https://t.example.com/ada"),
    ]
    assert [each.value for each in person.areas_of_expertise.all()] == ["Engines", "Numbers"]


def test_second_telling_writes_nothing(partner: Partner) -> None:
    create_or_update_person(partner=partner, slug="ada", values=everything())
    changes = Change.objects.count()
    again = create_or_update_person(partner=partner, slug="ADA", values=everything())
    assert again.outcome is Outcome.UNCHANGED
    assert Change.objects.count() == changes


@pytest.mark.parametrize(
    "change",
    [
        {"given_name": "Augusta"}, {"family_name": None}, {"salutation": None}, {"bio": None},
        {"bio_language": None}, {"email": None}, {"published": False}, {"position": None},
        {"position": {"title": "Countess", "organization": "NorthU"}},
        {"position": {"title": "Analyst", "organization_override": "Babbage & Co."}},
        {"networks": []}, {"networks": [{"type": "blog", "url": "https://x", "title": "Notes"}]},
        {"areas_of_expertise": ["Numbers", "Engines"]}, {"areas_of_expertise": ["Engines"]},
        {"areas_of_expertise": ["Engines", "Numbers", "Poetry"]},
    ],
)  # fmt: skip
def test_each_change_is_seen_and_written(partner: Partner, change: PersonValues) -> None:
    person = create_or_update_person(partner=partner, values=everything()).row

    def tell() -> Outcome:
        return create_or_update_person(partner=partner, uuid=person.uuid, values=change).outcome

    assert tell() is Outcome.UPDATED
    assert tell() is Outcome.UNCHANGED
    assert Person.objects.get().slug == "ada-lovelace"


def test_lists_are_replaced_whole(partner: Partner) -> None:
    person = create_or_update_person(partner=partner, values=everything()).row
    create_or_update_person(
        partner=partner,
        uuid=person.uuid,
        values={
            "networks": [{"type": "facebook", "url": "https://f"}],
            "areas_of_expertise": ["Poetry"],
            "position": None,
        },
    )
    assert [each.type for each in person.person_networks.all()] == ["facebook"]
    assert [each.value for each in person.areas_of_expertise.all()] == ["Poetry"]
    assert not Position.objects.exists()


def test_told_slug_makes_the_uuid_so_there_are_no_twins(partner: Partner) -> None:
    first = create_or_update_person(partner=partner, slug="Ada", values={"given_name": "Ada"}).row
    assert first.slug == "ada"
    Person.objects.all().delete()
    again = create_or_update_person(partner=partner, slug="ada", values={"given_name": "Ada"}).row
    assert again.uuid == first.uuid
    elsewhere = create_or_update_person(
        partner=PartnerFactory.create(), slug="ada", values={"given_name": "Ada"}
    )
    assert elsewhere.outcome is Outcome.CREATED
    assert elsewhere.row.uuid != first.uuid


def test_namesakes_get_slugs_of_their_own(partner: Partner) -> None:
    made = [
        create_or_update_person(
            partner=partner, uuid=uuid.uuid4(), values={"given_name": "Ada"}
        ).row.slug
        for _ in range(3)
    ]
    assert made == ["ada", "ada-2", "ada-3"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"given_name": ""}, UnfitValue), ({"email": "nobody"}, UnfitValue),
        ({"bio_language": "magic"}, UnknownReference),
        ({"position": {"title": "T", "organization": "Nobody"}}, UnknownReference),
        ({"position": {"title": ""}}, UnfitValue),
        ({"networks": [{"type": "magic", "url": "https://x"}]}, UnfitValue),
        ({"networks": [{"type": "blog", "url": "https://x"}] * 2}, UnfitValue),
        ({"areas_of_expertise": ["x" * 256]}, UnfitValue),
    ],
)  # fmt: skip
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    told: Any = {"given_name": "Ada", **values}
    with pytest.raises(refusal):
        create_or_update_person(partner=partner, slug="ada", values=told)
    assert not Person.objects.exists()
