"""Courses with their drafts, and callers with their rights, for tests of `editable=1`."""

from typing import Any

from rest_framework.test import APIClient

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory


def signed_in(user: User) -> APIClient:
    """A client of somebody."""
    client = APIClient()
    client.force_authenticate(user)
    return client


def with_draft(organization: Organization, key: str, **values: Any) -> tuple[Course, Course]:
    """A draft and the official row that says the same."""
    values = {"partner": organization.partner, "title": key, **values}
    draft = CourseFactory(key=key, draft=True, organizations=[organization], **values)
    official = CourseFactory(
        key=key, draft_version=draft, uuid=draft.uuid, organizations=[organization], **values
    )
    return draft, official


def run_with_draft(
    courses: tuple[Course, Course], number: str = "1", **values: Any
) -> tuple[CourseRun, CourseRun]:
    """A draft run and the official one that says the same."""
    draft_course, official_course = courses
    key = f"course-v1:{draft_course.key}+{number}"
    draft = CourseRunFactory(course=draft_course, key=key, **values)
    official = CourseRunFactory(
        course=official_course, key=key, draft_version=draft, uuid=draft.uuid, **values
    )
    return draft, official
