"""Editing course runs, and submitting them.

An edit is made and taken back first: that finds every reason to refuse it, and what others are to
be told. They are told with no transaction open. Then it is made again and stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import CourseRun
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
    rehearsal,
    write_differences,
)
from course_discovery.publisher.mails.later import mail_legal_review
from course_discovery.publisher.operations.course_run.draft import (
    as_it_will_be,
    check_run_type,
    is_active,
    stored_run,
    write_wanted,
)
from course_discovery.publisher.operations.course_run.refusals import ChangedMeanwhile, InReview
from course_discovery.publisher.operations.course_run.telling import (
    Told,
    Turn,
    facts_of,
    is_told,
    skus_of,
    tell_others,
)
from course_discovery.publisher.operations.course_run.values import (
    ToldRun,
    Wanted,
    check_restriction,
    reviewed_change,
    tellable,
    wanted,
)
from course_discovery.publisher.operations.course_subdirectory import move_into_subdirectory
from course_discovery.publisher.operations.pushing.later import (
    push_course_image_later,
    push_course_modes_later,
)
from course_discovery.publisher.roles import may_edit_course
from course_discovery.publisher.states import (
    Effect,
    Transition,
    edit_trigger,
    is_in_review,
    transition_by,
)


@dataclass(frozen=True, kw_only=True)
class _Edit:
    """Who tells what of a run; the arguments of `edit_course_run`."""

    run: CourseRun
    told: ToldRun
    by: Any
    now: datetime
    check: Callable[[], None] | None


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """An edit that can be made; `seats` is None where they stay."""

    transition: Transition
    wanted: Wanted
    seats: list[PlannedSeat] | None


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
    edit = _Edit(run=run, told=tellable(told, by), by=by, now=now, check=check)
    partner = run.course.partner
    if not is_told(partner):
        return _write(edit, None)
    for _try in range(TRIES):
        told_others = tell_others(partner, _rehearse(edit))
        try:
            return _write(edit, told_others)
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
    return _Plan(transition=transition, wanted=found, seats=seats)


@rehearsal
def _rehearse(edit: _Edit) -> Turn:
    return _act(edit, None)[1]


@operation
def _write(edit: _Edit, told: Told | None) -> CourseRun:
    return _act(edit, told)[0]


def _act(edit: _Edit, told: Told | None) -> tuple[CourseRun, Turn]:
    """Judge now that nobody else can change the run, and write; the draft, and what others know.

    `told` is what they were told, None if they were not. Raises what judging raises, and
    ChangedMeanwhile if it is not what is written.
    """
    run, now = edit.run, edit.now
    ensure_course_run_draft(run=stored_run(run), now=now)
    rows = locked_run_rows(stored_run(run))
    if edit.check is not None:
        edit.check()
    draft = stored_run(run)
    plan = _plan(draft, edit.told, edit.by, now)
    judged = plan.transition
    facts = partial(facts_of, draft, studio_by=edit.by, sold=judged.writes_official)
    before = facts()
    changed = _write_draft(draft, plan, edit.told)
    turn = Turn(before, facts())
    if told is not None and told.turn != turn:
        raise ChangedMeanwhile
    if Effect.OFFICIAL_UNPUBLISHED in judged.effects:
        for row in rows:
            if not row.draft:
                changed |= write_differences(row, {"status": CourseRunStatus.UNPUBLISHED})
    if judged.writes_official:
        skus = skus_of(draft, told.skus if told else None)
        write_official_course_run(draft=draft, now=now, skus=skus)
        push_course_modes_later(run=draft, now=now)
    if changed:
        touch_course(course=draft.course, now=now)
    _follow(draft, judged, now)
    return draft, turn


def _write_draft(draft: CourseRun, plan: _Plan, told: ToldRun) -> bool:
    """Let the draft say what is told; whether anything differed."""
    changed = False
    if plan.seats is not None:
        changed |= write_planned_seats(run=draft, seats=plan.seats)
    changed |= write_wanted(draft, plan.wanted, status=plan.transition.target)
    if told.restriction_type is not UNCHANGED:
        changed |= write_restriction(draft, told.restriction_type)
    return changed


def _follow(draft: CourseRun, made: Transition, now: datetime) -> None:
    """What follows beside the run, whatever was written of it."""
    if Effect.SUBDIRECTORY in made.effects:
        move_into_subdirectory(course=draft.course, now=now)
    push_course_image_later(run=draft, now=now)
    if Effect.TELL_LEGAL in made.effects:
        mail_legal_review(run=draft, now=now)
