"""Who writes course runs: persons by verbs by states, over operations and over REST."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType
from course_discovery.course_metadata.operations.drafts import HasOfficialRow
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.deleting import delete_course_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.refusals import InReview
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.tests.course_runs import NOW, draft_course, run_of
from course_discovery.publisher.tests.persons import PERSONS, cast

URL = "/api/v1/course_runs/"
STATES = ("unpublished", "review_by_legal", "review_by_internal", "reviewed", "published")
REVIEWS = ("review_by_legal", "review_by_internal")
STAFF = {"sam", "paula"}
EDITORS = {"carol", *STAFF}
# Who may do what in which state; reviews by the status that is told.
MAY: dict[str, Callable[[str], set[str]]] = {
    "edit": lambda state: set() if state in REVIEWS else EDITORS,
    "submit": lambda state: set() if state in REVIEWS else EDITORS,
    "delete": lambda state: set() if state in ("reviewed", "published") else EDITORS,
    "review_by_internal": lambda state: {
        "review_by_legal": {"lena", *STAFF}, "review_by_internal": {"connie", *STAFF},
    }.get(state, set()),
    "reviewed": lambda state: {
        "review_by_legal": STAFF, "review_by_internal": {"connie", *STAFF},
    }.get(state, set()),
}  # fmt: skip


@pytest.fixture
def course(partner: Partner) -> Course:
    return draft_course(OrganizationFactory(partner=partner, key="NorthU"))


@pytest.fixture
def people(course: Course) -> dict[str, Any]:
    return cast(course.authoring_organizations.get(), course)


def operate(verb: str, run: CourseRun, by: Any) -> None:
    if verb in ("edit", "submit"):
        told = ToldRun(values={"title": "Another"}, submitted=verb == "submit")
        edit_course_run(run=run, told=told, by=by, now=NOW)
    elif verb == "delete":
        delete_course_run(run=run, by=by, now=NOW)
    else:
        review_course_run(run=run, status=verb, embargo={}, by=by, now=NOW)


def call(verb: str, run: CourseRun, by: Any) -> int:
    client = APIClient()
    if not by.is_anonymous:
        client.force_authenticate(by)
    address = f"{URL}{run.key}/"
    if verb == "delete":
        return client.delete(address).status_code
    bodies: dict[str, Any] = {
        "edit": {"title": "Another"}, "submit": {"title": "Another", "draft": False},
    }  # fmt: skip
    return client.patch(address, bodies.get(verb, {"status": verb})).status_code


def done(verb: str, state: str, run: CourseRun) -> bool:
    """Whether the verb did what it does."""
    found = CourseRun.everything.filter(pk=run.pk).first()
    if verb == "delete":
        return found is None
    assert found is not None
    if verb in ("edit", "submit"):
        return found.title_override == "Another"
    return found.status == verb and (state, verb) != ("reviewed", "reviewed")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", MAY)
def test_operations(verb: str, state: str, course: Course, people: dict[str, Any]) -> None:
    for number, name in enumerate(PERSONS):
        run = run_of(course, state, str(number))
        if name in MAY[verb](state):
            operate(verb, run, people[name])
            continue
        with pytest.raises((PermissionDenied, InReview, HasOfficialRow)):
            operate(verb, run, people[name])
        found = CourseRun.everything.get(pk=run.pk)
        assert (found.status, found.title_override) == (state, None), name


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", MAY)
def test_rest(verb: str, state: str, course: Course, people: dict[str, Any]) -> None:
    for number, name in enumerate(PERSONS):
        run = run_of(course, state, str(number))
        status = call(verb, run, people[name])
        may = name in MAY[verb](state)
        assert status == (200 if may and verb != "delete" else refusal(verb, state, name, may)), (
            name
        )
        if may:
            assert done(verb, state, run) or state == verb, name
            continue
        found = CourseRun.everything.get(pk=run.pk)
        assert (found.status, found.title_override) == (state, None), name


def refusal(verb: str, state: str, name: str, may: bool) -> int:
    """What those are told who may not, and who deletes."""
    if name == "anonymous":
        return 401
    if name in ("alice", "root"):  # in no group
        return 403
    if name == "frank" and not may:
        return 404 if name in IN_GROUPS else 403
    if name not in EDITORS:
        return 404
    if verb == "delete":
        return 204 if may else 409
    if state in REVIEWS:
        return 403
    return 200  # a status that nobody may tell now is ignored


IN_GROUPS = {"bob", "carol", "dave", "erin", "lena", "connie"}


@pytest.mark.parametrize("name", PERSONS)
def test_making_a_run(name: str, course: Course, people: dict[str, Any]) -> None:
    may = {"bob", "carol", "erin", "connie", *STAFF}
    run_type = CourseRunType.objects.get(slug="audit")
    client = APIClient()
    if name != "anonymous":
        client.force_authenticate(people[name])
    expected = 201 if name in may else {"anonymous": 401}.get(name, 403)
    if name == "root":
        expected = 201  # superusers have every right that Django knows, to add runs among them
    told: Any = {"start": "2027-02-01T00:00:00Z", "end": "2027-06-01T00:00:00Z"}
    body = {**told, "course": course.key, "run_type": str(run_type.uuid)}
    assert client.post(URL, body).status_code == expected
    assert CourseRun.everything.count() == (expected == 201)
    values: Any = {"start": NOW, "end": NOW, "run_type": run_type.uuid}

    def make() -> None:
        create_course_run(
            partner=course.partner, course_key=course.key, told=ToldRun(values=values),
            by=people[name], now=NOW,
        )  # fmt: skip

    if expected == 201:
        make()
    else:
        with pytest.raises(PermissionDenied):
            make()


def test_runs_of_other_partners_are_not_there(partner: Partner) -> None:
    other = draft_course(key="SouthU+X1")
    run = run_of(other, "unpublished")
    sam = cast(other.authoring_organizations.get())["sam"]
    assert call("edit", run, sam) == 404
    assert call("delete", run, sam) == 404
