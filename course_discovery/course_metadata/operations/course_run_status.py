"""Where runs stand: on their draft and their official row alike."""

from collections.abc import Iterable
from datetime import datetime

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.course_url_slug import add_url_slug_redirect
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import locked_course_rows
from course_discovery.course_metadata.operations.running import (
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.queries.course_run import ACTIVE, MARKETABLE, PUBLISHED


@operation
def set_course_run_status(*, run: CourseRun, status: CourseRunStatus, now: datetime) -> bool:
    """Let both rows of the run have this status; whether one had another."""
    changed = False
    for row in locked_run_rows(run):
        changed |= write_differences(row, {"status": status})
    if changed:
        touch_course(course=run.course, now=now)
    run.status = status
    return changed


@operation
def put_live(*, run: CourseRun, now: datetime) -> bool:
    """Publish a run that was reviewed; whether it was published by this.

    Both rows are announced now. Runs of the course that nobody can enroll in any more are
    unpublished, and the address of the run leads to its course. A run whose official row is not
    reviewed, or is not there, stays as it is.
    """
    rows = locked_run_rows(run)
    official = next((row for row in rows if not row.draft), None)
    if official is None or official.status != CourseRunStatus.REVIEWED:
        return False
    for row in rows:
        write_differences(row, {"announcement": now, "status": CourseRunStatus.PUBLISHED})
    unpublish_inactive_runs(course=official.course, now=now)
    if official.slug:
        add_url_slug_redirect(course=official.course, url_slug=official.slug)
    touch_course(course=official.course, now=now)
    return True


@operation
def unpublish_inactive_runs(*, course: Course, now: datetime) -> list[CourseRun]:
    """Unpublish the course's runs that nobody can enroll in any more; gives their official rows.

    As long as the course keeps a run that may be shown to buyers, and its partner has a site to
    show it on.
    """
    if not course.partner.marketing_site_url_root:
        return []
    locked_course_rows(course)
    inactive = inactive_runs(course, now)
    if inactive:
        unpublish(inactive, now)
        touch_course(course=course, now=now)
    return inactive


def inactive_runs(course: Course, now: datetime) -> list[CourseRun]:
    """The official runs that `unpublish_inactive_runs` would unpublish, but for the partner."""
    official = CourseRun.objects.filter(course__uuid=course.uuid, course__partner=course.partner_id)
    published = official.filter(PUBLISHED.filter(now)).order_by("pk")
    inactive = list(published.exclude(ACTIVE.filter(now)))
    if not inactive:
        return []
    stays = published.filter(ACTIVE.filter(now) & MARKETABLE.filter(now)).exists()
    return inactive if stays else []


def unpublish(runs: Iterable[CourseRun], now: datetime) -> list[CourseRun]:
    """Let both rows of these runs be unpublished; gives the rows that were not.

    A part of a larger operation, which says that the course changed. The number of queries does
    not depend on how many they are.
    """
    rows = locked(CourseRun.everything.filter(uuid__in={run.uuid for run in runs}))
    changed = [row for row in rows if row.status != CourseRunStatus.UNPUBLISHED]
    for row in changed:
        row.status = CourseRunStatus.UNPUBLISHED
        row.modified = now
    if changed:
        CourseRun.everything.bulk_update(changed, ["status", "modified"])
        CourseRun.history.bulk_history_create(changed, update=True)
    return changed


def locked_run_rows(run: CourseRun) -> list[CourseRun]:
    """The rows of a run, the draft first, locked after those of its course."""
    locked_course_rows(run.course)
    rows = locked(CourseRun.everything.filter(uuid=run.uuid))
    return sorted(rows, key=lambda row: not row.draft)
