"""A draft run against its official row."""

from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.tests.factories import CourseRunFactory, OrganizationFactory
from course_discovery.publisher.tests.persons import cast

URL = "/api/v1/course_runs/"


def test_differences_are_told_field_by_field(partner: Partner, as_sam: APIClient) -> None:
    courses = with_draft(OrganizationFactory(partner=partner, key="NorthU"), "NorthU+PHY1")
    draft, _official = run_with_draft(courses)
    body = as_sam.get(f"{URL}{draft.key}/diff/").json()
    assert (body["differences"], body["is_official"]) == ([], True)
    CourseRun.everything.filter(pk=draft.pk).update(title_override="New", hidden=True)
    body = as_sam.get(f"{URL}{draft.uuid}/diff/").json()
    assert body["differences"] == [
        {"field": "title", "draft": "New", "official": "NorthU+PHY1"},
        {"field": "hidden", "draft": True, "official": False},
    ]
    assert (body["submission"]["status"], body["submission"]["publishes"]) == ("published", True)
    new = CourseRunFactory(course=courses[0], status="review_by_legal")
    body = as_sam.get(f"{URL}{new.key}/diff/").json()
    assert (body["is_official"], body["submission"]) == (False, None)
    assert {"field": "key", "draft": new.key, "official": None} in body["differences"]


def test_differences_are_for_those_who_edit_or_review(partner: Partner) -> None:
    north = OrganizationFactory(partner=partner, key="NorthU")
    courses = with_draft(north, "NorthU+PHY1")
    draft, _official = run_with_draft(courses)
    for name, user in cast(north, courses[0]).items():
        client = APIClient() if user.is_anonymous else signed_in(user)
        may = {"anonymous": 401, **dict.fromkeys(("carol", "connie", "sam", "paula"), 200)}
        answer = client.get(f"{URL}{draft.key}/diff/")
        assert answer.status_code == may.get(name, 404), name
