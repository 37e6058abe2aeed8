"""Reviewing course runs."""

from collections.abc import Callable
from dataclasses import dataclass
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
    rehearsal,
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
from course_discovery.publisher.operations.course_run.telling import (
    Told,
    Turn,
    facts_of,
    skus_of,
    tell_others,
)
from course_discovery.publisher.operations.pushing.later import push_course_modes_later
from course_discovery.publisher.roles import may_review
from course_discovery.publisher.states import Effect, NoSuchTransition, Transition, review_to


class Embargo(TypedDict, total=False):
    """What a review finds about embargoed countries."""

    has_ofac_restrictions: bool | None
    ofac_comment: str


@dataclass(frozen=True, kw_only=True)
class _Review:
    """Who finds what in a review; the arguments of `review_course_run`."""

    run: CourseRun
    status: str
    embargo: Embargo
    by: Any
    now: datetime
    check: Callable[[], None] | None


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
    review = _Review(run=run, status=status, embargo=embargo, by=by, now=now, check=check)
    partner = run.course.partner
    if not partner.ecommerce_api_url:
        return _write(review, None)
    for _try in range(TRIES):
        told = tell_others(partner, _rehearse(review))
        try:
            return _write(review, told)
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


@rehearsal
def _rehearse(review: _Review) -> Turn:
    return _act(review, None)[1]


@operation
def _write(review: _Review, told: Told | None) -> CourseRun:
    return _act(review, told)[0]


def _act(review: _Review, told: Told | None) -> tuple[CourseRun, Turn]:
    """As in `editing`: judge under the locks, write, and see that others were told of this."""
    run, now = review.run, review.now
    ensure_course_run_draft(run=stored_run(run), now=now)
    locked_run_rows(stored_run(run))
    if review.check is not None:
        review.check()
    draft = stored_run(run)
    transition = _transition(draft, review.status, review.by)
    facts = facts_of(draft, sold=transition.writes_official)
    # What a review finds is told to nobody.
    turn = Turn(facts, facts)
    if told is not None and told.turn != turn:
        raise ChangedMeanwhile
    columns = fitting(CourseRun, review.embargo) | {"status": transition.target}
    if write_differences(draft, columns):
        touch_course(course=draft.course, now=now)
    if transition.writes_official:
        skus = skus_of(draft, told.skus if told else None)
        write_official_course_run(draft=draft, now=now, skus=skus)
        push_course_modes_later(run=draft, now=now)
    if Effect.TELL_COORDINATORS in transition.effects:
        mail_internal_review(run=draft, now=now)
    if Effect.LIVE in transition.effects:
        _put_live_or_wait(draft, now)
    return stored_run(draft), turn


def _put_live_or_wait(draft: CourseRun, now: datetime) -> None:
    """Publish what was reviewed if its publication date has come; people are told either way."""
    due = draft.go_live_date is not None and draft.go_live_date <= now
    if not (due and go_live(run=draft, now=now)):
        mail_reviewed(run=draft, now=now)
        mail_watchers(run=draft, now=now)
