"""Requests that are refused before they cost anything, each with a reason."""

from typing import Any
from urllib.parse import quote

import pytest
from rest_framework.test import APIClient

from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import CourseFactory

ALL = "/api/v1/search/all/"


@pytest.fixture
def course(partner: Any, indexes: Any) -> Course:
    return CourseFactory(partner=partner, key="NorthU+PHY101")


@pytest.mark.parametrize("resource", ["courses", "organizations"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_beyond_the_calendar_is_400(
    as_sam: APIClient, course: Course, resource: str, moment: str
) -> None:
    answer = as_sam.get(f"/api/v1/{resource}/?timestamp={quote(moment)}")
    assert answer.status_code == 400
    assert list(answer.json()) == ["timestamp"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"short_description": ["a phrase"] * 101}, "short_description"),
        ({"key": ["X"] * 20_000}, "key"),
        ({"start__gte": ["2020-01-01"] * 101}, "start__gte"),
        ({"aggregation_key": ["x"] * 10_001}, "aggregation_key"),
    ],
)
def test_more_values_than_are_looked_for_at_once_are_400(
    as_sam: APIClient, course: Course, body: dict[str, Any], field: str
) -> None:
    answer = as_sam.post(ALL, body, format="json")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_half_a_character_is_400(as_sam: APIClient, course: Course) -> None:
    body = '{"level_type": "\\ud800"}'
    answer = as_sam.post(ALL, body, content_type="application/json")
    assert answer.status_code == 400
    assert "level_type" in answer.json()["detail"]


def test_many_repeated_keys_of_a_form_are_read(as_sam: APIClient, course: Course) -> None:
    body = "&".join(f"aggregation_key=course:X%2B{number}" for number in range(3_000))
    answer = as_sam.post(ALL, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_a_body_that_is_too_large_is_400_in_json(as_sam: APIClient, course: Course) -> None:
    answer = as_sam.post(ALL, "x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413}
    assert answer.json()["detail"]


def test_a_host_that_is_not_served_is_400_in_json(
    as_sam: APIClient, course: Course, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["discovery.example.com"]
    answer = as_sam.get("/api/v1/courses/", headers={"Host": "evil.example.com"})
    assert (answer.status_code, answer.json()) == (400, {"detail": "This host is not served."})


def test_the_documentation_can_only_be_read(anonymous: APIClient) -> None:
    assert anonymous.options("/api-docs/").status_code == 405


def test_a_dotted_field_keeps_its_parent(as_sam: APIClient, course: Course) -> None:
    body = as_sam.get("/api/v1/courses/NorthU+PHY101/?fields=key,owners.key").json()
    assert list(body) == ["key", "owners"]


def test_a_bad_position_says_so_in_our_words(as_sam: APIClient, course: Course) -> None:
    answer = as_sam.get("/api/v2/search/all/", {"search_after": "[" * 5_000})
    assert answer.json() == {"search_after": ["Must be JSON."]}
