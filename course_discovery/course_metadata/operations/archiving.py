"""Taking courses out of the catalog for good."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.models.additional_metadata import ProductStatus
from course_discovery.course_metadata.operations.course_run_status import unpublish
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import locked_course_rows
from course_discovery.course_metadata.operations.running import (
    Outcome,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.seat import move_upgrade_deadlines

DELETED = "DELETED - "
_LONGEST_TITLE = 255


@operation
def archive_course(
    *, course: Course, mangle_end_date: bool = False, mangle_title: bool = False, now: datetime
) -> Outcome:
    """Unpublish all runs of the course, and let its provider's side say that it is archived.

    Both rows alike. With `mangle_end_date` runs that have not ended end now, those that have not
    started at their start, and enrollment ended yesterday. With `mangle_title` the title says that
    the course is deleted.
    """
    rows = locked_course_rows(course)
    runs = locked(CourseRun.everything.filter(course__in=[row.pk for row in rows]))
    changed = bool(unpublish(runs, now))
    if mangle_end_date:
        changed |= _end(locked(CourseRun.everything.filter(pk__in=[run.pk for run in runs])), now)
    for row in rows:
        changed |= _archive_product(row, now)
        if mangle_title and not (row.title or "").startswith(DELETED):
            title = f"{DELETED}{row.title or ''}"[:_LONGEST_TITLE]
            changed |= write_differences(row, {"title": title})
    if changed:
        touch_course(course=rows[0], now=now)
    return Outcome.of(changed=changed)


def _end(runs: Sequence[CourseRun], now: datetime) -> bool:
    changed = False
    for run in runs:
        values = {}
        if run.end is None or run.end > now:
            values["end"] = max(now, run.start or now)
        if run.enrollment_end is not None and run.enrollment_end > now:
            values["enrollment_end"] = now - timedelta(days=1)
        if write_differences(run, values):
            move_upgrade_deadlines(run)
            changed = True
    return changed


def _archive_product(row: Course, now: datetime) -> bool:
    product = row.additional_metadata
    if product is None:
        return False
    values: dict[str, object] = {"product_status": ProductStatus.ARCHIVED}
    if product.end_date is not None and product.end_date > now:
        values["end_date"] = now
    return write_differences(product, values)
