"""Rows of searches have the keys, the order and the types that were recorded."""

import json
import os
from pathlib import Path
from typing import Any, cast

import pytest
from rest_framework import serializers
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.searching import (
    EXTENSION,
    V1,
    V2,
    Everything,
    build_indexes,
    make_everything,
)
from course_discovery.api.tests.test_contract_keys import compare
from course_discovery.api.v1.shapes.search import ROWS as ROW_SHAPES
from course_discovery.api.v1.shapes.search import BriefRowShape
from course_discovery.api.v1.shapes.search_details import DETAILS as DETAIL_SHAPES
from course_discovery.core.models import Partner

ROWS = {
    "program": (
        "aggregation_key content_type card_image_url language marketing_url partner published "
        "status subtitle title type uuid authoring_organization_uuids authoring_organizations "
        "hidden is_program_eligible_for_one_click_purchase max_hours_effort_per_week "
        "min_hours_effort_per_week staff_uuids subject_uuids skill_names skills "
        "weeks_to_complete_max weeks_to_complete_min search_card_display is_2u_degree_program "
        "excluded_from_search excluded_from_seo"
    ),
    "person": (
        "aggregation_key content_type uuid salutation full_name bio bio_language "
        "profile_image_url position organizations partner"
    ),
    "learnerpathway": (
        "aggregation_key content_type uuid title status banner_image card_image overview "
        "published skills skill_names partner steps visible_via_association created"
    ),
}
LIMITED = {
    "course": "partner subject_uuids uuid key aggregation_key content_type",
    "courserun": (
        "partner authoring_organization_uuids subject_uuids uuid key aggregation_key content_type"
    ),
    "program": (
        "partner authoring_organization_uuids subject_uuids uuid aggregation_key content_type"
    ),
}
# Recorded sets of rows, and where ours are.
ADDRESSES = {
    "v1_all": f"{V1}/all/?include_learner_pathways=true",
    "v2_all": f"{V2}/all/?include_learner_pathways=true",
    "v1_all_detail_fields": f"{V1}/all/?content_type=course&detail_fields=1",
    "courses": f"{V1}/courses/",
    "course_runs": f"{V1}/course_runs/",
    "programs": f"{V1}/programs/",
    "people": f"{V1}/people/",
    "limited": f"{V1}/limited/",
    "details_all": f"{V1}/all/details/?include_learner_pathways=true&exclude_utm=1",
    "details_courses": f"{V1}/courses/details/",
    "details_course_runs": f"{V1}/course_runs/details/",
    "details_programs": f"{V1}/programs/details/",
    "details_people": f"{V1}/people/details/",
}
TYPES = {bool: "bool", int: "int", float: "float", str: "string", dict: "object"}


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    build_indexes()
    return made


