"""Publishing: official rows that say what their drafts say.

A publication is one transaction, which locks the rows of the course, then those of the run; only
what differs is written. What a draft has no more, the official row has no more.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import Q

from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    Program,
    RestrictedCourseRun,
    Seat,
    SeatType,
)
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.operations.course_url_slug import publish_url_slug
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import locked_course_rows
from course_discovery.course_metadata.operations.nested import NESTED, delete_left_nested
from course_discovery.course_metadata.operations.running import (
    Refusal,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.seat import identity_of_seat
from course_discovery.course_metadata.operations.twin import copy_lists, write_official
from course_discovery.course_metadata.queries.course_entitlement import ENTITLEMENT_MODES

Skus = Mapping[Seat | CourseEntitlement, str]
"""What a shop calls seats and entitlements, by their draft rows."""

Twin = TypeVar("Twin", bound=DraftModel)


class NothingDrafted(Refusal):
    """A course or run without a draft: there is nothing to publish."""


@operation
def write_official_course(*, draft: Course, now: datetime, skus: Skus | None = None) -> Course:
    """Let the official course say what the draft says, made if there is none.

    Raises NothingDrafted, UrlSlugTaken.
    """
    rows = locked_course_rows(draft)
    official, changed = _write_course(*_twins(rows), skus or {}, now)
    if official.canonical_course_run_id is None:
        changed |= _adopt_canonical(official)
    if changed:
        touch_course(course=official, now=now)
    return official


@operation
def write_official_course_run(
    *, draft: CourseRun, now: datetime, skus: Skus | None = None
) -> CourseRun:
    """Let the official run, and its course, say what the drafts say, made if there are none.

    Of other runs of the course nothing changes. A new run takes no part in retired programs; the
    first one of a course stands for it. SKUs are kept on the drafts too. Raises NothingDrafted,
    UrlSlugTaken, and ExternalKeyTaken at the operation's end.
    """
    courses = locked_course_rows(draft.course)
    draft_run, official_run = _twins(locked(CourseRun.everything.filter(uuid=draft.uuid)))
    draft_course, official_course = _twins(courses)
    course, changed = _write_course(draft_course, official_course, skus or {}, now)
    run, run_changed = write_official(draft_run, official_run, course=course)
    run.course = course
    changed |= run_changed | copy_lists([(draft_run, run)])
    changed |= _write_seats(draft_run, run, skus or {})
    changed |= _write_restriction(draft_run, run)
    if course.canonical_course_run_id is None:
        write_differences(course, {"canonical_course_run_id": run.pk})
        write_differences(draft_course, {"canonical_course_run_id": draft_run.pk})
    if official_run is None:
        _exclude_from_retired_programs(run)
    if changed:
        touch_course(course=course, now=now)
    return run


def _twins(rows: Sequence[Twin]) -> tuple[Twin, Twin | None]:
    draft = next((row for row in rows if row.draft), None)
    if draft is None:
        raise NothingDrafted("there is no draft to publish")
    return draft, next((row for row in rows if not row.draft), None)


def _write_course(
    draft: Course, stored: Course | None, skus: Skus, now: datetime
) -> tuple[Course, bool]:
    left = [
        getattr(stored, field)
        for field in NESTED
        if stored and getattr(stored, f"{field}_id") not in {None, getattr(draft, f"{field}_id")}
    ]
    official, changed = write_official(draft, stored)
    for nested in left:
        delete_left_nested(nested)
    changed |= copy_lists([(draft, official)])
    changed |= _write_entitlements(draft, official, skus)
    changed |= publish_url_slug(draft, official, now)
    return official, changed


def _write_entitlements(draft: Course, official: Course, skus: Skus) -> bool:
    sold = SeatType.objects.filter(slug__in=ENTITLEMENT_MODES)
    rows = CourseEntitlement.everything.filter(course__in=[draft.pk, official.pk])
    found = locked(rows.filter(Q(draft=False) | Q(mode__in=sold)))
    for row in found:
        _keep_sku(row, skus)
    return _write_parts(found, lambda row: None, course=official)


def _write_seats(draft: CourseRun, official: CourseRun, skus: Skus) -> bool:
    rows = locked(Seat.everything.filter(course_run__in=[draft.pk, official.pk]))
    for row in rows:
        _keep_sku(row, skus)
    return _write_parts(rows, identity_of_seat, course_run=official)


def _write_restriction(draft: CourseRun, official: CourseRun) -> bool:
    rows = locked(RestrictedCourseRun.everything.filter(course_run__in=[draft.pk, official.pk]))
    return _write_parts(rows, lambda row: None, course_run=official)


def _write_parts(
    rows: Sequence[Twin], identity: Callable[[Twin], Hashable], **owner: DraftModel
) -> bool:
    """Let the official ones of these rows say what the drafts say; whether anything differed.

    `owner` is what official ones hang on, `identity` tells the parts of one owner apart.
    """
    wanted = {identity(row): row for row in rows if row.draft}
    stored = {identity(row): row for row in rows if not row.draft}
    changed = False
    for each, row in stored.items():
        if each not in wanted:
            row.delete()
            changed = True
    for each, row in wanted.items():
        changed |= write_official(row, stored.get(each), **owner)[1]
    return changed


def _keep_sku(row: Seat | CourseEntitlement, skus: Skus) -> None:
    sku = skus.get(row)
    if sku is not None:
        write_differences(row, {"sku": sku})


def _adopt_canonical(official: Course) -> bool:
    """Let the official twin of the run that stands for the draft stand for the official course."""
    run = CourseRun.objects.filter(
        course=official, draft_version__canonical_for_course__draft=True
    ).first()
    return run is not None and write_differences(official, {"canonical_course_run": run})


def _exclude_from_retired_programs(run: CourseRun) -> None:
    programs = Program.objects.filter(status=ProgramStatus.RETIRED, courses=run.course_id)
    for program in programs:
        program.excluded_course_runs.add(run)
