"""What courses have as products, shared by draft and official."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import (
    AdditionalMetadata,
    CertificateInfo,
    Course,
    Fact,
    ProductMeta,
    TaxiForm,
)
from course_discovery.course_metadata.operations.course_product import (
    CourseProductValues,
    update_course_product,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.geolocation import PlaceHasName
from course_discovery.course_metadata.tests.factories import CourseFactory, GeoLocationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 12, tzinfo=UTC)
MARK = uuid.uuid4()


def everything() -> CourseProductValues:
    return {
        "additional_metadata": {
            "external_url": "https://x.example.com", "external_identifier": "9",
            "variant_id": MARK, "start_date": NOW, "product_status": "archived",
            "facts": [{"heading": "90 %", "blurb": "<p onclick=x>pass</p>"}, {"blurb": "none"}],
            "certificate_info": {"heading": "Certificate", "blurb": "<p>Worth it</p>"},
            "product_meta": {"title": "T", "keywords": ["Law", "State"]},
            "taxi_form": {"form_id": "F1", "grouping": "G"},
        },
        "geolocation": {"lat": 1, "lng": 2, "location_name": "Here"},
        "in_year_value": {"per_click_usa": 9},
        "location_restriction": {"restriction_type": "allowlist", "states": ["ny"]},
    }  # fmt: skip


def write(course: Course, values: Any, now: datetime = NOW) -> bool:
    return update_course_product(course=course, values=values, now=now)


def test_course_has_all_that_was_told() -> None:
    course = CourseFactory.create()
    assert write(course, everything())
    course.refresh_from_db()
    metadata = course.additional_metadata
    assert metadata is not None
    assert (metadata.variant_id, metadata.product_status) == (MARK, "archived")
    assert metadata.facts.get().blurb == "<p>pass</p>"
    assert metadata.certificate_info == CertificateInfo.objects.get()
    assert metadata.product_meta is not None
    assert sorted(metadata.product_meta.keywords.names()) == ["Law", "State"]
    assert metadata.taxi_form == TaxiForm.objects.get()
    assert course.geolocation is not None
    assert course.in_year_value is not None
    assert course.in_year_value.per_click_usa == 9
    assert course.location_restriction is not None
    assert course.location_restriction.states == ["NY"]
    assert course.data_modified_timestamp == NOW


def test_second_telling_writes_nothing() -> None:
    course = CourseFactory.create()
    write(course, everything())
    changes = Change.objects.count()
    assert not write(course, everything(), LATER)
    assert Change.objects.count() == changes


@pytest.mark.parametrize(
    "change",
    [
        {"additional_metadata": None}, {"additional_metadata": {"external_identifier": "10"}},
        {"additional_metadata": {"facts": []}},
        {"additional_metadata": {"facts": [{"heading": "A"}, {"heading": "B"}]}},
        {"additional_metadata": {"certificate_info": None}},
        {"additional_metadata": {"certificate_info": {"heading": "Other"}}},
        {"additional_metadata": {"product_meta": {"keywords": []}}},
        {"additional_metadata": {"product_meta": None}},
        {"additional_metadata": {"taxi_form": {"form_id": "F2"}}},
        {"additional_metadata": {"taxi_form": None}}, {"geolocation": None},
        {"geolocation": {"lat": 1, "lng": 3}}, {"in_year_value": None},
        {"in_year_value": {"per_click_usa": 8}}, {"location_restriction": None},
        {"location_restriction": {"countries": ["de"]}},
    ],
)  # fmt: skip
def test_each_change_is_seen_and_written(change: dict[str, Any]) -> None:
    course = CourseFactory.create()
    write(course, everything())
    assert write(course, change, LATER)
    assert Course.objects.get().data_modified_timestamp == LATER
    assert not write(course, change)


def test_only_what_is_told_of_a_nested_value_changes() -> None:
    course = CourseFactory.create()
    write(course, everything())
    write(
        course,
        {"additional_metadata": {"taxi_form": {"form_id": "F2"}, "facts": [{"heading": "1st"}]}},
    )
    assert TaxiForm.objects.get().grouping == "G"
    assert Fact.objects.get().blurb == "<p>pass</p>"
    write(course, {"additional_metadata": {"facts": [], "product_meta": None}})
    assert not Fact.objects.exists()
    assert not ProductMeta.objects.exists()


def test_what_is_told_of_a_draft_is_not_seen_on_its_official_row() -> None:
    draft = CourseFactory.create(key="Org+A", draft=True)
    official = CourseFactory.create(partner=draft.partner, key="Org+A", uuid=draft.uuid)
    write(draft, everything())
    official.refresh_from_db()
    assert official.additional_metadata is None
    shared = AdditionalMetadata.objects.get()
    official.additional_metadata = shared
    official.save()
    assert not write(draft, {"additional_metadata": {"external_identifier": "9"}})
    assert AdditionalMetadata.objects.get() == shared
    write(draft, {"additional_metadata": {"external_identifier": "10"}})
    for row, expected in ((official, "9"), (draft, "10")):
        row.refresh_from_db()
        assert row.additional_metadata.external_identifier == expected


def test_what_is_told_of_an_official_row_is_its_drafts_too() -> None:
    draft = CourseFactory.create(key="Org+A", draft=True)
    official = CourseFactory.create(partner=draft.partner, key="Org+A", uuid=draft.uuid)
    write(draft, everything())
    official.additional_metadata = shared = AdditionalMetadata.objects.get()
    official.save()
    write(official, {"additional_metadata": {"external_identifier": "10"}})
    assert AdditionalMetadata.objects.get() == shared
    shared.refresh_from_db()
    assert shared.external_identifier == "10"


def test_unfit_value_is_refused_and_nothing_written() -> None:
    course = CourseFactory.create()
    GeoLocationFactory.create(lat=5, lng=5, location_name="There")
    changes = Change.objects.count()
    for values in (
        {"additional_metadata": {"external_url": "https://x.example.com"}},
        {"additional_metadata": {"external_url": "ftp:x", "external_identifier": "9"}},
        {"location_restriction": {"states": ["XX"]}},
        {"geolocation": {"lat": 5, "lng": 5, "location_name": "Elsewhere"}},
    ):
        with pytest.raises((UnfitValue, PlaceHasName)):
            write(course, values)
    assert Change.objects.count() == changes
