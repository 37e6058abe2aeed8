"""Course runs in each status of the review."""

from datetime import UTC, datetime
from typing import Any

from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
# Statuses of runs that have been official.
OFFICIAL = {CourseRunStatus.REVIEWED, CourseRunStatus.PUBLISHED}


def draft_course(organization: Organization | None = None, key: str = "NorthU+PHY1") -> Course:
    """A course that never was published."""
    organization = organization or OrganizationFactory(key="NorthU")
    made: Course = CourseFactory(
        key=key, draft=True, partner=organization.partner, organizations=[organization]
    )
    return made


def run_of(course: Course, status: str, number: str = "1", **values: Any) -> CourseRun:
    """A draft run of a draft course in this status; those that were reviewed are official too."""
    key = f"course-v1:{course.key}+{number}"
    draft: CourseRun = CourseRunFactory(course=course, key=key, status=status, **values)
    if status not in OFFICIAL:
        return draft
    official = Course.objects.filter(uuid=course.uuid).first() or CourseFactory(
        key=course.key,
        uuid=course.uuid,
        draft_version=course,
        partner=course.partner,
        title=course.title,
        organizations=list(course.authoring_organizations.all()),
    )
    CourseRunFactory(
        course=official, key=key, status=status, uuid=draft.uuid, draft_version=draft, **values
    )
    return draft


def statuses(run: CourseRun) -> tuple[str, str | None]:
    """Where draft and official row stand."""
    rows = dict(CourseRun.everything.filter(uuid=run.uuid).values_list("draft", "status"))
    return rows[True], rows.get(False)
