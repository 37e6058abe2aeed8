"""Deleting course runs that never were official."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.course_run_status import locked_run_rows
from course_discovery.course_metadata.operations.drafts import delete_draft_course_run
from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.operations.course_run.draft import stored_run
from course_discovery.publisher.roles import may_edit_course


@operation
def delete_course_run(
    *, run: CourseRun, by: Any, now: datetime, check: Callable[[], None] | None = None
) -> None:
    """Delete a draft run; `check` is as in `edit_course_run`.

    Raises PermissionDenied, HasOfficialRow.
    """
    locked_run_rows(run)
    if check is not None:
        check()
    stored = stored_run(run)
    if not may_edit_course(by, stored.course):
        raise PermissionDenied
    delete_draft_course_run(run=stored, now=now)
