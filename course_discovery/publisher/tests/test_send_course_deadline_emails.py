"""`send_course_deadline_emails`: whose team is told that a run ends, once a day."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from course_discovery.course_metadata.models import Course, CourseRun, Source
from course_discovery.course_metadata.tests.drafted import official_course
from course_discovery.publisher.mails.deadlines import deadlines
from course_discovery.publisher.models import Errand

NOW = datetime(2027, 6, 10, 9, tzinfo=UTC)
NAMES = {90: "ends_in_3_months", 30: "ends_in_1_month", 7: "ends_in_7_days", -1: "ends_ended"}


@pytest.fixture
def course(db: None, settings: Any) -> Course:
    """A course of the default source with two published runs."""
    source, _made = Source.objects.get_or_create(
        slug=settings.DEFAULT_PRODUCT_SOURCE_SLUG, defaults={"name": "x"}
    )
    made = official_course()
    Course.everything.filter(uuid=made.uuid).update(product_source=source)
    CourseRun.objects.filter(course=made).update(
        start=NOW - timedelta(days=99), end=NOW + timedelta(days=500), status="published", slug="r"
    )
    return made


def ends(number: int, days: int, *, hour: int = 12, **values: Any) -> CourseRun:
    """Let a run end so many days from today."""
    end = (NOW + timedelta(days=days)).replace(hour=hour)
    CourseRun.objects.filter(key__endswith=f"+{number}").update(end=end, **values)
    return CourseRun.objects.get(key__endswith=f"+{number}")


def only_run(days: int, **values: Any) -> CourseRun:
    """The one run that is advertised ends so."""
    CourseRun.objects.filter(key__endswith="+1").update(status="unpublished")
    return ends(0, days, **values)


def due(now: datetime = NOW) -> list[tuple[str, str]]:
    return [(run.key, mail.name) for run, mail in deadlines(now)]


@pytest.mark.parametrize("days", [-2, -1, 0, 1, 6, 7, 8, 29, 30, 31, 89, 90, 91])
@pytest.mark.parametrize("hour", [0, 23])
def test_a_team_is_told_on_four_days(course: Course, days: int, hour: int) -> None:
    run = only_run(days, hour=hour)
    assert due() == ([(run.key, NAMES[days])] if days in NAMES else [])


def test_another_run_that_is_advertised_counts(course: Course) -> None:
    ends(0, 30, start=NOW - timedelta(days=200))
    assert due() == []


def test_a_run_that_waits_to_follow_keeps_the_mail_back(course: Course) -> None:
    only_run(30)
    CourseRun.objects.filter(key__endswith="+1").update(status="reviewed")
    assert due() == []


def test_without_a_run_to_advertise_the_last_end_counts(course: Course) -> None:
    CourseRun.objects.update(status="unpublished")
    first = ends(0, -1)
    ends(1, -5)
    assert due() == [(first.key, "ends_ended")]
    ends(0, 30)
    assert due() == []


def test_courses_of_other_sources_are_not_told(course: Course) -> None:
    only_run(30)
    Course.everything.update(product_source=Source.objects.create(slug="other", name="Other"))
    assert due() == []


def told(*args: str) -> str:
    out = StringIO()
    call_command("send_course_deadline_emails", *args, stdout=out)
    return out.getvalue()


def test_the_command_calls_once_a_day(course: Course) -> None:
    run = only_run(7)
    with freeze_time(NOW):
        assert told("--dry-run") == f"{run.key}: ends_in_7_days would be sent.\n1 mails.\n"
        assert not Errand.objects.exists()
        assert told() == f"{run.key}: ends_in_7_days is sent.\n1 mails.\n"
        assert told() == "0 mails.\n"
    with freeze_time(NOW + timedelta(hours=12)):
        assert told() == "0 mails.\n"
    with freeze_time(NOW + timedelta(days=1)):
        assert told() == "0 mails.\n"
        ends(0, 8)
        assert told() == f"{run.key}: ends_in_7_days is sent.\n1 mails.\n"


def test_more_courses_cost_no_more_queries(course: Course) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert due()
        return len(captured)

    only_run(30)
    one = cost()
    for number in range(3):
        other = official_course(key=f"NorthU+X{number}", runs=1)
        Course.everything.filter(uuid=other.uuid).update(
            product_source=Course.objects.get(pk=course.pk).product_source
        )
    CourseRun.objects.update(
        start=NOW - timedelta(days=9), end=NOW + timedelta(days=30), status="published", slug="r"
    )
    assert len(due()) == 4
    assert cost() == one
