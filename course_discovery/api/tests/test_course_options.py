"""What OPTIONS tells of courses."""

import json
from typing import Any

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import as_bob, bob, course, north
from course_discovery.api.tests.course_writing import URL
from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.course_metadata.models import CourseType, Organization
from course_discovery.course_metadata.tests.factories import (
    LevelTypeFactory,
    OrganizationFactory,
    SubjectFactory,
)

__all__ = ["as_bob", "bob", "course", "north"]


@pytest.fixture
def fields(as_bob: APIClient, north: Organization) -> dict[str, Any]:
    SubjectFactory(partner=north.partner, slug="music", name="Music")
    LevelTypeFactory(name="Advanced")
    found: dict[str, Any] = as_bob.options(f"{URL}?editable=1").json()["actions"]["POST"]
    return found


def test_what_the_front_end_chooses_from(fields: dict[str, Any]) -> None:
    assert {"value": "Advanced", "display_name": "Advanced"} in fields["level_type"]["choices"]
    assert fields["subjects"]["child"]["choices"] == [{"value": "music", "display_name": "Music"}]
    modes = fields["entitlements"]["child"]["children"]["mode"]["choices"]
    assert {"value": "verified", "display_name": "Verified"} in modes
    places = fields["location_restriction"]["children"]
    assert {"value": "DE", "display_name": "Germany"} in places["countries"]["child"]["choices"]
    assert len(places["states"]["child"]["choices"]) == 49
    metadata = fields["additional_metadata"]["children"]
    for name, count in (("product_status", 2), ("external_course_marketing_type", 3)):
        assert len(metadata[name]["choices"]) == count


def test_types_tell_what_their_runs_are_sold_as(fields: dict[str, Any]) -> None:
    options = {each["name"]: each for each in fields["type"]["type_options"]}
    assert "Empty" not in options
    found = options["Verified and Audit"]
    assert found["entitlement_types"] == ["verified"]
    assert [each["modes"] for each in found["course_run_types"]] == [
        ["audit"], ["audit", "verified"],
    ]  # fmt: skip
    assert [track["seat_type"]["slug"] for track in found["tracks"]] == ["audit", "verified"]


def test_some_types_are_for_some_organizations(
    as_bob: APIClient, as_sam: APIClient, north: Organization
) -> None:
    def offered(client: APIClient) -> set[str]:
        field = client.options(URL).json()["actions"]["POST"]["type"]
        return {each["name"] for each in field["type_options"]}

    types = {each.slug: each for each in CourseType.objects.all()}
    types["verified-audit"].white_listed_orgs.add(OrganizationFactory(partner=north.partner))
    types["professional"].white_listed_orgs.add(north)
    every = offered(as_sam)
    assert every - offered(as_bob) == {types["verified-audit"].name}
    with override_settings(RETIRED_COURSE_TYPES=["professional"]):
        assert every - offered(as_sam) == {types["professional"].name}


@needs_samples
@pytest.mark.parametrize("name", ["options_courses", "options_course_detail"])
def test_fields_have_the_keys_and_types_of_the_recorded_answers(
    as_bob: APIClient, course: Any, name: str
) -> None:
    recorded = json.loads(sample_path(name).read_text(encoding="utf-8"))["body"]
    address = URL if name == "options_courses" else f"{URL}NorthU+A/"
    body = as_bob.options(address).json()
    assert list(body) == list(recorded)
    assert list(body["actions"]) == list(recorded["actions"])
    for method, fields in recorded["actions"].items():
        assert kinds(body["actions"][method]) == kinds(fields)


def kinds(fields: dict[str, Any]) -> dict[str, Any]:
    """What each field is, without lengths and without what there is to choose from."""
    return {name: kind(each) for name, each in fields.items()}


def kind(each: dict[str, Any]) -> dict[str, Any]:
    found = {
        name: sorted(value[0]) if name in ("choices", "type_options") and value else value
        for name, value in each.items()
        if name not in ("children", "child", "max_length", "min_value", "max_value", "choices")
    }
    found["choices"] = "choices" in each
    if "children" in each:
        found["children"] = kinds(each["children"])
    if "child" in each:
        found["child"] = kind(each["child"])
    return found
