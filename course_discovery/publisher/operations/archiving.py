"""Taking courses out of the catalog, and letting Studio know which runs end by that."""

from datetime import datetime
from uuid import UUID

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.archiving import archive_course
from course_discovery.course_metadata.operations.running import Outcome, operation
from course_discovery.publisher.operations.pushing.later import push_course_run_end_later


@operation
def archive(
    *, course: Course, mangle_end_date: bool = False, mangle_title: bool = False, now: datetime
) -> Outcome:
    """Archive the course as `archive_course` does; Studio hears of ends after the commit."""
    before = _ends(course)
    outcome = archive_course(
        course=course, mangle_end_date=mangle_end_date, mangle_title=mangle_title, now=now
    )
    for run, end in _ends(course).values():
        if before[run.uuid][1] != end:
            push_course_run_end_later(run=run, now=now)
    return outcome


def _ends(course: Course) -> dict[UUID, tuple[CourseRun, tuple[datetime | None, datetime | None]]]:
    """The runs of the course, and when they and their enrollment end: of drafts where there are."""
    rows = CourseRun.everything.filter(
        course__uuid=course.uuid, course__partner=course.partner_id
    ).select_related("course__partner")
    return {run.uuid: (run, (run.end, run.enrollment_end)) for run in rows.order_by("draft", "pk")}
