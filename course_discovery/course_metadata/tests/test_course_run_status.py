"""Where runs stand: going live, being taken down, archiving; and the commands that do it."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from course_discovery.course_metadata.models import AdditionalMetadata, Course, CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.archiving import archive_course
from course_discovery.course_metadata.operations.course_run_status import (
    put_live,
    set_course_run_status,
    unpublish_inactive_runs,
)
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.tests.drafted import official_course, official_run

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ENDED = NOW - timedelta(days=1)


@pytest.fixture
def course(db: None) -> Course:
    """An official course of two published runs, both to come, with its drafts."""
    made = official_course()
    CourseRun.everything.update(start=NOW + timedelta(days=9), end=NOW + timedelta(days=99))
    ensure_course_drafts(course=made, now=NOW)
    return made


def change(number: int, **values: Any) -> CourseRun:
    """Change both rows of a run; gives the official one."""
    CourseRun.everything.filter(key__endswith=f"+{number}").update(**values)
    return CourseRun.objects.get(key__endswith=f"+{number}")


def statuses() -> dict[str, set[str]]:
    """The statuses of the rows of each run, by its number."""
    found: dict[str, set[str]] = {}
    for key, status in CourseRun.everything.values_list("key", "status"):
        found.setdefault(key[-1], set()).add(status)
    return found


def told(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.parametrize("draft", [False, True])
def test_a_reviewed_run_goes_live_on_both_rows(course: Course, draft: bool) -> None:
    run = change(0, status="reviewed", slug="waves-run")
    row = CourseRun.everything.get(uuid=run.uuid, draft=draft)
    assert put_live(run=row, now=NOW)
    assert statuses() == {"0": {"published"}, "1": {"published"}}
    rows = CourseRun.everything.filter(key=run.key)
    assert set(rows.values_list("announcement", flat=True)) == {NOW}
    assert course.url_slug_history.get(url_slug="waves-run").is_active is False
    assert not put_live(run=row, now=NOW + timedelta(days=1))
    assert set(rows.values_list("announcement", flat=True)) == {NOW}


@pytest.mark.parametrize("status", sorted(set(CourseRunStatus) - {CourseRunStatus.REVIEWED}))
def test_what_was_not_reviewed_does_not(course: Course, status: str) -> None:
    run = change(0, status=status)
    assert not put_live(run=run, now=NOW)
    assert statuses()["0"] == {status}


def test_the_address_of_a_run_that_another_course_has_stays_there(course: Course) -> None:
    run = change(0, status="reviewed", slug="waves-102")
    other = official_course(key="NorthU+PHY102", runs=0)
    assert put_live(run=run, now=NOW)
    assert other.url_slug_history.filter(url_slug="waves-102").exists()


def test_what_is_over_is_taken_down_when_another_goes_live(course: Course) -> None:
    change(1, end=ENDED)
    put_live(run=change(0, status="reviewed"), now=NOW)
    assert statuses() == {"0": {"published"}, "1": {"unpublished"}}


def test_the_last_run_that_can_be_shown_stays(course: Course) -> None:
    change(0, end=ENDED)
    change(1, end=ENDED)
    assert unpublish_inactive_runs(course=course, now=NOW) == []
    change(1, end=None, enrollment_end=None)
    CourseRun.objects.get(key__endswith="+1").seats.all().delete()
    assert unpublish_inactive_runs(course=course, now=NOW) == []
    assert statuses() == {"0": {"published"}, "1": {"published"}}


def test_a_status_is_that_of_both_rows(course: Course) -> None:
    run = change(0)
    assert set_course_run_status(run=run, status=CourseRunStatus.UNPUBLISHED, now=NOW)
    assert statuses()["0"] == {"unpublished"}
    assert not set_course_run_status(run=run, status=CourseRunStatus.UNPUBLISHED, now=NOW)


def test_archiving_takes_everything_down_once(course: Course) -> None:
    AdditionalMetadata.objects.update(end_date=NOW + timedelta(days=9))
    change(0, start=ENDED, enrollment_end=NOW + timedelta(days=5))

    def archive() -> Outcome:
        return archive_course(course=course, mangle_end_date=True, mangle_title=True, now=NOW)

    assert archive() is Outcome.UPDATED
    assert statuses() == {"0": {"unpublished"}, "1": {"unpublished"}}
    assert set(Course.everything.values_list("title", flat=True)) == {"DELETED - Waves 101"}
    product = AdditionalMetadata.objects.get()
    assert (product.product_status, product.end_date) == ("archived", NOW)
    run, later = change(0), change(1)
    assert (run.end, run.enrollment_end) == (NOW, ENDED)
    assert later.end == later.start
    assert archive() is Outcome.UNCHANGED


def test_the_command_takes_down_what_is_over(course: Course) -> None:
    over = change(0, end=ENDED)
    assert f"{over.key} would be unpublished." in told("unpublish_inactive_runs", "--dry-run")
    assert statuses()["0"] == {"published"}
    assert f"{over.key} is unpublished." in told("unpublish_inactive_runs")
    assert statuses() == {"0": {"unpublished"}, "1": {"published"}}
    assert told("unpublish_inactive_runs") == "0 runs, 0 courses failed.\n"


def test_runs_that_came_later_are_archived_too(course: Course) -> None:
    archive_course(course=course, now=NOW)
    official_run(course, 7)
    assert archive_course(course=course, now=NOW) is Outcome.UPDATED
