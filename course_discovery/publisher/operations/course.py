"""Courses as course teams write them: in drafts, which publishing makes official."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, NotRequired, TypedDict
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseRun,
    CourseType,
    Organization,
    Source,
)
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations import course_link
from course_discovery.course_metadata.operations.course_run_status import unpublish
from course_discovery.course_metadata.operations.course_url_slug import publish_url_slug
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import (
    delete_draft_course,
    ensure_course_drafts,
    locked_course_rows,
)
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.planned_offer import (
    planned_entitlements,
    write_planned_entitlements,
)
from course_discovery.course_metadata.operations.publication import write_official_course_run
from course_discovery.course_metadata.operations.running import Refusal, operation
from course_discovery.course_metadata.queries.course_run import ACTIVE
from course_discovery.publisher.operations.course_address import (
    choose_url_slug,
    give_first_url_slug,
)
from course_discovery.publisher.operations.course_pictures import Pictures, stored_pictures
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.telling import skus_of
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.course_values import (
    CourseEdit,
    set_collaborators,
    write_other_values,
    write_reviewed_values,
)
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.operations.pushing.later import (
    push_course_image_later,
    push_course_modes_later,
)
from course_discovery.publisher.operations.pushing.shop import push_publication
from course_discovery.publisher.queries.pushed import pushed_publication
from course_discovery.publisher.queries.pushed_facts import PushedPublication, PushedSkus
from course_discovery.publisher.roles import may_create_course, may_edit_course

_NUMBER = re.compile(r"[a-zA-Z0-9._-]+")


class BadCourseNumber(Refusal):
    """A number that cannot be a part of a key."""


class CourseExists(Refusal):
    """A key that a course has already."""


class NewCourse(TypedDict):
    """What a new course is made of; `prices` are by the slug of what is sold, 0 where not told."""

    title: str
    number: str
    organization: Organization
    type: CourseType
    product_source: Source
    url_slug: NotRequired[str | None]
    prices: NotRequired[Mapping[str, Decimal]]
    collaborators: NotRequired[Sequence[UUID]]


class FirstRun(NamedTuple):
    """The first run of a new course; `term` as in `create_course_run`."""

    told: ToldRun
    term: str | None


class FirstRunFailed(Exception):
    """A course that is not made, because its first run could not be; says why, safe to show."""


def create_course(
    *, values: NewCourse, first_run: FirstRun | None = None, by: Any, now: datetime
) -> Course:
    """A new course, as a draft that `by` edits, with what its type sells; with its first run.

    Raises PermissionDenied, BadCourseNumber, CourseExists, BadUrlSlug, UrlSlugInUse, Refusal, and
    FirstRunFailed, after which nothing is written.
    """
    draft = _create(values, by, now)
    if first_run is not None:
        _create_first_run(draft, first_run, by, now)
    return draft


def _create_first_run(draft: Course, first: FirstRun, by: Any, now: datetime) -> None:
    # Studio is told with no transaction open, so a run that it refuses takes its course with it.
    try:
        create_course_run(
            partner=draft.partner,
            course_key=draft.key,
            told=first.told,
            term=first.term,
            by=by,
            now=now,
        )
    except BaseException as error:
        delete_draft_course(course=draft)
        if isinstance(error, Refusal):
            raise FirstRunFailed(str(error)) from error
        if isinstance(error, PushFailed):
            raise FirstRunFailed(error.said) from error
        raise


@operation
def _create(values: NewCourse, by: Any, now: datetime) -> Course:
    organization, course_type = values["organization"], values["type"]
    if not may_create_course(by, organization):
        raise PermissionDenied
    draft = Course.everything.create(
        partner_id=organization.partner_id,
        type=course_type,
        product_source=values["product_source"],
        draft=True,
        data_modified_timestamp=now,
        **_named(organization, values),
    )
    course_link.set_authors(draft, [organization])
    give_first_url_slug(draft=draft, url_slug=values.get("url_slug"), now=now)
    sold = course_type.entitlement_types.values_list("slug", flat=True)
    told = {slug.lower(): price for slug, price in values.get("prices", {}).items()}
    prices = {slug: told.get(slug.lower(), Decimal(0)) for slug in sold}
    plan = planned_entitlements(course=draft, course_type=course_type, prices=prices)
    write_planned_entitlements(course=draft, entitlements=plan)
    set_collaborators(draft, values.get("collaborators", ()))
    CourseEditor.objects.create(user=by, course=draft)
    return draft


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

    Raises PermissionDenied, BadPicture, BadUrlSlug, UrlSlugInUse, EntitlementSwitch, Refusal (Gone
    among it), and PushFailed, after which nothing is written.
    """
    if not may_edit_course(by, course):
        raise PermissionDenied
    with stored_pictures(course, pictures or {}) as names:
        told: CourseEdit = {**values, **names}  # type: ignore[typeddict-item] # names of fields
        edit = _Edit(course, told, draft, now, check)
        given: dict[str, PushedSkus | None] = {}
        if not draft and course.partner.ecommerce_api_url:
            given = {
                each.run_key: push_publication(partner=course.partner, publication=each)
                for each in _publications(edit)
            }
        return _write(edit, given)


class _Edit(NamedTuple):
    """An edit that was allowed."""

    course: Course
    values: CourseEdit
    draft: bool
    now: datetime
    check: Callable[[], None] | None


def _publications(edit: _Edit) -> list[PushedPublication]:
    """What the shop is to be told: the edit is made, looked at, and taken back."""
    with transaction.atomic():
        row = _write(edit, {})
        found = [pushed_publication(run) for run in runs_to_republish(row, edit.now)]
        transaction.set_rollback(True)
    return found


@operation
def _write(edit: _Edit, given: Mapping[str, PushedSkus | None]) -> Course:
    """Write the edit; `given` are the shop's SKUs by the keys of runs."""
    values, now = edit.values, edit.now
    locked_course_rows(edit.course)
    if edit.check is not None:
        edit.check()
    row = ensure_course_drafts(course=edit.course, now=now)
    reviewed = list(row.course_runs.filter(status=CourseRunStatus.REVIEWED))
    reviewable = write_reviewed_values(row, values)
    changed = reviewable | write_other_values(row, values, now)
    if url_slug := values.get("url_slug", "").strip():
        changed |= choose_url_slug(draft=row, url_slug=url_slug, now=now)
        if reviewed or not edit.draft:
            _publish_url_slug(row, now)
    if not edit.draft:
        _republish(row, given, now)
    if reviewable and reviewed:
        unpublish(reviewed, now)
    if changed:
        touch_course(course=row, now=now)
    return row


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


def _named(organization: Organization, values: NewCourse) -> dict[str, Any]:
    """The columns that a new course is known by."""
    if _NUMBER.fullmatch(values["number"]) is None:
        raise BadCourseNumber(_("Special characters not allowed in Course Number."))
    columns = fitting(
        Course, {"key": f"{organization.key}+{values['number']}", "title": values["title"]}
    )
    if Course.everything.filter(
        partner=organization.partner_id, key_folded=fold(columns["key"])
    ).exists():
        raise CourseExists(_("A course with key [{key}] already exists.").format(**columns))
    return columns


def _publish_url_slug(draft: Course, now: datetime) -> None:
    official = Course.objects.filter(draft_version=draft.pk).first()
    if official is not None:
        publish_url_slug(draft=draft, official=official, now=now)
