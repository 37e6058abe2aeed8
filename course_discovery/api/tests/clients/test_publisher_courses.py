"""The front end of course teams: it makes a course, fills it, and publishes it anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import as_bob, bob, course, north
from course_discovery.api.tests.course_writing import PNG
from course_discovery.api.tests.drafts import run_with_draft
from course_discovery.course_metadata.models import Course, Organization
from course_discovery.course_metadata.tests.factories import LevelTypeFactory, SubjectFactory

__all__ = ["as_bob", "bob", "course", "north"]

URL = "/api/v1/courses/"
QUERY = "?exclude_utm=1&include_restricted=custom-b2b-enterprise,custom-b2c"


def option(client: APIClient, name: str) -> dict[str, Any]:
    """The type of courses of this name, as the front end finds it."""
    fields = client.options(f"{URL}?editable=1").json()["actions"]["POST"]
    return next(each for each in fields["type"]["type_options"] if each["name"] == name)


def new_body(client: APIClient, **more: Any) -> dict[str, Any]:
    chosen = option(client, "Verified and Audit")
    return {
        "org": "NorthU", "title": "Night skies", "number": "AST1", "product_source": "edx",
        "url_slug": "", "type": chosen["uuid"], "prices": {"verified": "149"},
        "course_run": {
            "pacing_type": "instructor_paced", "start": "2027-03-01T00:00:00Z",
            "end": "2027-06-01T00:00:00Z", "term": "",
            "run_type": chosen["course_run_types"][-1]["uuid"], **more,
        },
    }  # fmt: skip


def test_a_course_with_its_first_run(as_bob: APIClient, north: Organization) -> None:
    answer = as_bob.post(URL, new_body(as_bob), format="json")
    assert answer.status_code == 201, answer.content
    body = answer.json()
    (run,) = body["course_runs"]
    assert run["key"] == "course-v1:NorthU+AST1+1T2027"
    assert {seat["type"]: seat["price"] for seat in run["seats"]} == {
        "audit": "0.00", "verified": "149.00",
    }  # fmt: skip
    assert body["canonical_course_run_key"] == run["key"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"start": "2028-01-01T00:00:00Z"}, "start"),
        ({"start": None}, "start"),
        ({"run_type": "x"}, "run_type"),
        ({"run_type": "11111111-1111-1111-1111-111111111111"}, ""),
    ],
)
def test_a_bad_first_run_leaves_no_course(
    as_bob: APIClient, north: Organization, more: dict[str, Any], field: str
) -> None:
    answer = as_bob.post(URL, new_body(as_bob, **more), format="json")
    assert answer.status_code == 400, answer.content
    assert answer.json().startswith("Failed to set data: Failed to set course run data: ")
    assert field in answer.json()
    assert not Course.everything.exists()


def test_the_form_of_a_course(
    as_bob: APIClient, north: Organization, course: tuple[Course, Course]
) -> None:
    run_with_draft(course, end=timezone.now() + timedelta(days=30))
    SubjectFactory(partner=north.partner, slug="music")
    LevelTypeFactory(name="Introductory")
    address = f"{URL}{course[0].uuid}/"
    chosen = option(as_bob, "Verified and Audit")
    form = {
        "additional_information": "", "faq": "<p>Q</p>", "full_description": "<p>Full</p>",
        "image": PNG, "key": "NorthU+A", "learner_testimonials": "", "level_type": "Introductory",
        "outcome": "<p>O</p>", "prerequisites_raw": "", "prices": {"verified": "99.00"},
        "short_description": "<p>S</p>", "subjects": ["music"], "syllabus_raw": "",
        "title": "Art now", "type": chosen["uuid"], "url_slug": "art-now",
        "uuid": str(course[0].uuid), "video": {"src": "https://video.example/1"},
        "collaborators": [], "topics": ["painting"], "watchers": [], "location_restriction": {
            "restriction_type": None, "countries": None, "states": None,
        }, "geolocation": {"location_name": "", "lng": None, "lat": None},
        "additional_metadata": None, "in_year_value": None, "organization_logo_override": None,
        "organization_short_code_override": "", "course_runs": [], "draft": True,
    }  # fmt: skip
    answer = as_bob.patch(f"{address}{QUERY}", form, format="json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["title"] == "Art now"
    assert as_bob.get(address).json()["title"] == "Art"
    answer = as_bob.patch(f"{address}{QUERY}", {**form, "image": "", "draft": False}, format="json")
    assert answer.status_code == 200, answer.content
    shown = as_bob.get(address).json()
    assert (shown["title"], shown["url_slug"], shown["level_type"]) == (
        "Art now", "art-now", "Introductory",
    )  # fmt: skip
    assert [each["slug"] for each in shown["subjects"]] == ["music"]
    assert [each["price"] for each in shown["entitlements"]] == ["99.00"]
    assert shown["image"]["src"] == answer.json()["image"]["src"]
    again = as_bob.patch(f"{address}{QUERY}", {**form, "image": "", "draft": False}, format="json")
    assert again.json()["has_unpublished_changes"] is False
