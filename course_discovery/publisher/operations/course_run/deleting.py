"""Deleting course runs that never were official."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.drafts import delete_draft_course_run
from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.operations.course_run.draft import stored_run
from course_discovery.publisher.roles import may_edit_course


@operation
def delete_course_run(*, run: CourseRun, by: Any, now: datetime) -> None:
    """Delete a draft run. Raises PermissionDenied, HasOfficialRow."""
    stored = stored_run(run)
    if not may_edit_course(by, stored.course):
        raise PermissionDenied
    delete_draft_course_run(run=stored, now=now)
