"""The drafts of official courses and runs: made before the first edit, deleted before review."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseRun,
    CourseUrlSlug,
    RestrictedCourseRun,
    Seat,
)
from course_discovery.course_metadata.operations.course_entitlement import (
    write_course_entitlements,
)
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.running import (
    Gone,
    Refusal,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.seat import identity_of_seat
from course_discovery.course_metadata.operations.twin import (
    copy_lists,
    insert_drafts,
    unsaved_twin,
)
from course_discovery.course_metadata.queries.course_entitlement import entitlement_of_runs
from course_discovery.course_metadata.queries.course_run import facts_of_run


class HasOfficialRow(Refusal):
    """A draft that was published: it cannot be deleted any more."""


@operation
def ensure_course_drafts(*, course: Course, now: datetime) -> Course:
    """The draft row of a course, made if it has none, as are those of its runs.

    Drafts say what the official rows say, parts and lists included; a draft that exists stays as it
    is. Editors edit the draft from now on. A course without entitlement is given the one that its
    runs tell at `now`. Raises Gone.
    """
    rows = locked_course_rows(course)
    draft = next((row for row in rows if row.draft), None)
    official = next((row for row in rows if not row.draft), None)
    if official is None:
        if draft is None:
            raise Gone(_("The course was deleted meanwhile."))
        return draft
    runs = locked(CourseRun.everything.filter(course__in=[row.pk for row in rows]))
    made = draft is None
    if draft is None:
        draft = _make_course(official)
    elif official.draft_version_id is None:
        write_differences(official, {"draft_version": draft})
    have = {run.uuid for run in runs if run.draft}
    missing = [run for run in runs if not run.draft and run.uuid not in have]
    twins = _make_runs(missing, draft)
    if made:
        _finish_course(official, draft, twins, now)
    return draft


@operation
def ensure_course_run_draft(*, run: CourseRun, now: datetime) -> CourseRun:
    """The draft row of a run, made with those of its course where there is none. Raises Gone."""
    if run.draft:
        return run
    course = ensure_course_drafts(course=run.course, now=now)
    draft = CourseRun.everything.filter(course=course, uuid=run.uuid).first()
    if draft is None:
        raise Gone(_("The course run was deleted meanwhile."))
    return draft


@operation
def delete_draft_course(*, course: Course) -> None:
    """Delete a course that never was official, its runs and editors with it.

    Raises HasOfficialRow.
    """
    rows = locked_course_rows(course)
    if any(not row.draft for row in rows):
        raise HasOfficialRow("the course was published; it can only be archived")
    for row in rows:
        row.delete()


@operation
def delete_draft_course_run(*, run: CourseRun, now: datetime) -> None:
    """Delete a run that never was official. Raises HasOfficialRow."""
    locked_course_rows(run.course)
    rows = locked(CourseRun.everything.filter(uuid=run.uuid))
    if any(not row.draft for row in rows):
        raise HasOfficialRow("the run was published; it can only be unpublished")
    for row in rows:
        row.delete()
        touch_course(course=row.course, now=now)


def locked_course_rows(course: Course) -> list[Course]:
    """Draft and official row of a course, locked; whoever locks runs too does that afterwards."""
    return locked(Course.everything.filter(partner=course.partner_id, uuid=course.uuid))


def _make_course(official: Course) -> Course:
    draft = unsaved_twin(official)
    draft.save()
    write_differences(official, {"draft_version": draft})
    copy_lists([(official, draft)])
    entitlements = CourseEntitlement.everything.filter(course=official)
    insert_drafts(
        {row: unsaved_twin(row, course=draft) for row in entitlements},
        owner="course_id",
        identity=lambda row: row.course_id,
    )
    CourseEditor.objects.filter(course=official).update(course=draft)
    slugs = CourseUrlSlug.objects.filter(course=official)
    slugs.exclude(is_active_on_draft=F("is_active")).update(is_active_on_draft=F("is_active"))
    return draft


def _make_runs(officials: Sequence[CourseRun], course: Course) -> Mapping[UUID, CourseRun]:
    """New drafts of these runs, with their parts, by uuid."""
    if not officials:
        return {}
    pairs = insert_drafts(
        {run: unsaved_twin(run, course=course) for run in officials},
        owner="course_id",
        identity=lambda run: run.uuid,
    )
    copy_lists(pairs)
    twins = {official.pk: draft for official, draft in pairs}
    seats = Seat.everything.filter(course_run__in=twins)
    insert_drafts(
        {seat: unsaved_twin(seat, course_run=twins[seat.course_run_id]) for seat in seats},
        owner="course_run_id",
        identity=lambda seat: (seat.course_run_id, *identity_of_seat(seat)),
    )
    marks = RestrictedCourseRun.everything.filter(course_run__in=twins)
    insert_drafts(
        {mark: unsaved_twin(mark, course_run=twins[mark.course_run_id]) for mark in marks},
        owner="course_run_id",
        identity=lambda mark: mark.course_run_id,
    )
    return {draft.uuid: draft for _official, draft in pairs}


def _finish_course(
    official: Course, draft: Course, twins: Mapping[UUID, CourseRun], now: datetime
) -> None:
    """What follows from a new draft's runs: which one stands for it, and how it is sold."""
    canonical = official.canonical_course_run
    if canonical is not None:
        write_differences(draft, {"canonical_course_run": twins.get(canonical.uuid)})
    if draft.entitlements.exists():
        return
    runs = sorted(
        draft.course_runs.select_related("type").prefetch_related("seats"),
        key=lambda run: (run.start is not None, run.start, run.pk),
    )
    offer = entitlement_of_runs([facts_of_run(run) for run in runs], now)
    if offer is not None:
        mode, price, currency = offer["mode"], offer["price"], offer["currency"]
        write_course_entitlements(draft, [{"mode": mode, "price": price, "currency": currency}])
