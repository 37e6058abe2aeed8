"""Several publishers of the same run at the same moment, and editors beside them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from course_discovery.course_metadata.models import Course, CourseRun, CourseUrlSlug, Seat
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.operations.publication import write_official_course_run
from course_discovery.course_metadata.tests.drafted import NOW, official_course

PUBLISHERS = 3
pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite has one writer at a time: no two operations can overlap",
    ),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_publishers_at_the_same_moment_make_one_official_row() -> None:
    draft = ensure_course_drafts(course=official_course(runs=2), now=NOW)
    runs = list(draft.course_runs.order_by("pk"))
    barrier = threading.Barrier(PUBLISHERS)

    def work(number: int) -> None:
        try:
            for round_ in range(3):
                barrier.wait()
                if number == 0:
                    CourseRun.objects.all().delete()
                    Course.objects.all().delete()
                barrier.wait()
                run = CourseRun.everything.get(pk=runs[number % 2].pk)
                write_official_course_run(draft=run, now=NOW + timedelta(days=round_))
                barrier.wait()
        finally:
            connection.close()

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        list(pool.map(work, range(PUBLISHERS)))

    assert Course.objects.get().draft_version == draft
    assert {run.draft_version for run in CourseRun.objects.all()} == set(runs)
    assert Seat.objects.count() == 4
    assert CourseUrlSlug.objects.filter(is_active=True).count() == 1


def test_drafts_are_made_once_by_whoever_is_first() -> None:
    course = official_course(runs=2)
    barrier = threading.Barrier(PUBLISHERS)

    def work(number: int) -> None:
        try:
            barrier.wait()
            ensure_course_drafts(course=Course.objects.get(pk=course.pk), now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        list(pool.map(work, range(PUBLISHERS)))
    assert Course.everything.filter(draft=True).count() == 1
    assert CourseRun.everything.filter(draft=True).count() == 2
