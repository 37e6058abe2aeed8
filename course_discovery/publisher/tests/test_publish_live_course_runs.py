"""`publish_live_course_runs`: what was reviewed goes live once it is due."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.tests.drafted import official_course
from course_discovery.publisher.management.commands import publish_live_course_runs
from course_discovery.publisher.models import Errand
from course_discovery.publisher.operations.course_run.going_live import go_live

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


def test_the_command_publishes_what_is_due(course: Course) -> None:
    due = change(0, status="reviewed", go_live_date=ENDED)
    change(1, status="reviewed", go_live_date=NOW + timedelta(days=3))
    assert f"{due.key} would be published." in told("publish_live_course_runs", "--dry-run")
    assert statuses()["0"] == {"reviewed"}
    assert f"{due.key} is published." in told("publish_live_course_runs")
    assert statuses() == {"0": {"published"}, "1": {"reviewed"}}
    assert told("publish_live_course_runs") == "0 published, 0 failed.\n"


def test_a_run_that_fails_does_not_keep_the_others_back(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = change(0, status="reviewed", go_live_date=ENDED - timedelta(days=1))
    change(1, status="reviewed", go_live_date=ENDED)

    def fail(*, run: CourseRun, now: Any) -> bool:
        if run.key == bad.key:
            raise DatabaseError("gone")
        return go_live(run=run, now=now)

    monkeypatch.setattr(publish_live_course_runs, "go_live", fail)
    with pytest.raises(CommandError):
        told("publish_live_course_runs")
    assert statuses() == {"0": {"reviewed"}, "1": {"published"}}


def test_people_are_told_of_what_went_live(course: Course) -> None:
    due = change(0, status="reviewed", go_live_date=ENDED)
    told("publish_live_course_runs")
    told("publish_live_course_runs")
    mails = Errand.objects.filter(subject=due.uuid, kind="mail").values_list("topic", flat=True)
    assert sorted(mails) == ["watchers", "went_live", "went_live_coordinators"]
