"""Courses as course teams edit them: in drafts, which publishing makes official."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
)
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.course_run_status import unpublish
from course_discovery.course_metadata.operations.course_url_slug import publish_url_slug
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import (
    delete_draft_course,
    ensure_course_drafts,
    locked_course_rows,
)
from course_discovery.course_metadata.operations.publication import write_official_course_run
from course_discovery.course_metadata.operations.running import (
    TRIES,
    Refusal,
    operation,
    rehearsal,
)
from course_discovery.course_metadata.queries.course_run import ACTIVE
from course_discovery.publisher.operations.course_address import (
    choose_url_slug,
)
from course_discovery.publisher.operations.course_pictures import Pictures, stored_pictures
from course_discovery.publisher.operations.course_run.telling import skus_of
from course_discovery.publisher.operations.course_values import (
    CourseEdit,
    write_other_values,
    write_reviewed_values,
)
from course_discovery.publisher.operations.pushing.later import (
    push_course_image_later,
    push_course_modes_later,
)
from course_discovery.publisher.operations.pushing.shop import push_publication
from course_discovery.publisher.queries.pushed import pushed_publication
from course_discovery.publisher.queries.pushed_facts import PushedPublication, PushedSkus
from course_discovery.publisher.roles import may_edit_course


class CourseChangedMeanwhile(Refusal):
    """A course that somebody else keeps changing."""

    def __init__(self) -> None:
        super().__init__(_("The course was changed meanwhile. Please try again."))


def edit_course(
    *,
    course: Course,
    values: CourseEdit,
    pictures: Pictures | None = None,
    draft: bool = True,
    by: Any,
    now: datetime,
    check: Callable[[], None] | None = None,
) -> Course:
    """The draft of the course, made if there is none, saying what is told.

    With `draft` False the runs that are published and still open are published anew, and the
    course by them, once the shop knows. A run that was reviewed is to be reviewed again if what
    reviewers read changed. `check` may refuse the edit when nobody else can change the course any
    more, by what it raises.

    Raises PermissionDenied, BadPicture, BadUrlSlug, UrlSlugInUse, EntitlementSwitch, Refusal
    (Gone and CourseChangedMeanwhile among it), and PushFailed, after which nothing is written.
    """
    if not may_edit_course(by, course):
        raise PermissionDenied
    with stored_pictures(course, pictures or {}) as names:
        told: CourseEdit = {**values, **names}  # type: ignore[typeddict-item] # names of fields
        return _made_with_the_shop(_Edit(course, told, draft, now, check))


class _Edit(NamedTuple):
    """An edit that was allowed."""

    course: Course
    values: CourseEdit
    draft: bool
    now: datetime
    check: Callable[[], None] | None

    @property
    def is_told(self) -> bool:
        """Whether a shop has to know before this is written."""
        return not self.draft and bool(self.course.partner.ecommerce_api_url)


class _Turn(NamedTuple):
    """What the shop knows of the runs before an edit and after it, as in `course_run.telling`."""

    before: list[PushedPublication]
    after: list[PushedPublication]


class _Told(NamedTuple):
    """What the shop was told, and the SKUs that it gave, by the keys of runs."""

    turn: _Turn
    skus: Mapping[str, PushedSkus | None]


def _made_with_the_shop(edit: _Edit) -> Course:
    """Write the edit once the shop knows; again if it was told of another one."""
    if not edit.is_told:
        return _write(edit, None)
    for _try in range(TRIES):
        turn = _rehearse(edit)
        partner = edit.course.partner
        skus = {
            each.run_key: push_publication(partner=partner, publication=each) for each in turn.after
        }
        try:
            return _write(edit, _Told(turn, skus))
        except CourseChangedMeanwhile:
            continue
    raise CourseChangedMeanwhile


@rehearsal
def _rehearse(edit: _Edit) -> _Turn:
    return _act(edit, None)[1]


@operation
def _write(edit: _Edit, told: _Told | None) -> Course:
    return _act(edit, told)[0]


def _act(edit: _Edit, told: _Told | None) -> tuple[Course, _Turn]:
    """Write the edit; the draft, and what the shop knows.

    `told` is what it was told, None if it was not. Raises CourseChangedMeanwhile if that is not
    what is written.
    """
    now = edit.now
    locked_course_rows(edit.course)
    if edit.check is not None:
        edit.check()
    row = ensure_course_drafts(course=edit.course, now=now)
    reviewed = list(row.course_runs.filter(status=CourseRunStatus.REVIEWED))
    before = _publications(edit, row)
    reviewable, changed = _write_draft(edit, row, publishes_slug=bool(reviewed) or not edit.draft)
    turn = _Turn(before, _publications(edit, row))
    if told is not None and told.turn != turn:
        raise CourseChangedMeanwhile
    if not edit.draft:
        _republish(row, told.skus if told else {}, now)
    if reviewable and reviewed:
        unpublish(reviewed, now)
    if changed:
        touch_course(course=row, now=now)
    return row, turn


def _write_draft(edit: _Edit, row: Course, *, publishes_slug: bool) -> tuple[bool, bool]:
    """Let the draft say what is told; whether what reviewers read changed, and whether anything."""
    values, now = edit.values, edit.now
    reviewable = write_reviewed_values(row, values)
    changed = reviewable | write_other_values(row, values, now)
    if url_slug := values.get("url_slug", "").strip():
        changed |= choose_url_slug(draft=row, url_slug=url_slug, now=now)
        if publishes_slug:
            _publish_url_slug(row, now)
    return reviewable, changed


def _publications(edit: _Edit, draft: Course) -> list[PushedPublication]:
    """What the shop knows of the runs that are published anew, if it is told."""
    if not edit.is_told:
        return []
    return [pushed_publication(run) for run in runs_to_republish(draft, edit.now)]


def _republish(draft: Course, given: Mapping[str, PushedSkus | None], now: datetime) -> None:
    for run in runs_to_republish(draft, now):
        skus = skus_of(run, given.get(run.key))
        write_official_course_run(draft=run, now=now, skus=skus)
        push_course_modes_later(run=run, now=now)
        push_course_image_later(run=run, now=now)


@operation
def delete_course(*, course: Course, by: Any, check: Callable[[], None] | None = None) -> None:
    """Delete a course that never was official, with its runs and editors.

    `check` is as in `edit_course`. Raises PermissionDenied, HasOfficialRow.
    """
    locked_course_rows(course)
    if check is not None:
        check()
    if not may_edit_course(by, course):
        raise PermissionDenied
    delete_draft_course(course=course)


def runs_to_republish(draft: Course, now: datetime) -> list[CourseRun]:
    """The draft runs that are published anew with their course: published ones, still open."""
    published = draft.course_runs.filter(ACTIVE.filter(now), status=CourseRunStatus.PUBLISHED)
    return list(published.select_related("type", "course__partner").order_by("pk"))


def _publish_url_slug(draft: Course, now: datetime) -> None:
    official = Course.objects.filter(draft_version=draft.pk).first()
    if official is not None:
        publish_url_slug(draft=draft, official=official, now=now)
