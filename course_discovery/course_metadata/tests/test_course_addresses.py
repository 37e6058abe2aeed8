"""Paths that lead to courses, and the key that new runs of a renamed course carry."""

from datetime import UTC, datetime

import pytest

from course_discovery.course_metadata.models import Course, CourseRun, CourseUrlRedirect
from course_discovery.course_metadata.operations.course import BadCourseKey
from course_discovery.course_metadata.operations.course_rerun_key import (
    RerunKeyTaken,
    set_key_for_reruns,
)
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.course_url_redirect import (
    UrlRedirectTaken,
    add_url_redirect,
    remove_url_redirect,
)
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    PartnerFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


def test_path_leads_to_one_course_of_the_partner() -> None:
    course = CourseFactory.create()
    made = add_url_redirect(course=course, path="/Course/Old/", now=NOW)
    assert (made.row.value, made.outcome) == ("Course/Old", Outcome.CREATED)
    assert Course.objects.get().data_modified_timestamp == NOW
    again = add_url_redirect(course=course, path="course/old", now=NOW)
    assert again == (made.row, Outcome.UNCHANGED)
    other = CourseFactory.create(partner=course.partner)
    with pytest.raises(UrlRedirectTaken):
        add_url_redirect(course=other, path="course/old", now=NOW)
    assert not remove_url_redirect(course=other, path="course/old", now=NOW)
    assert remove_url_redirect(course=course, path="COURSE/old", now=NOW)
    assert not CourseUrlRedirect.objects.exists()


@pytest.mark.parametrize("path", ["", "/", "a b", "x" * 256, "a?b"])
def test_unfit_path_is_refused(path: str) -> None:
    with pytest.raises(UnfitValue):
        add_url_redirect(course=CourseFactory.create(), path=path, now=NOW)


def test_renamed_course_takes_the_runs_of_its_new_number() -> None:
    partner = PartnerFactory.create()
    course = CourseFactory.create(partner=partner, key="Org+Old")
    draft = CourseFactory.create(partner=partner, key="Org+Old", uuid=course.uuid, draft=True)
    assert set_key_for_reruns(course=draft, key="Org+New", now=NOW)
    assert not set_key_for_reruns(course=course, key="Org+New", now=NOW)
    assert {row.key_for_reruns for row in Course.everything.all()} == {"Org+New"}
    told = ToldCourseRun("course-v1:Org+New+1", {})
    create_or_update_course_run(partner=partner, told=told, now=NOW)
    assert CourseRun.objects.get().course == course
    assert set_key_for_reruns(course=course, key="", now=NOW)


def test_number_of_another_course_is_refused() -> None:
    course = CourseFactory.create(key="Org+A")
    other = CourseFactory.create(partner=course.partner, key="Org+B", key_for_reruns="Org+C")
    for key in ("org+b", "ORG+c"):
        with pytest.raises(RerunKeyTaken, match=r"Org\+B has it"):
            set_key_for_reruns(course=course, key=key, now=NOW)
    with pytest.raises(BadCourseKey):
        set_key_for_reruns(course=other, key="Org", now=NOW)


def test_programs_hear_that_their_courses_changed() -> None:
    course = CourseFactory.create()
    program = ProgramFactory.create(courses_in_order=[course])
    # A program's courses are of its partner.
    program.partner = course.partner
    program.save()
    add_url_redirect(course=course, path="old", now=NOW)
    program.refresh_from_db()
    assert program.data_modified_timestamp == NOW
