"""Making courses over REST."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import as_bob, bob, course, north
from course_discovery.api.tests.course_writing import URL, new_course
from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, Organization

__all__ = ["as_bob", "bob", "course", "north"]


class TestCreating:
    """POST."""

    def test_a_course_is_a_draft_that_its_maker_edits(self, as_bob: APIClient, bob: User) -> None:
        answer = as_bob.post(URL, new_course(), format="json")
        assert answer.status_code == 201, answer.content
        body = answer.json()
        assert (body["key"], body["title"]) == ("NorthU+AST1", "Night skies")
        assert (body["editable"], body["url_slug"]) == (True, "night-skies")
        assert [owner["key"] for owner in body["owners"]] == ["NorthU"]
        (entitlement,) = body["entitlements"]
        assert (entitlement["mode"], entitlement["price"]) == ("verified", "49.99")
        assert [editor["user"]["id"] for editor in body["editors"]] == [bob.pk]
        assert body["product_source"]["slug"] == "edx"
        row = Course.everything.get(key="NorthU+AST1")
        assert (row.draft, Course.objects.count()) == (True, 0)
        assert as_bob.get(f"{URL}NorthU+AST1/").status_code == 404
        assert as_bob.get(f"{URL}NorthU+AST1/?editable=1").json() == body

    def test_prices_that_are_not_told_are_zero(self, as_bob: APIClient) -> None:
        body = as_bob.post(URL, new_course(prices={}), format="json").json()
        assert [each["price"] for each in body["entitlements"]] == ["0.00"]

    def test_slugs_that_are_taken_are_counted_on(self, as_bob: APIClient, course: Any) -> None:
        first = as_bob.post(URL, new_course(), format="json").json()
        second = as_bob.post(URL, new_course(number="AST2"), format="json").json()
        assert [first["url_slug"], second["url_slug"]] == ["night-skies", "night-skies-2"]


ERRORS: list[tuple[dict[str, Any], str]] = [
    ({"product_source": None}, "Failed to set data: Source matching query does not exist."),
    ({"product_source": "moon"}, "Failed to set data: Source matching query does not exist."),
    ({"title": None}, "Incorrect data sent. Missing value for: [title]."),
    (
        {"title": "", "number": None, "org": "NorthU", "type": None},
        "Incorrect data sent. Missing value for: [title]. Missing value for: [number]. "
        "Missing value for: [type].",
    ),
    (
        {"type": "17f0b6b0-0c9e-4b5c-8b3b-3d7a9b1a0a00"},
        "Incorrect data sent. Course Type [17f0b6b0-0c9e-4b5c-8b3b-3d7a9b1a0a00] does not exist.",
    ),
    (
        {"number": "A/B"},
        "Failed to set data: Special characters not allowed in Course Number.",
    ),
    ({"number": "A"}, "Failed to set data: A course with key [NorthU+A] already exists."),
    (
        {"url_slug": "art"},
        "Failed to set data: Course creation was unsuccessful. The course URL slug ‘[art]’ is "
        "already in use. Please update this field and try again.",
    ),
    (
        {"url_slug": "a/b"},
        "Failed to set data: Enter a valid “slug” consisting of letters, numbers, underscores or "
        "hyphens.",
    ),
]


@pytest.mark.parametrize(("change", "text"), ERRORS)
def test_what_is_refused_of_a_new_course(
    as_bob: APIClient, course: Any, change: dict[str, Any], text: str
) -> None:
    count = Course.everything.count()
    answer = as_bob.post(URL, new_course(**change), format="json")
    assert (answer.status_code, answer.json()) == (400, text)
    assert Course.everything.count() == count


def test_staff_are_told_of_unknown_organizations(as_sam: APIClient, north: Organization) -> None:
    answer = as_sam.post(URL, new_course(org="Moon"), format="json")
    assert answer.json() == "Incorrect data sent. Organization [Moon] does not exist."
    answer = as_sam.post(URL, new_course(org=None), format="json")
    assert answer.json() == "Incorrect data sent. Missing value for: [org]."
