"""Topics, collaborators, images and places: what courses and programs refer to."""

import uuid
from decimal import Decimal

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import GeoLocation, Image, Topic
from course_discovery.course_metadata.operations.collaborator import create_or_update_collaborator
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.geolocation import (
    GeoLocationValues,
    PlaceHasName,
    create_or_update_geolocation,
)
from course_discovery.course_metadata.operations.image import create_or_update_image
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.operations.topic import TopicValues, create_or_update_topic
from course_discovery.course_metadata.tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def test_topic_has_texts_in_several_languages() -> None:
    partner = PartnerFactory.create()
    values: TopicValues = {
        "name": {"en": "Music", "es": "Música"}, "long_description": "<p onclick=x>All</p>",
        "banner_image_url": "https://i.example.com/1.png",
    }  # fmt: skip
    made = create_or_update_topic(partner=partner, slug="Music", values=values)
    assert (made.row.slug, made.outcome) == ("music", Outcome.CREATED)
    changes = Change.objects.count()
    assert not create_or_update_topic(partner=partner, slug="MUSIC", values=values).changed
    assert Change.objects.count() == changes
    assert create_or_update_topic(
        partner=partner, slug="music", values={"name": {"es": "La música"}}
    ).changed
    texts = {each.language_code: each for each in Topic.objects.get().translations.all()}
    assert {code: text.name for code, text in texts.items()} == {"en": "Music", "es": "La música"}
    assert texts["en"].long_description == "<p>All</p>"


def test_new_topic_needs_a_name_and_a_slug() -> None:
    partner = PartnerFactory.create()
    with pytest.raises(UnfitValue):
        create_or_update_topic(partner=partner, slug="music", values={})
    with pytest.raises(UnfitValue):
        create_or_update_topic(partner=partner, slug="a b", values={"name": "Music"})


def test_collaborator_is_known_by_its_uuid() -> None:
    mark = uuid.uuid4()
    assert create_or_update_collaborator(uuid=mark, name="Strings Inc.").outcome == "created"
    assert create_or_update_collaborator(uuid=mark, name="Strings Inc.").outcome == "unchanged"
    assert create_or_update_collaborator(uuid=mark, name="Strings Ltd.").outcome == "updated"
    for name in (None, " "):
        with pytest.raises(UnfitValue):
            create_or_update_collaborator(name=name)


def test_image_is_known_by_its_address() -> None:
    address = "https://i.example.com/1.png"
    create_or_update_image(values={"src": address, "height": 10})
    assert create_or_update_image(values={"src": address, "width": 20}).outcome == "updated"
    assert not create_or_update_image(values={"src": address, "height": 10, "width": 20}).changed
    assert Image.objects.count() == 1


@pytest.mark.parametrize("told", ["52.5", 52.5, Decimal("52.50"), "52.500000000001"])
def test_places_at_the_same_coordinates_are_one(told: Decimal | float | str) -> None:
    create_or_update_geolocation(values={"lat": "52.5", "lng": 13, "location_name": "Berlin"})
    assert not create_or_update_geolocation(values={"lat": told, "lng": "13.0"}).changed
    assert GeoLocation.objects.get().location_name == "Berlin"


def test_place_keeps_its_name_but_may_be_given_one() -> None:
    here: GeoLocationValues = {"lat": 1, "lng": 2}
    create_or_update_geolocation(values=here)
    assert create_or_update_geolocation(values={**here, "location_name": "Here"}).changed
    assert not create_or_update_geolocation(values={**here, "location_name": None}).changed
    with pytest.raises(PlaceHasName, match="Here"):
        create_or_update_geolocation(values={**here, "location_name": "There"})


def test_place_without_coordinates_is_known_by_its_name() -> None:
    create_or_update_geolocation(values={"location_name": "Online"})
    assert not create_or_update_geolocation(values={"location_name": "Online"}).changed
    create_or_update_geolocation(values={"location_name": "Elsewhere"})
    assert GeoLocation.objects.count() == 2


@pytest.mark.parametrize(
    "values", [{"lat": 1}, {}, {"lat": 90.1, "lng": 0}, {"lat": "1e99", "lng": 0}]
)
def test_unfit_place_is_refused(values: GeoLocationValues) -> None:
    with pytest.raises(UnfitValue):
        create_or_update_geolocation(values=values)
