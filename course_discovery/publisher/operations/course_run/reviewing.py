"""Reviewing course runs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.course_run_status import locked_run_rows
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import ensure_course_run_draft
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.publication import write_official_course_run
from course_discovery.course_metadata.operations.running import (
    TRIES,
    operation,
    write_differences,
)
from course_discovery.publisher.mails.later import (
    mail_internal_review,
    mail_reviewed,
    mail_watchers,
)
from course_discovery.publisher.operations.course_run.draft import stored_run
from course_discovery.publisher.operations.course_run.going_live import go_live
from course_discovery.publisher.operations.course_run.refusals import ChangedMeanwhile
from course_discovery.publisher.operations.course_run.telling import skus_of, tell_shop
from course_discovery.publisher.operations.pushing.later import push_course_modes_later
from course_discovery.publisher.queries.pushed_facts import PushedSkus
from course_discovery.publisher.roles import may_review
from course_discovery.publisher.states import Effect, NoSuchTransition, Transition, review_to


class Embargo(TypedDict, total=False):
    """What a review finds about embargoed countries."""

    has_ofac_restrictions: bool | None
    ofac_comment: str


def review_course_run(
    *,
    run: CourseRun,
    status: str,
    embargo: Embargo,
    by: Any,
    now: datetime,
    check: Callable[[], None] | None = None,
) -> CourseRun:
    """Let a run in review have this status, and what the review found; gives its draft.

    A run that was reviewed becomes official, and is published at once if its publication date has
    come. `check` is as in `edit_course_run`. Raises PermissionDenied for who may not, and for a
    status to which no review leads from where the run is; Refusal; and PushFailed, after which
    nothing is written.
    """
    for _try in range(TRIES):
        stored = stored_run(run)
        transition = _transition(stored, status, by)
        skus = tell_shop(stored) if transition.writes_official else None
        try:
            return _write(
                run=stored, transition=transition, embargo=embargo, skus=skus, by=by, now=now,
                check=check,
            )  # fmt: skip
        except ChangedMeanwhile:
            continue
    raise ChangedMeanwhile


def _transition(run: CourseRun, status: str, by: Any) -> Transition:
    try:
        found = review_to(run.status, status)
    except NoSuchTransition:
        raise PermissionDenied from None
    if not may_review(by, run, status):
        raise PermissionDenied
    return found


@operation
def _write(
    *,
    run: CourseRun,
    transition: Transition,
    embargo: Embargo,
    skus: PushedSkus | None,
    by: Any,
    now: datetime,
    check: Callable[[], None] | None,
) -> CourseRun:
    ensure_course_run_draft(run=run, now=now)
    locked_run_rows(run)
    if check is not None:
        check()
    draft = stored_run(run)
    if _transition(draft, transition.target, by) != transition:
        raise ChangedMeanwhile
    columns = fitting(CourseRun, embargo) | {"status": transition.target}
    if write_differences(draft, columns):
        touch_course(course=draft.course, now=now)
    if transition.writes_official:
        write_official_course_run(draft=draft, now=now, skus=skus_of(draft, skus))
        push_course_modes_later(run=draft, now=now)
    if Effect.TELL_COORDINATORS in transition.effects:
        mail_internal_review(run=draft, now=now)
    if Effect.LIVE in transition.effects:
        _put_live_or_wait(draft, now)
    return stored_run(draft)


def _put_live_or_wait(draft: CourseRun, now: datetime) -> None:
    """Publish what was reviewed if its publication date has come; people are told either way."""
    due = draft.go_live_date is not None and draft.go_live_date <= now
    if not (due and go_live(run=draft, now=now)):
        mail_reviewed(run=draft, now=now)
        mail_watchers(run=draft, now=now)