def rows(client: APIClient, url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(url).json()["results"]
    return found


def test_rows_have_the_keys_of_the_contract_in_their_order(
    as_alice: APIClient, everything: Everything
) -> None:
    found = {row["content_type"]: list(row) for row in rows(as_alice, ADDRESSES["v1_all"])}
    placed = {row["content_type"]: list(row) for row in rows(as_alice, ADDRESSES["v2_all"])}
    for kind, keys in ROWS.items():
        assert found[kind] == keys.split()
        assert placed[kind] == [*keys.split(), "aggregation_uuid", "sort"]


def test_brief_rows_lack_what_their_kind_has_not(
    as_alice: APIClient, everything: Everything
) -> None:
    found = rows(as_alice, ADDRESSES["limited"])
    assert {row["content_type"]: list(row) for row in found} == {
        kind: keys.split() for kind, keys in LIMITED.items()
    }


DESCRIBED = {
    "v1_all": ROW_SHAPES,
    "v2_all": ROW_SHAPES,
    "v1_all_detail_fields": ROW_SHAPES,
    "limited": dict.fromkeys(LIMITED, BriefRowShape),
    "details_all": DETAIL_SHAPES,
}


def test_rows_are_as_they_are_described(as_alice: APIClient, everything: Everything) -> None:
    for name, described in DESCRIBED.items():
        for row in rows(as_alice, ADDRESSES[name]):
            is_described(row, described[row["content_type"]](), name)


def is_described(row: Any, shape: serializers.BaseSerializer[Any], where: str) -> None:
    """Assert that a value has the keys of a shape, but for optional ones, and null where it may."""
    if row is None:
        assert shape.allow_null, where
    elif isinstance(shape, serializers.ListSerializer):
        for each in row:
            is_described(each, cast(Any, shape.child), where)
    else:
        fields = cast(Any, shape).fields
        assert set(row) <= set(fields), where
        for name, field in fields.items():
            inside = f"{where}.{name}"
            if name not in row:
                assert not field.required, inside
            elif isinstance(field, serializers.BaseSerializer):
                is_described(row[name], field, inside)
            else:
                assert row[name] is not None or field.allow_null, inside


def shapes() -> dict[str, Any]:
    path = Path(os.environ.get("REFERENCE_DIR") or "") / "contract" / "search_shapes.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"array<{'|'.join(sorted({type_of(each) for each in value}))}>"
    return TYPES[type(value)]


def fits(value: Any, types: set[str]) -> bool:
    """Whether a value has one of the types; what may be empty there, and numbers, are alike."""
    found = type_of(value)
    if found in types or found in ("null", "array<>"):
        return True
    numbers = {"int", "float"}
    if found in numbers and types & numbers:
        return True
    # Of what is null or empty in all that was recorded, the type is not known.
    return types <= {"null", "array<>"} or (
        found.startswith("array<") and any(each.startswith("array<") for each in types)
        and not set(found[6:-1].split("|")) - {part for each in types if each.startswith("array<")
                                               for part in each[6:-1].split("|")} - {"null"}
    )  # fmt: skip


@needs_samples
def test_rows_are_as_recorded(as_alice: APIClient, everything: Everything) -> None:
    for name, recorded in shapes().items():
        body = as_alice.get(ADDRESSES[name]).json()
        assert list(body) == recorded["envelope"]
        found = {row["content_type"]: row for row in body["results"]}
        if name == "details_all":
            found.pop("person")  # 500 there
        assert found
        for kind, row in found.items():
            keys = recorded[kind]["keys"]
            assert list(row) == list(keys), f"{name}: {kind}"
            for key, value in row.items():
                types = set(keys[key]["types"])
                assert fits(value, types), f"{name}: {kind}.{key}: {value!r}"


@needs_samples
def test_what_stands_inside_rows_is_as_recorded(
    as_alice: APIClient, everything: Everything
) -> None:
    recorded = shapes()["v1_all"]
    found = rows(as_alice, ADDRESSES["v1_all"])
    for name in ("course.course_runs", "program.authoring_organizations", "learnerpathway.steps"):
        kind, _dot, key = name.partition(".")
        [inner, *_] = [each for row in found if row["content_type"] == kind for each in row[key]]
        assert list(inner) == list(recorded[name]["keys"]), name


SAMPLES = {
    "search_programs": f"{V1}/programs/",
    "search_people": f"{V1}/people/",
    "search_course_runs": f"{V1}/course_runs/",
    "search_courses": f"{V1}/courses/",
    "search_all_learner_pathways": (
        f"{V1}/all/?include_learner_pathways=true&content_type=learnerpathway"
    ),
    "search_all_details_programs": f"{V1}/all/details/?content_type=program",
    "search_courses_details": f"{V1}/courses/details/",
    "search_course_runs_details": f"{V1}/course_runs/details/",
    "search_single_unknown": f"{V1}/programs/00000000-0000-0000-0000-000000000000/",
    "search_all_page_past_end": f"{V1}/all/?page=9999",
    "search_all_facets_bad_query": f"{V1}/all/facets/?selected_query_facets=nope",
    "search_typeahead": f"{V1}/typeahead?q=phys",
    "search_typeahead_without_q": f"{V1}/typeahead",
    "person_typeahead": f"{V1}/person_typeahead/?q=given",
    "search_v2_after_last": f'{V2}/all/?search_after=[-9223372036854775808,"person:z"]',
}


@needs_samples
def test_answers_are_as_recorded(as_alice: APIClient, everything: Everything) -> None:
    for name, url in SAMPLES.items():
        recorded = json.loads(sample_path(name).read_text(encoding="utf-8"))
        answer = as_alice.get(url)
        assert answer.status_code == recorded["_status"], name
        if answer.status_code == 200:
            compare(bare(answer.json()), bare(recorded["body"]), name)
        else:
            assert answer.json() == recorded["body"], name


def bare(value: Any) -> Any:
    """A value without the notes in recorded ones, and without pictures, which not all have."""
    if isinstance(value, dict):
        return {
            key: bare(each)
            for key, each in value.items()
            if not key.startswith("_") and key not in ("profile_image", "banner_image")
        }
    return [bare(each) for each in value] if isinstance(value, list) else value


FACETS = {
    "search_all_facets": f"{V1}/all/facets/",
    "search_course_runs_facets": f"{V1}/course_runs/facets/",
    "search_programs_facets": f"{V1}/programs/facets/",
    "search_people_facets": f"{V1}/people/facets/",
    "search_v2_facets": f"{V2}/all/facets/",
    "search_extension_facets": EXTENSION,
}


@needs_samples
def test_facets_are_as_recorded(as_alice: APIClient, everything: Everything) -> None:
    for name, url in FACETS.items():
        recorded = bare(json.loads(sample_path(name).read_text(encoding="utf-8"))["body"])
        ours = as_alice.get(url).json()
        assert list(ours) == list(recorded), name
        # Facets have no order of their own there.
        assert sorted(ours["fields"]) == sorted(recorded["fields"]), name
        items = [each for buckets in ours["fields"].values() for each in buckets]
        like = next(each for buckets in recorded["fields"].values() for each in buckets)
        assert items
        assert all(list(each) == list(like) for each in items), name
        for query in ours["queries"].values():
            assert list(query) == list(recorded["queries"]["availability_current"])
        assert list(ours["objects"]) == list(recorded["objects"]), name
