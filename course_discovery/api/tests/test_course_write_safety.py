"""Writing courses: lost updates, errors as problems, what means harm, and what a write costs."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import as_bob, bob, course, north
from course_discovery.api.tests.course_writing import URL, edited, new_course, patch
from course_discovery.api.tests.drafts import run_with_draft, signed_in
from course_discovery.api.v1.course_body import CourseBody, NewCourseBody
from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory
from course_discovery.publisher.operations.course import edit_course
from course_discovery.publisher.roles import may_edit_course
from course_discovery.publisher.tests.people import person, works_for

__all__ = ["as_bob", "bob", "course", "north"]

Rows = tuple[Course, Course]
ADDRESS = f"{URL}NorthU+A/"


def write(client: APIClient, etag: str, **body: Any) -> Any:
    return client.patch(ADDRESS, body, format="json", headers={"If-Match": etag})


class TestLostUpdates:
    """Two editors at the same course."""

    @pytest.fixture
    def as_carol(self, north: Organization) -> APIClient:
        return signed_in(works_for(person("carol"), north))

    def test_both_win_with_different_fields(
        self, as_bob: APIClient, as_carol: APIClient, course: Rows
    ) -> None:
        edited(as_bob, title="Bob's")
        edited(as_carol, outcome="Carol's")
        body = as_bob.get(f"{ADDRESS}?editable=1").json()
        assert (body["title"], body["outcome"]) == ("Bob's", "Carol's")

    def test_a_stale_write_is_412(
        self, as_bob: APIClient, as_carol: APIClient, course: Rows
    ) -> None:
        etag = as_bob.get(f"{ADDRESS}?editable=1&exclude_utm=1")["ETag"]
        edited(as_carol, title="Carol's")
        answer = write(as_bob, etag, title="Bob's")
        assert answer.status_code == 412
        assert list(answer.json()) == ["detail"]
        assert Course.everything.get(pk=course[0].pk).title == "Carol's"
        etag = as_bob.get(f"{ADDRESS}?editable=1")["ETag"]
        first = write(as_bob, etag, title="Bob's")
        assert first.status_code == 200
        assert write(as_bob, etag, title="Again").status_code == 412
        assert write(as_bob, first["ETag"], title="Again").status_code == 200
        assert (
            write(as_bob, f'"no", {as_bob.get(ADDRESS + "?editable=1")["ETag"]}').status_code == 200
        )

    def test_reading_by_another_name_tells_the_same_state(
        self, as_bob: APIClient, course: Rows
    ) -> None:
        address = f"{URL}{course[0].uuid}/?editable=1&fields=title&include_restricted=custom-b2c"
        etag = as_bob.get(address)["ETag"]
        assert write(as_bob, etag, title="Bob's").status_code == 200

    def test_a_first_edit_of_an_official_row_can_be_conditional(
        self, as_bob: APIClient, north: Organization
    ) -> None:
        CourseFactory(partner=north.partner, key="NorthU+A", organizations=[north])
        etag = as_bob.get(f"{ADDRESS}?editable=1")["ETag"]
        assert write(as_bob, etag, title="Bob's").status_code == 200
        assert write(as_bob, etag, title="Bob's").status_code == 412

    @pytest.mark.parametrize(
        ("etag", "status"), [("*", 200), ('"x"', 412), ("x", 412), ("", 412), ('W/"x"', 412)]
    )
    def test_other_tags(self, as_bob: APIClient, course: Rows, etag: str, status: int) -> None:
        assert write(as_bob, etag, title="X").status_code == status

    def test_it_is_asked_under_the_lock(
        self, as_bob: APIClient, course: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever was faster between the first look and the lock is not overwritten."""
        etag = as_bob.get(f"{ADDRESS}?editable=1")["ETag"]

        def later(user: User, row: Course) -> bool:
            monkeypatch.undo()
            edited(as_bob, title="Faster")
            return may_edit_course(user, row)

        module = "course_discovery.publisher.operations.course"
        monkeypatch.setattr(f"{module}.may_edit_course", later)
        assert write(as_bob, etag, title="Slower").status_code == 412
        assert Course.everything.get(pk=course[0].pk).title == "Faster"


