"""Editing course runs, and submitting them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.course_run_status import locked_run_rows
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import ensure_course_run_draft
from course_discovery.course_metadata.operations.offer import fit_price
from course_discovery.course_metadata.operations.planned_offer import (
    UNCHANGED,
    PlannedSeat,
    planned_seats,
    write_planned_seats,
)
from course_discovery.course_metadata.operations.publication import write_official_course_run
from course_discovery.course_metadata.operations.restricted_course_run import write_restriction
from course_discovery.course_metadata.operations.running import (
    TRIES,
    operation,
    write_differences,
)
from course_discovery.publisher.mails.later import mail_legal_review
from course_discovery.publisher.operations.course_run.draft import (
    as_it_will_be,
    check_run_type,
    is_active,
    seat_rows,
    stored_run,
    write_wanted,
)
from course_discovery.publisher.operations.course_run.refusals import ChangedMeanwhile, InReview
from course_discovery.publisher.operations.course_run.telling import (
    skus_of,
    tell_shop,
    tell_studio_of_changes,
)
from course_discovery.publisher.operations.course_run.values import (
    ToldRun,
    Wanted,
    check_restriction,
    reviewed_change,
    tellable,
    wanted,
)
from course_discovery.publisher.operations.pushing.later import (
    push_course_image_later,
    push_course_modes_later,
)
from course_discovery.publisher.queries.pushed_facts import PushedSkus
from course_discovery.publisher.roles import may_edit_course
from course_discovery.publisher.states import (
    Effect,
    Transition,
    edit_trigger,
    is_in_review,
    transition_by,
)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """An edit that can be made. `row` says what the draft will be, and is not stored.

    `seats` is None where they stay.
    """

    transition: Transition
    wanted: Wanted
    row: CourseRun
    seats: list[PlannedSeat] | None

    @property
    def seat_rows(self) -> list[Seat] | None:
        """The seats as they will be, not stored."""
        return None if self.seats is None else seat_rows(self.seats)


def edit_course_run(
    *,
    run: CourseRun,
    told: ToldRun,
    by: Any,
    now: datetime,
    check: Callable[[], None] | None = None,
) -> CourseRun:
    """Write what is told to the draft of the run; what follows from that is in `states`.

    Gives the draft. Seats stay as they are once the run has ended or closed. `check` is asked once
    nobody else can change the run, and raises what refuses the edit. Raises PermissionDenied,
    Refusal (InReview among it), and PushFailed, after which nothing is written.
    """
    told = tellable(told, by)
    for _try in range(TRIES):
        plan = _plan(stored_run(run), told, by, now)
        tell_studio_of_changes(plan.row, by=by)
        skus = None
        if plan.transition.writes_official:
            skus = tell_shop(plan.row, seats=plan.seat_rows)
        try:
            return _write(
                run=run, told=told, judged=plan.transition, skus=skus, by=by, now=now, check=check
            )
        except ChangedMeanwhile:
            continue
    raise ChangedMeanwhile


def _plan(stored: CourseRun, told: ToldRun, by: Any, now: datetime) -> _Plan:
    if not may_edit_course(by, stored.course):
        raise PermissionDenied
    if is_in_review(stored.status):
        raise InReview
    found = wanted(stored, told)
    check_restriction(told.restriction_type)
    run_type = found.columns.get("type", stored.type)
    if run_type != stored.type:
        check_run_type(stored.course.type, run_type)
    changed = reviewed_change(stored, found)
    trigger = edit_trigger(changed=changed, submitted=told.submitted)
    row = as_it_will_be(stored, found.columns)
    for price in told.prices.values():
        fit_price(price)
    seats = None
    if is_active(row, now):
        seats = planned_seats(
            run=stored, run_type=run_type, prices=told.prices, end=row.end,
            upgrade_deadline_override=told.upgrade_deadline_override,
        )  # fmt: skip
    transition = transition_by(stored.status, trigger)
    return _Plan(transition=transition, wanted=found, row=row, seats=seats)


@operation
def _write(
    *,
    run: CourseRun,
    told: ToldRun,
    judged: Transition,
    skus: PushedSkus | None,
    by: Any,
    now: datetime,
    check: Callable[[], None] | None,
) -> CourseRun:
    """Judge again, now that nobody else can change the run, and write.

    Raises what judging raises, and ChangedMeanwhile if others were told of another change.
    """
    ensure_course_run_draft(run=stored_run(run), now=now)
    rows = locked_run_rows(stored_run(run))
    if check is not None:
        check()
    draft = stored_run(run)
    plan = _plan(draft, told, by, now)
    if plan.transition != judged:
        raise ChangedMeanwhile
    changed = False
    if plan.seats is not None:
        changed |= write_planned_seats(run=draft, seats=plan.seats)
    changed |= write_wanted(draft, plan.wanted, status=judged.target)
    if told.restriction_type is not UNCHANGED:
        changed |= write_restriction(draft, told.restriction_type)
    if Effect.OFFICIAL_UNPUBLISHED in judged.effects:
        for row in rows:
            if not row.draft:
                changed |= write_differences(row, {"status": CourseRunStatus.UNPUBLISHED})
    if judged.writes_official:
        write_official_course_run(draft=draft, now=now, skus=skus_of(draft, skus))
        push_course_modes_later(run=draft, now=now)
    if changed:
        touch_course(course=draft.course, now=now)
    _tell_later(draft, judged, now)
    return draft


def _tell_later(draft: CourseRun, made: Transition, now: datetime) -> None:
    """What others hear after the commit, whatever was written."""
    push_course_image_later(run=draft, now=now)
    if Effect.TELL_LEGAL in made.effects:
        mail_legal_review(run=draft, now=now)
