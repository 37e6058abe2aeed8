"""Courses as a source of record tells them: the official row and its draft twin alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseType, LevelType, Organization
from course_discovery.course_metadata.operations import course_link
from course_discovery.course_metadata.operations.course_entitlement import (
    write_course_entitlements,
)
from course_discovery.course_metadata.operations.course_url_slug import (
    active_url_slug,
    set_active_url_slug,
)
from course_discovery.course_metadata.operations.course_values import (
    CourseValues,
    course_differs,
    fit_course,
)
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.organization import (
    create_or_update_organization,
)
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.source import get_or_create_source
from course_discovery.course_metadata.operations.video import create_or_update_video


class BadCourseKey(Refusal):
    """A key that is not `ORG+NUMBER`."""


class UnknownCourseType(Refusal):
    """A slug that no course type has."""


class UnknownLevel(Refusal):
    """A name that no level has."""


@operation
def create_or_update_course(
    *, partner: Partner, key: str, values: CourseValues, now: datetime
) -> Written[Course]:
    """The official course with this key (case does not matter), made when there is none.

    A new course needs a title; its author is the organization of its key unless told otherwise,
    its type is the empty one until it can be inferred. A draft row that exists is updated too.
    Raises Refusal for what the catalog cannot take.
    """
    rows = locked(Course.everything.filter(partner=partner, key_folded=fold(key)))
    official = next((row for row in rows if not row.draft), None)
    if official is None:
        made = create_official_course(partner=partner, key=key, values=values, now=now)
        update_course_rows(rows=rows, values=values, now=now)
        return Written(made, Outcome.CREATED)
    changed = update_course_rows(rows=rows, values=values, now=now)
    return Written(official, Outcome.of(changed=changed))


@operation
def create_official_course(
    *, partner: Partner, key: str, values: CourseValues, now: datetime
) -> Course:
    """The official row of a course that has none; a draft that exists stays as it is.

    Raises Refusal for what the catalog cannot take.
    """
    organization = organization_of_course_key(key)
    columns = fitting(Course, {"key": key}) | fit_course(values)
    if not columns.get("title"):
        raise UnfitValue("title", "a new course needs one")
    draft = Course.everything.filter(partner=partner, key_folded=fold(key), draft=True).first()
    source = get_or_create_source(
        slug=settings.DEFAULT_PRODUCT_SOURCE_SLUG, name=settings.DEFAULT_PRODUCT_SOURCE_NAME
    )
    official = Course.everything.create(
        partner=partner,
        type=CourseType.objects.get(slug=CourseType.EMPTY),
        product_source=source.row,
        data_modified_timestamp=now,
        draft_version=draft,
        **({"uuid": draft.uuid} if draft else {}),
        **columns,
    )
    if "organizations" not in values:
        author = create_or_update_organization(partner=partner, key=organization, now=now).row
        course_link.set_authors(official, [author])
    if "url_slug" not in values:
        told = active_url_slug(draft) if draft else None
        set_active_url_slug(course=official, url_slug=told, now=now)
    _write(official, values, now)
    return official


@operation
def update_course_rows(*, rows: Sequence[Course], values: CourseValues, now: datetime) -> bool:
    """Write to the rows of one course what differs; whether anything did. Raises Refusal."""
    changed = False
    for row in sorted(rows, key=lambda row: not row.draft):
        changed |= _write(row, values, now)
    if changed:
        touch_course(course=rows[0], now=now)
    return changed


def course_is_current(rows: list[Course], values: CourseValues) -> bool:
    """Whether `create_or_update_course` would write nothing, the rows being as stored."""
    official = any(not row.draft for row in rows)
    return official and not any(course_differs(row, values) for row in rows)


def organization_of_course_key(key: str) -> str:
    """ORG of `ORG+NUMBER`. Raises BadCourseKey."""
    organization, plus, number = key.partition("+")
    if not (organization and plus and number) or "+" in number:
        raise BadCourseKey("the key is not ORG+NUMBER")
    return organization


def _write(row: Course, values: CourseValues, now: datetime) -> bool:
    """Write what differs in one row; whether anything did."""
    columns = fit_course(values)
    if "type" in values:
        columns["type"] = course_type_named(values["type"])
    if "level" in values:
        columns["level_type"] = _level_named(values["level"])
    changed = False
    if "video" in values:
        told = values["video"]
        written = create_or_update_video(values=told) if told else None
        columns["video"] = written.row if written else None
        changed = bool(written and written.changed)
    changed |= write_differences(row, columns)
    changed |= _write_links(row, values)
    if "entitlements" in values:
        changed |= write_course_entitlements(row, values["entitlements"])
    if values.get("url_slug") and not row.draft:
        written_slug = set_active_url_slug(course=row, url_slug=values["url_slug"], now=now)
        changed |= written_slug.changed
    return changed


def _write_links(row: Course, values: CourseValues) -> bool:
    changed = False
    if "organizations" in values:
        authors = _organizations(row, values["organizations"])
        changed |= course_link.set_authors(row, authors)
    if "sponsors" in values:
        changed |= course_link.set_sponsors(row, _organizations(row, values["sponsors"]))
    if "subjects" in values:
        subjects = course_link.subjects_by_slug(row.partner, values["subjects"])
        changed |= course_link.set_subjects(row, subjects)
    return changed


def _organizations(row: Course, keys: Any) -> list[Organization]:
    return course_link.organizations_by_key(row.partner, keys)


def course_type_named(slug: str) -> CourseType:
    """The course type with this slug. Raises UnknownCourseType."""
    found = CourseType.objects.filter(slug__iexact=slug).first()
    if found is None:
        raise UnknownCourseType(f"there is no course type {slug}")
    return found


def _level_named(name: str | None) -> LevelType | None:
    if not name or not name.strip():
        return None
    found: LevelType | None = LevelType.objects.filter(name__iexact=name.strip()).first()
    if found is None:
        raise UnknownLevel(f"there is no level {name.strip()}")
    return found
