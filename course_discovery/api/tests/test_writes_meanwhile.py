"""Writes of what others delete or change meanwhile, and bodies that no answer could repeat."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in
from course_discovery.api.v1 import course_write
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.operations import course as course_operations
from course_discovery.publisher.operations.course_run import deleting, editing
from course_discovery.publisher.tests.course_runs import draft_course, run_of
from course_discovery.publisher.tests.people import person, works_for

COURSE = "/api/v1/courses/NorthU+PHY1/"
RUN = "/api/v1/course_runs/course-v1:NorthU+PHY1+1/"
DELETED = {
    "run": lambda: CourseRun.everything.all().delete(),
    "course": lambda: Course.everything.all().delete(),
}


@pytest.fixture
def course(partner: Partner) -> Course:
    return draft_course(OrganizationFactory(partner=partner, key="NorthU"))


def deletes_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, what: str) -> None:
    """Let another person delete something right after the write has looked at it."""
    real: Callable[..., Any] = getattr(module, name)

    def looks(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        DELETED[what]()
        return found

    monkeypatch.setattr(module, name, looks)


@pytest.mark.parametrize(
    ("verb", "address", "body", "module", "look", "what"),
    [
        ("patch", COURSE, {"title": "X"}, course_operations, "may_edit_course", "course"),
        ("patch", COURSE, {"title": "X", "draft": False}, course_operations, "_write", "course"),
        ("patch", RUN, {"title": "X"}, editing, "_write", "run"),
        ("delete", RUN, None, deleting, "locked_run_rows", "run"),
        ("delete", RUN, None, deleting, "locked_run_rows", "course"),
    ],
)
def test_what_is_deleted_meanwhile_is_404(
    as_sam: APIClient, course: Course, monkeypatch: pytest.MonkeyPatch,
    verb: str, address: str, body: Any, module: Any, look: str, what: str,
) -> None:  # fmt: skip
    run_of(course, "unpublished")
    deletes_after(monkeypatch, module, look, what)
    answer = getattr(as_sam, verb)(address, body, format="json")
    assert answer.status_code == 404, answer.content
    assert list(answer.json()) == ["detail"]


class TestDeletingACourse:
    """Under the condition that it is what was read."""

    def test_one_that_was_changed_since_stays(self, as_sam: APIClient, course: Course) -> None:
        read = as_sam.get(f"{COURSE}?editable=1")["ETag"]
        as_sam.patch(COURSE, {"title": "Another"}, format="json")
        answer = as_sam.delete(COURSE, headers={"If-Match": read})
        assert (answer.status_code, list(answer.json())) == (412, ["detail"])
        assert Course.everything.exists()

    def test_one_that_was_not_goes(self, as_sam: APIClient, course: Course) -> None:
        read = as_sam.get(f"{COURSE}?editable=1")["ETag"]
        assert as_sam.delete(COURSE, headers={"If-Match": read}).status_code == 204
        assert not Course.everything.exists()

    def test_it_is_asked_under_the_lock(
        self, as_sam: APIClient, course: Course, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = as_sam.get(f"{COURSE}?editable=1")["ETag"]

        def later(**told: Any) -> None:
            as_sam.patch(COURSE, {"title": "Another"}, format="json")
            course_operations.delete_course(**told)

        monkeypatch.setattr(course_write, "delete_course", later)
        assert as_sam.delete(COURSE, headers={"If-Match": read}).status_code == 412
        assert Course.everything.exists()


@pytest.mark.parametrize(
    "body",
    [
        '{"org": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"prices": {"\\ud800": "x"}}',
        '[{"a": ["\\ud800"]}]',
    ],
)
@pytest.mark.parametrize(
    ("verb", "address"),
    [
        ("post", "/api/v1/courses/"),
        ("patch", COURSE),
        ("put", COURSE),
        ("post", "/api/v1/course_runs/"),
        ("patch", RUN),
        ("post", "/api/v1/collaborators/"),
        ("post", "/api/v1/course_editors/"),
        ("post", "/api/v1/catalogs/"),
        ("post", "/api/v1/learner-pathway/"),
    ],
)
def test_half_a_character_is_400(
    as_sam: APIClient, course: Course, verb: str, address: str, body: str
) -> None:
    run_of(course, "unpublished")
    answer = getattr(as_sam, verb)(address, body, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert "half of a surrogate pair is no character" in answer.json()["detail"]


def test_both_halves_are_one_character(as_sam: APIClient, course: Course) -> None:
    body = '{"title": "\\ud83d\\ude00"}'
    answer = as_sam.patch(COURSE, body, content_type="application/json")
    assert answer.json()["title"] == "\N{GRINNING FACE}"


def test_course_teams_are_told_of_a_course_that_went(
    partner: Partner, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    carol = works_for(person("carol"), course.authoring_organizations.get())
    deletes_after(monkeypatch, course_operations, "may_edit_course", "course")
    answer = signed_in(carol).patch(COURSE, {"title": "X"}, format="json")
    assert answer.status_code == 404
