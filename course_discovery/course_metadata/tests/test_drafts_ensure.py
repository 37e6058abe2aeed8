"""Making the drafts of official rows."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseRun,
    RestrictedCourseRun,
    Seat,
)
from course_discovery.course_metadata.operations.course_url_slug import active_url_slug
from course_discovery.course_metadata.operations.drafts import (
    HasOfficialRow,
    delete_draft_course,
    delete_draft_course_run,
    ensure_course_drafts,
    ensure_course_run_draft,
)
from course_discovery.course_metadata.tests.drafted import NOW, official_course, official_run
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory

pytestmark = pytest.mark.django_db


def test_everything_gets_a_twin() -> None:
    course = official_course()
    draft = ensure_course_drafts(course=course, now=NOW)
    course.refresh_from_db()
    assert draft.draft
    assert (draft.uuid, draft.key, draft.title) == (course.uuid, course.key, course.title)
    assert course.draft_version == draft
    assert [link.subject_id for link in draft.subject_links.all()] == [
        link.subject_id for link in course.subject_links.all()
    ]
    assert sorted(draft.topics.names()) == ["optics", "waves"]
    assert draft.entitlements.get().official_version == course.entitlements.get()
    assert {run.official_version.course_id for run in draft.course_runs.all()} == {course.pk}
    for run in draft.course_runs.all():
        assert run.draft
        assert run.slug == run.official_version.slug
        assert [link.person_id for link in run.staff_links.all()] == [
            link.person_id for link in run.official_version.staff_links.all()
        ]
        assert set(run.transcript_languages.all()) == set(
            run.official_version.transcript_languages.all()
        )
        assert {seat.official_version.course_run_id for seat in run.seats.all()} == {
            run.official_version.pk
        }
    assert RestrictedCourseRun.everything.filter(draft=True).count() == 1
    canonical: Any = draft.canonical_course_run
    assert canonical.official_version == course.canonical_course_run
    assert CourseEditor.objects.get().course == draft
    assert active_url_slug(draft) == active_url_slug(course)


def test_again_nothing_is_made() -> None:
    course = official_course()
    draft = ensure_course_drafts(course=course, now=NOW)
    with CaptureQueriesContext(connection) as queries:
        assert ensure_course_drafts(course=course, now=NOW) == draft
    assert not [each for each in queries if not each["sql"].startswith(("SELECT", "SAVE", "REL"))]
    assert ensure_course_drafts(course=draft, now=NOW) == draft


def test_a_run_that_came_later_gets_its_draft_and_the_others_stay() -> None:
    course = official_course()
    draft = ensure_course_drafts(course=course, now=NOW)
    draft.course_runs.update(title_override="Edited")
    Seat.everything.filter(draft=True).delete()
    later = official_run(course, 7)
    made = ensure_course_run_draft(run=later, now=NOW)
    assert made.course == draft
    assert made.official_version == later
    assert made.seats.count() == 2
    assert draft.course_runs.filter(title_override="Edited").count() == 2
    assert Seat.everything.filter(draft=True).count() == 2


def test_a_course_without_entitlement_gets_the_one_its_runs_tell() -> None:
    course = official_course()
    course.entitlements.all().delete()
    draft = ensure_course_drafts(course=course, now=NOW)
    assert str(draft.entitlements.get().price) == "49.99"
    assert not course.entitlements.exists()


def test_what_was_published_is_not_deleted() -> None:
    course = official_course()
    draft = ensure_course_drafts(course=course, now=NOW)
    with pytest.raises(HasOfficialRow):
        delete_draft_course(course=draft)
    with pytest.raises(HasOfficialRow):
        delete_draft_course_run(run=draft.course_runs.get(key__endswith="+0"), now=NOW)
    with pytest.raises(HasOfficialRow):
        delete_draft_course(course=course)
    assert Course.everything.count() == 2


def test_what_was_never_published_is() -> None:
    course = CourseFactory(draft=True)
    run, other = CourseRunFactory(course=course), CourseRunFactory(course=course)
    delete_draft_course_run(run=run, now=NOW)
    assert list(CourseRun.everything.all()) == [other]
    delete_draft_course(course=course)
    assert not CourseRun.everything.exists()
    assert not Course.everything.exists()
