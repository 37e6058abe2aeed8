"""What publishing would do: it is done, looked at, and taken back.

So nothing is foretold that the operations do not do. Other services are told of nothing; what they
would be told is noted.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from course_discovery.core.changes.models import Change
from course_discovery.core.changes.recording import present_entries
from course_discovery.course_metadata.models import Course, CourseRun, CourseUrlSlug
from course_discovery.course_metadata.operations.drafts import (
    ensure_course_drafts,
    ensure_course_run_draft,
)
from course_discovery.course_metadata.operations.publication import write_official_course_run
from course_discovery.course_metadata.operations.running import (
    operation,
    rehearsed,
    write_differences,
)
from course_discovery.publisher.mails.composing import compose
from course_discovery.publisher.mails.later import (
    MAIL,
    mail_internal_review,
    mail_legal_review,
    mail_reviewed,
    mail_watchers,
)
from course_discovery.publisher.mails.table import MAILS
from course_discovery.publisher.models import Errand
from course_discovery.publisher.operations.course import runs_to_republish
from course_discovery.publisher.operations.course_run.draft import stored_run
from course_discovery.publisher.operations.course_run.going_live import go_live
from course_discovery.publisher.operations.course_subdirectory import move_into_subdirectory
from course_discovery.publisher.operations.pushing.later import (
    COURSE_IMAGE,
    COURSE_MODES,
    push_course_image_later,
    push_course_modes_later,
)
from course_discovery.publisher.queries.pushed import pushed_modes, pushed_publication
from course_discovery.publisher.states import (
    Effect,
    Transition,
    Trigger,
    way_to_official,
)

Seen = TypeVar("Seen")


class Step(NamedTuple):
    """One way of the table of states that a run goes."""

    run: str
    transition: Transition


class Push(NamedTuple):
    """What another service is told of a run: `facts` are the modes that it is told of, if any."""

    service: str
    what: str
    run: str
    facts: tuple[str, ...] = ()


class ForetoldMail(NamedTuple):
    """A mail about a run, as it would be sent. `not_sent` says why it is not, "" if it is."""

    mail: str
    run: str
    subject: str
    recipients: list[str]
    not_sent: str


@dataclass(frozen=True)
class Redirects:
    """Addresses of the official course: the active one, and those that lead to it or cease to."""

    active: str | None
    made: list[str]
    retired: list[str]


@dataclass(frozen=True)
class Rehearsal:
    """What publishing did, inside the transaction that is taken back."""

    steps: list[Step]
    redirects: Redirects
    mails: list[ForetoldMail]
    pushes: list[Push]
    changes: list[Change]


def rehearse_course(*, course: Course, now: datetime, look: Callable[[Rehearsal], Seen]) -> Seen:
    """What `look` makes of the publication of a course's draft, and with it of its runs.

    Published are the runs that are published with it. Where there are none, a course becomes
    official by its first run that goes through the review; without runs nothing happens. Raises
    Refusal for what cannot be published.
    """
    return rehearsed(lambda: _course(course, now), look)


def rehearse_course_run(
    *, run: CourseRun, now: datetime, look: Callable[[Rehearsal], Seen]
) -> Seen:
    """What `look` makes of the publication of a run's draft, and with it of its course.

    The run goes through what is left of its review, and is published if its publication date has
    come. Raises Refusal for what cannot be published.
    """
    return rehearsed(lambda: _run(run, now), look)


@operation
def _course(course: Course, now: datetime) -> Rehearsal:
    draft = ensure_course_drafts(course=course, now=now)
    noted = _Noted.before(draft)
    again = runs_to_republish(draft, now)
    for run in again:
        noted.push("shop", "products", run)
        _write_official(stored_run(run), now)
        push_course_image_later(run=run, now=now)
    if not again and (first := draft.course_runs.order_by("pk").first()):
        _go_through_review(stored_run(first), noted, now)
    return noted.after(draft, now)


@operation
def _run(run: CourseRun, now: datetime) -> Rehearsal:
    draft = ensure_course_run_draft(run=run, now=now)
    noted = _Noted.before(draft.course)
    _go_through_review(stored_run(draft), noted, now)
    return noted.after(draft.course, now)


def _go_through_review(draft: CourseRun, noted: "_Noted", now: datetime) -> None:
    for transition in way_to_official(draft.status):
        noted.steps.append(Step(draft.key, transition))
        _take(draft, transition, noted, now)


def _take(draft: CourseRun, transition: Transition, noted: "_Noted", now: datetime) -> None:
    """Go one way of the table."""
    effects = transition.effects
    if transition.trigger == Trigger.SUBMIT:
        noted.push("studio", "course_run", draft)
    if Effect.PUSH in effects:
        noted.push("shop", "products", draft)
    write_differences(draft, {"status": transition.target})
    if Effect.OFFICIAL in effects:
        _write_official(draft, now)
    if Effect.SUBDIRECTORY in effects:
        move_into_subdirectory(course=draft.course, now=now)
    if transition.trigger == Trigger.SUBMIT:
        push_course_image_later(run=draft, now=now)
    if Effect.TELL_LEGAL in effects:
        mail_legal_review(run=draft, now=now)
    if Effect.TELL_COORDINATORS in effects:
        mail_internal_review(run=draft, now=now)
    if Effect.LIVE in effects:
        due = draft.go_live_date is not None and draft.go_live_date <= now
        if not (due and go_live(run=draft, now=now)):
            mail_reviewed(run=draft, now=now)
            mail_watchers(run=draft, now=now)


def _write_official(draft: CourseRun, now: datetime) -> None:
    write_official_course_run(draft=draft, now=now)
    push_course_modes_later(run=draft, now=now)


class _Noted:
    """What was before, and what is noted on the way."""

    def __init__(self, slugs: dict[str, bool], errands: Collection[UUID]) -> None:
        self.slugs, self.errands = slugs, errands
        self.steps: list[Step] = []
        self.pushes: list[Push] = []

    @classmethod
    def before(cls, draft: Course) -> "_Noted":
        """As it is before publishing."""
        return cls(_slugs(draft), {each.change for each in _errands(draft)})

    def push(self, service: str, what: str, run: CourseRun) -> None:
        """Note what a service is told before rows are written, if the partner has it."""
        partner = run.course.partner
        if service == "studio" and partner.studio_url:
            self.pushes.append(Push(service, what, run.key))
        if service == "shop" and partner.ecommerce_api_url:
            told = pushed_publication(run)
            modes = (*(each.identity.type for each in told.seats),
                     *(each.mode for each in told.entitlements))  # fmt: skip
            self.pushes.append(Push(service, what, run.key, modes))

    def after(self, draft: Course, now: datetime) -> Rehearsal:
        """What there is to see after publishing."""
        new = [each for each in _errands(draft) if each.change not in self.errands]
        rows = CourseRun.everything.select_related("course__partner", "course__type", "type")
        runs = {
            row.uuid: row
            for row in rows.filter(uuid__in={each.subject for each in new}).order_by("draft")
        }
        return Rehearsal(
            steps=self.steps,
            redirects=_redirects(self.slugs, _slugs(draft)),
            mails=_mails(new, runs, now),
            pushes=[*self.pushes, *_later(new, runs)],
            changes=present_entries(),
        )


def _errands(draft: Course) -> list[Errand]:
    runs = CourseRun.everything.filter(course__uuid=draft.uuid, course__partner=draft.partner_id)
    found = Errand.objects.filter(subject__in=runs.values("uuid"), subject_kind="course_run")
    return list(found.order_by("pk"))


def _slugs(draft: Course) -> dict[str, bool]:
    """The addresses of the official course, and whether they are active."""
    rows = CourseUrlSlug.objects.filter(
        course__uuid=draft.uuid, course__partner=draft.partner_id, course__draft=False
    )
    return dict(rows.order_by("pk").values_list("url_slug", "is_active"))


def _redirects(before: dict[str, bool], after: dict[str, bool]) -> Redirects:
    led = {slug for slug, active in before.items() if not active}
    lead = {slug for slug, active in after.items() if not active}
    active = next((slug for slug, is_active in after.items() if is_active), None)
    return Redirects(active, sorted(lead - led), sorted(led - lead))


def _mails(
    errands: Sequence[Errand], runs: dict[UUID, CourseRun], now: datetime
) -> list[ForetoldMail]:
    found = []
    for each in errands:
        if each.kind == MAIL:
            made = compose(mail=MAILS[each.topic], run=runs[each.subject], now=now)
            found.append(
                ForetoldMail(each.topic, each.key, made.subject, made.recipients, made.not_sent)
            )
    return found


def _later(errands: Sequence[Errand], runs: dict[UUID, CourseRun]) -> list[Push]:
    """What services are told after the commit."""
    found = []
    for each in errands:
        run = runs[each.subject]
        if each.kind == COURSE_MODES:
            modes = tuple(mode.slug for mode in pushed_modes(run.type))
            found.append(Push("lms", "modes", each.key, modes))
        if each.kind == COURSE_IMAGE and run.course.image:
            found.append(Push("studio", "image", each.key))
    return found
