"""Who teaches a run."""

from collections.abc import Sequence
from datetime import datetime

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.ordered import set_targets
from course_discovery.course_metadata.operations.references import people_named
from course_discovery.course_metadata.operations.running import Outcome, operation


@operation
def create_or_update_course_run_with_staff(
    *, partner: Partner, told: ToldCourseRun, staff: Sequence[str] | None, now: datetime
) -> Outcome:
    """`create_or_update_course_run`, and the staff of all its rows unless `staff` is None.

    Raises Refusal, UnknownPerson among it.
    """
    run, outcome = create_or_update_course_run(partner=partner, told=told, now=now)
    if staff is None:
        return outcome
    people = people_named(partner, staff)
    changed = False
    for row in CourseRun.everything.filter(uuid=run.uuid):
        changed |= set_targets(row.staff_links, "person", people)
    if not changed:
        return outcome
    touch_course(course=run.course, now=now)
    return Outcome.of(created=outcome is Outcome.CREATED, changed=True)
