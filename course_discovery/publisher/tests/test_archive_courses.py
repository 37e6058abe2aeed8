"""`archive_courses`: courses leave the catalog, and Studio hears which runs end by that."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.tests.drafted import official_course
from course_discovery.publisher.models import Errand

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def course(db: None) -> Course:
    """An official course of two published runs, both to come, with its drafts."""
    made = official_course()
    CourseRun.everything.update(start=NOW + timedelta(days=9), end=NOW + timedelta(days=99))
    ensure_course_drafts(course=made, now=NOW)
    return made


def archive(*args: str) -> str:
    out = StringIO()
    call_command("archive_courses", *args, stdout=out, stderr=out)
    return out.getvalue()


def test_courses_of_a_type_or_by_uuid(course: Course) -> None:
    other = official_course(key="NorthU+PHY102", runs=1)
    uuid = str(course.uuid)
    assert archive("--course-uuids", uuid, "--dry-run") == f"{course.key} would be archived.\n"
    assert archive("--course-uuids", uuid) == f"{course.key} is archived.\n"
    assert archive("--type", "Verified-Audit") == (
        f"{course.key} was archived before.\n{other.key} is archived.\n"
    )
    for args in (("--type", "none"), ("--course-uuids", str(uuid4()))):
        with pytest.raises(CommandError):
            archive(*args)


def test_the_report_is_mailed_to_who_wants_it(course: Course, settings: Settings) -> None:
    settings.COURSE_ARCHIVAL_MAIL_RECIPIENTS = ["ops@example.com"]
    archive("--course-uuids", str(course.uuid))
    (sent,) = mail.outbox
    assert (sent.to, sent.body) == (["ops@example.com"], f"{course.key} is archived.\n")


@pytest.mark.parametrize("mangled", [True, False])
def test_studio_hears_of_runs_that_end_by_it(course: Course, mangled: bool) -> None:
    Partner.objects.update(studio_url="http://studio.example.com")
    archive("--course-uuids", str(course.uuid), *(["--mangle-end-date"] if mangled else []))
    told = set(Errand.objects.values_list("kind", "key"))
    keys = set(CourseRun.objects.values_list("key", flat=True))
    assert told == ({("course_run_end", key) for key in keys} if mangled else set())
