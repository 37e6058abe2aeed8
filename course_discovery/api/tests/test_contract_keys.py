"""Every key of the contract is served, in its order, with its type."""

import json
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.v1.nested import LevelTypeShape, OrganizationShape, SubjectShape
from course_discovery.api.v1.shapes.course import CourseShape
from course_discovery.api.v1.shapes.course_run import CourseRunFullShape, CourseRunShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    OrganizationFactory,
    SeatFactory,
    SubjectFactory,
)


@pytest.fixture
def catalog(partner: Partner) -> None:
    course = CourseFactory(
        partner=partner,
        key="NorthU+PHY101",
        organizations=[OrganizationFactory(partner=partner, key="NorthU")],
        subjects_in_order=[SubjectFactory(partner=partner, slug="physics")],
        level_type=LevelTypeFactory(name="Introductory"),
    )
    CourseEntitlementFactory(course=course)
    SeatFactory(course_run=CourseRunFactory(course=course, key="course-v1:NorthU+PHY101+1"))


RESOURCES = {
    "courses": (CourseShape, "course_detail"),
    "course_runs": (CourseRunFullShape, "course_run_detail"),
    "organizations": (OrganizationShape, "organization_detail"),
    "subjects": (SubjectShape, "subject_detail"),
    "level_types": (LevelTypeShape, "level_type_detail"),
}


def served(client: APIClient, resource: str) -> dict[str, Any]:
    body: dict[str, Any] = client.get(f"/api/v1/{resource}/").json()["results"][0]
    return body


@pytest.mark.parametrize("resource", RESOURCES)
def test_answers_have_the_keys_of_their_shape(
    as_sam: APIClient, catalog: None, resource: str
) -> None:
    shape, _sample = RESOURCES[resource]
    answer = served(as_sam, resource)
    fits(answer, shape(), resource)


def fits(answer: Any, shape: serializers.BaseSerializer[Any], where: str) -> None:
    """Assert that an answer has exactly the keys of a declared shape, nested ones too."""
    if answer is None:
        assert shape.allow_null, where
        return
    if isinstance(shape, serializers.ListSerializer):
        child = shape.child
        assert isinstance(child, serializers.BaseSerializer)
        for each in answer:
            fits(each, child, where)
        return
    assert isinstance(shape, serializers.Serializer)
    assert sorted(answer) == sorted(shape.fields), where
    for name, field in shape.fields.items():
        if isinstance(field, serializers.BaseSerializer):
            fits(answer[name], field, f"{where}.{name}")
        elif answer[name] is None:
            assert field.allow_null, f"{where}.{name}"


def test_runs_inside_courses_have_no_programs(as_sam: APIClient, catalog: None) -> None:
    assert sorted(served(as_sam, "courses")["course_runs"][0]) == sorted(CourseRunShape().fields)


@needs_samples
@pytest.mark.parametrize("resource", RESOURCES)
def test_keys_order_and_types_are_those_recorded(
    as_sam: APIClient, catalog: None, resource: str
) -> None:
    path = sample_path(RESOURCES[resource][1])
    recorded = json.loads(path.read_text(encoding="utf-8"))["body"]
    compare(served(as_sam, resource), recorded, resource)


def compare(ours: Any, recorded: Any, where: str) -> None:
    """Assert the same keys in the same order and, where both have a value, the same types."""
    if isinstance(ours, dict) and isinstance(recorded, dict):
        assert list(ours) == list(recorded), where
        for key in ours:
            compare(ours[key], recorded[key], f"{where}.{key}")
    elif isinstance(ours, list) and isinstance(recorded, list):
        if ours and recorded:
            compare(ours[0], recorded[0], f"{where}[]")
    elif ours is not None and recorded is not None:
        numbers = (int, float)
        same = isinstance(ours, numbers) and isinstance(recorded, numbers)
        assert same or type(ours) is type(recorded), where
