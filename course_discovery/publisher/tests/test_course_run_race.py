"""Several persons who write the runs of a course at the same moment."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from course_discovery.course_metadata.models import CourseRun, CourseRunType
from course_discovery.course_metadata.operations.course_run_status import put_live
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.tests.course_runs import NOW, draft_course, run_of, statuses
from course_discovery.publisher.tests.people import person

WRITERS, ROUNDS = 4, 8
pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite has one writer at a time: no two operations can overlap",
    ),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or what it raised of what it may raise."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except (Refusal, PermissionDenied) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_new_runs_get_different_keys() -> None:
    course = draft_course()
    sam = person("sam", is_staff=True)
    run_type = CourseRunType.objects.get(slug="audit")
    values: Any = {"start": NOW, "end": NOW, "run_type": run_type.uuid}

    def make() -> str:
        return create_course_run(
            partner=course.partner, course_key=course.key, told=ToldRun(values=values),
            by=sam, now=NOW,
        ).key  # fmt: skip

    keys = at_once(*[make] * WRITERS) + at_once(*[make] * WRITERS)
    assert len(set(keys)) == len(keys) == CourseRun.everything.count() == 2 * WRITERS
    parts = sorted(str(key).rpartition("+")[2] for key in keys)
    assert parts == ["1T2027", *(f"1T2027{letter}" for letter in "abcdefg")]


def test_an_edit_and_a_publication_have_one_outcome() -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    course = draft_course()
    sam = person("sam", is_staff=True)
    for number in range(ROUNDS):
        run = run_of(course, "reviewed", str(number))
        told = ToldRun(values={"title": "Another"}, submitted=chance.random() < 0.5)
        at_once(
            partial(put_live, run=run, now=NOW),
            partial(edit_course_run, run=run, told=told, by=sam, now=NOW),
        )
        draft = CourseRun.everything.get(uuid=run.uuid, draft=True)
        official = CourseRun.objects.get(uuid=run.uuid)
        assert draft.title_override == "Another", seed
        if draft.status == "published":  # published first
            assert official.status == "published"
            assert (official.title_override == "Another") is told.submitted, seed
        else:  # edited first
            target = "review_by_legal" if told.submitted else "unpublished"
            assert statuses(run) == (target, "unpublished"), seed
            assert official.title_override is None


def test_two_reviews_and_an_edit_have_one_outcome() -> None:
    course = draft_course()
    sam = person("sam", is_staff=True)
    for number in range(ROUNDS):
        run = run_of(course, "review_by_internal", str(number))

        review = partial(review_course_run, run=run, status="reviewed", embargo={}, by=sam, now=NOW)
        told = ToldRun(values={"weeks_to_complete": 5})
        edit = partial(edit_course_run, run=run, told=told, by=sam, now=NOW)
        first, second, edited = at_once(review, review, edit)
        assert [isinstance(each, CourseRun) for each in (first, second)].count(True) == 1
        assert statuses(run) == ("reviewed", "reviewed")
        official = CourseRun.objects.get(uuid=run.uuid)
        wanted = 5 if isinstance(edited, CourseRun) else None
        assert official.weeks_to_complete == wanted
        assert CourseRun.everything.filter(uuid=run.uuid).count() == 2
