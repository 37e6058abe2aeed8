"""The addresses of courses: one active slug for a course, the past ones redirect to it.

A slug belongs to one row in a partner. Where a course has a draft and an official row, the
official one owns the slugs, and `is_active_on_draft` says which of them the draft uses.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db.models import Q, QuerySet

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseUrlSlug
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.slug import free_slug, slug_of


class UrlSlugTaken(Refusal):
    """A slug that another course of the partner has, now or in its history."""


@operation
def set_active_url_slug(
    *, course: Course, url_slug: str | None = None, now: datetime
) -> Written[CourseUrlSlug]:
    """Let `url_slug` be the course row's active slug; without one, a free slug of the title.

    On an official row it becomes the draft's too, and what was active redirects from now on. On a
    draft whose official twin has the slug, the official's row is marked as the draft's; any other
    slug stays with the draft until it is published. Raises UrlSlugTaken.
    """
    # So that of two slugs that are set at the same moment one becomes active after the other.
    locked(Course.everything.filter(partner=course.partner_id, uuid=course.uuid))
    return _set(course, url_slug, _slugs_of_both(course), now)


def publish_url_slug(draft: Course, official: Course, now: datetime) -> bool:
    """Let the official course have the draft's active slug; whether it had another one.

    A part of a larger operation, which has locked both. Raises UrlSlugTaken.
    """
    known = _slugs_of_both(official)
    own = next((row for row in known if row.course_id == draft.pk and row.is_active), None)
    marked = next((row for row in known if row.is_active_on_draft), None)
    if own is None and marked is not None and marked.is_active:
        return False
    told = own or marked
    slug = told.url_slug if told else None
    return _set(official, slug, known, now).changed


def _set(
    course: Course, url_slug: str | None, known: list[CourseUrlSlug], now: datetime
) -> Written[CourseUrlSlug]:
    slug = str(fitting(CourseUrlSlug, {"url_slug": url_slug or _slug_of_title(course)})["url_slug"])
    if _others(course).filter(url_slug_folded=fold(slug)).exists():
        raise UrlSlugTaken("url_slug: another course has it")
    change = _on_draft if course.draft else _on_official
    written = change(course, slug, known)
    if written.changed:
        touch_course(course=course, now=now)
    return written


@operation
def add_url_slug_redirect(*, course: Course, url_slug: str) -> bool:
    """Let an address lead to the official course, as those of its published runs do.

    Answers whether it was added: not when the course has it already, and not when another course
    has it, which keeps it.
    """
    if CourseUrlSlug.objects.filter(
        partner=course.partner_id, url_slug_folded=fold(url_slug)
    ).exists():
        return False
    CourseUrlSlug.objects.create(course=course, partner_id=course.partner_id, url_slug=url_slug)
    return True


def active_url_slug(course: Course) -> str | None:
    """The slug that the course row uses now: its own, or the official's that is marked for it."""
    own = course.url_slug_history.filter(is_active=True).first()
    if own is None and course.draft:
        official = CourseUrlSlug.objects.filter(course__draft_version=course.pk)
        own = official.filter(is_active_on_draft=True).first()
    return own.url_slug if own else None


def _on_official(course: Course, slug: str, known: list[CourseUrlSlug]) -> Written[CourseUrlSlug]:
    mine = [row for row in known if row.course_id == course.pk]
    drafts = [row for row in known if row.course_id != course.pk and row.is_active]
    changed = bool(drafts)
    for row in drafts:
        row.delete()
    found = next((row for row in mine if row.url_slug_folded == fold(slug)), None)
    for row in mine:
        if row is not found:
            changed |= write_differences(row, {"is_active": False, "is_active_on_draft": False})
    if found is None:
        return Written(_create(course, slug, is_active_on_draft=True), Outcome.CREATED)
    active = {"url_slug": slug, "is_active": True, "is_active_on_draft": True}
    changed |= write_differences(found, active)
    return Written(found, Outcome.of(changed=changed))


def _on_draft(course: Course, slug: str, known: list[CourseUrlSlug]) -> Written[CourseUrlSlug]:
    official = [row for row in known if row.course_id != course.pk]
    own = [row for row in known if row.course_id == course.pk and row.is_active]
    changed, match = False, None
    for row in official:
        same = row.url_slug_folded == fold(slug)
        match = row if same else match
        changed |= write_differences(row, {"is_active_on_draft": same})
    if match is not None:
        for row in own:
            row.delete()
        return Written(match, Outcome.of(changed=changed or bool(own)))
    if own:
        changed |= write_differences(own[0], {"url_slug": slug})
        return Written(own[0], Outcome.of(changed=changed))
    return Written(_create(course, slug, is_active_on_draft=False), Outcome.CREATED)


def _create(course: Course, slug: str, *, is_active_on_draft: bool) -> CourseUrlSlug:
    return CourseUrlSlug.objects.create(
        course=course,
        partner_id=course.partner_id,
        url_slug=slug,
        is_active=True,
        is_active_on_draft=is_active_on_draft,
    )


def _slug_of_title(course: Course) -> str:
    """A free slug of the title; of the key where the title gives none."""
    return free_url_slug(course, slug_of(course.title) or slug_of(course.key) or "course")


def free_url_slug(course: Course, wanted: str) -> str:
    """`wanted`, numbered where another course of the partner has it, or had it."""
    others = _others(course)

    def taken(slugs: list[str]) -> AbstractSet[str]:
        rows = others.filter(url_slug_folded__in=slugs)
        return set(rows.values_list("url_slug_folded", flat=True))

    return free_slug(wanted, taken)


def _slugs_of_both(course: Course) -> list[CourseUrlSlug]:
    return locked(CourseUrlSlug.objects.filter(_of(course)))


def _others(course: Course) -> "QuerySet[CourseUrlSlug]":
    partner: Partner | int = course.partner_id
    return CourseUrlSlug.objects.filter(partner=partner).exclude(_of(course))


def _of(course: Course) -> Q:
    """The rows of a course and of its twin."""
    return Q(course__uuid=course.uuid, course__partner=course.partner_id)