class TestGone:
    """A course that somebody deletes while another one writes it."""

    @pytest.fixture
    def new(self, north: Organization) -> Course:
        made: Course = CourseFactory(
            partner=north.partner, key="NorthU+N", draft=True, organizations=[north]
        )
        return made

    def test_before_the_edit(
        self, as_bob: APIClient, new: Course, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def goes(*args: Any) -> bool:
            Course.everything.filter(pk=new.pk).delete()
            return True

        module = "course_discovery.publisher.operations.course"
        monkeypatch.setattr(f"{module}.may_edit_course", goes)
        assert patch(as_bob, "NorthU+N", title="Late").status_code == 404
        assert not Course.everything.exists()

    def test_before_the_answer(
        self, as_bob: APIClient, new: Course, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def edit(**options: Any) -> Course:
            edited = edit_course(**options)
            Course.everything.filter(pk=new.pk).delete()
            return edited

        monkeypatch.setattr("course_discovery.api.v1.course_write.edit_course", edit)
        assert patch(as_bob, "NorthU+N", title="Late").status_code == 404

    def test_before_its_new_run_is_written(
        self, as_bob: APIClient, new: Course, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def goes(*args: Any, **options: Any) -> str:
            Course.everything.filter(pk=new.pk).delete()
            return "1T2037"

        monkeypatch.setattr("course_discovery.publisher.operations.course_run_key.free_term", goes)
        run_type = CourseRunType.objects.get(slug="verified-audit")
        body = {
            "course": "NorthU+N", "start": "2037-02-01T00:00:00Z", "end": "2037-06-01T00:00:00Z",
            "run_type": str(run_type.uuid),
        }  # fmt: skip
        answer = as_bob.post("/api/v1/course_runs/", body, format="json")
        assert answer.status_code == 400
        assert answer.json() == "Failed to set course run data: There is no course NorthU+N."
        assert not CourseRun.everything.exists()


class TestProblems:
    """`Accept: application/problem+json`."""

    def problem(self, answer: Any) -> Any:
        assert answer["Content-Type"] == "application/problem+json"
        return answer.json()

    def test_each_field_is_named(self, as_bob: APIClient, course: Rows) -> None:
        as_bob.credentials(HTTP_ACCEPT="application/json, application/problem+json")
        told: dict[str, Any] = {
            "type": "x",
            "prices": {"verified": "x"},
            "in_year_value": {"per_lead_usa": "y"},
        }
        found = self.problem(patch(as_bob, **told))
        assert (found["status"], found["title"]) == (400, "Bad Request")
        assert [each["pointer"] for each in found["errors"]] == [
            "#/type", "#/prices/verified", "#/in_year_value/per_lead_usa",
        ]  # fmt: skip
        assert found["detail"].startswith("Failed to set data: type: ")
        assert edited(as_bob, title="X")["title"] == "X"

    def test_of_a_new_course_too(self, as_bob: APIClient, course: Rows) -> None:
        as_bob.credentials(HTTP_ACCEPT="application/problem+json")
        answer = as_bob.post(URL, new_course(title="", number=""), format="json")
        assert [each["pointer"] for each in self.problem(answer)["errors"]] == [
            "#/title", "#/number",
        ]  # fmt: skip
        answer = as_bob.post(URL, new_course(), format="json")
        assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")

    def test_other_refusals_are_problems_as_well(self, as_bob: APIClient, course: Rows) -> None:
        as_bob.credentials(HTTP_ACCEPT="application/problem+json")
        assert self.problem(patch(as_bob, "NorthU+Z", title="x"))["status"] == 404
        assert self.problem(as_bob.delete(ADDRESS))["status"] == 409
        assert self.problem(write(as_bob, '"x"'))["title"] == "Precondition Failed"


XSS = "<p onclick='x()'>a<script>x()</script><a href='javascript:x()'>b</a></p>"


def test_html_is_cleaned(as_bob: APIClient, course: Rows) -> None:
    names = (
        "short_description", "full_description", "outcome", "prerequisites_raw", "syllabus_raw",
        "faq", "learner_testimonials",
    )  # fmt: skip
    body = edited(as_bob, **dict.fromkeys(names, XSS))
    assert {body[name] for name in names} == {"<p>a<a>b</a></p>"}
    # What is clean already is no change.
    edited(as_bob, **dict.fromkeys(names, XSS))


@pytest.mark.parametrize(
    "body",
    ["[]", "null", "1", '"x"', "{", "", "[" * 60, '{"title": "\\ud800"}', '{"title": "\\u0000"}'],
)
@pytest.mark.parametrize("verb", ["post", "patch", "put"])
def test_bodies_that_are_no_course_are_400(
    as_bob: APIClient, course: Rows, verb: str, body: str
) -> None:
    address = URL if verb == "post" else ADDRESS
    answer = getattr(as_bob, verb)(address, body, content_type="application/json")
    assert answer.status_code in ((400,) if body else (200, 400)), answer.content


def test_forms_are_not_taken(as_bob: APIClient, course: Rows) -> None:
    for form in ("title=x", ""):
        kind = "application/x-www-form-urlencoded"
        answer = as_bob.patch(ADDRESS, form, content_type=kind)
        assert answer.status_code in (415, 200)
    assert Course.everything.get(pk=course[0].pk).title == "Art"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
    | st.sampled_from(["", "1", "NaN", "9999-12-31T23:59:59-23:00", "é" * 300, "a@b.c"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["src", "lat", "lng", "location_name", "restriction_type", "countries", "states",
             "per_lead_usa", "facts", "heading", "start_date", "verified", "product_meta",
             "keywords", "variant_id", "external_url", "start", "end", "run_type"]
        ),
        inner, max_size=4,
    ),
    max_leaves=9,
)  # fmt: skip
NAMES = sorted({*CourseBody().fields, "key", "partner"})
NEW_NAMES = sorted(NewCourseBody().fields)


@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(told=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_no_garbage_breaks_an_edit(as_bob: APIClient, course: Rows, told: dict[str, Any]) -> None:
    answer = as_bob.patch(ADDRESS, _json(told), content_type="application/json")
    assert answer.status_code in (200, 400), answer.content


@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(told=st.dictionaries(st.sampled_from(NEW_NAMES), VALUES, max_size=4))
def test_no_garbage_breaks_making(as_sam: APIClient, course: Rows, told: dict[str, Any]) -> None:
    body = {**new_course(), **told}
    answer = as_sam.post(URL, _json(body), content_type="application/json")
    assert answer.status_code in (201, 400), answer.content


def _json(told: Any) -> str:
    return json.dumps(told)


@pytest.mark.parametrize(
    "told",
    [
        {"title": "T" * 256}, {"level_type": "None such"}, {"subjects": ["none-such"]},
        {"collaborators": ["11111111-1111-1111-1111-111111111111"]}, {"product_source": "none"},
        {"type": "11111111-1111-1111-1111-111111111111"}, {"watchers": ["nobody"]},
        {"key_for_reruns": "nonsense"}, {"card_image_url": "javascript:x()"},
        {"video": {"src": "ftp://x"}}, {"video": "x"}, {"subjects": "x"}, {"topics": ["t" * 300]},
        {"geolocation": {"lat": "91", "lng": "1", "location_name": "x"}},
        {"location_restriction": {"restriction_type": "allowlist", "countries": ["XX"]}},
        {"in_year_value": {"per_click_usa": 2**31}}, {"prices": {"verified": "100000000"}},
        {"organization_logo_override": "data:image/gif;base64,R0lGODlhAQABAAAAACw="},
    ],
)  # fmt: skip
def test_bad_values_are_400_and_nothing_is_written(
    as_bob: APIClient, course: Rows, told: dict[str, Any]
) -> None:
    answer = patch(as_bob, **{"title": "Written", **told})
    assert answer.status_code == 400, answer.content
    assert answer.json().startswith("Failed to set data: "), answer.content
    assert next(iter(told)) in answer.json()
    assert Course.everything.get(pk=course[0].pk).title == "Art"


def test_a_write_costs_the_same_whatever_the_number_of_runs(
    as_bob: APIClient, course: Rows, bob: User
) -> None:
    def cost(title: str) -> int:
        CourseRun.everything.update(status="reviewed")
        with CaptureQueriesContext(connection) as queries:
            edited(as_bob, title=title)
        return len(queries)

    run_with_draft(course)
    cost("First")
    few = cost("Second")
    for number in range(2, 12):
        run_with_draft(course, str(number))
    # Entries of the change log go in batches.
    assert cost("Third") <= few + 2
    assert few < 90
