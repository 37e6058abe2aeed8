"""Addresses of courses in subdirectories, for each kind of course behind a switch of its own.

`learn/<subject>/<organization>-<address or title>` for the courses of the default source,
`executive-education/<organization>-<title>`, `boot-camps/<subject>/<organization>-<title>`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import waffle
from django.conf import settings
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import Course, CourseType, Organization
from course_discovery.course_metadata.operations.course_url_slug import (
    active_url_slug,
    free_url_slug,
    set_active_url_slug,
)
from course_discovery.course_metadata.operations.running import Refusal, operation
from course_discovery.course_metadata.operations.slug import slug_of


class NoSubdirectory(Refusal):
    """A course that lacks what its address would be made of."""


class AddressNotPublished(Refusal):
    """A course whose team chose another address that is not published yet."""


@dataclass(frozen=True)
class _Kind:
    """One kind of course: its switch, its subdirectory, and what the last part is made of."""

    switch: str
    head: str
    with_subject: bool
    last: Callable[[Course, Organization], str]


def _address(course: Course, organization: Organization) -> str:
    plain = active_url_slug(course) or ""
    return slug_of(organization.name, course.title if "/" in plain else plain or course.title)


def _title(course: Course, organization: Organization) -> str:
    return slug_of(organization.name, course.title)


def _short_code(course: Course, organization: Organization) -> str:
    short = course.organization_short_code_override
    return slug_of(short or organization.name, course.title)


_OPEN = _Kind(
    "course_metadata.is_subdirectory_slug_format_enabled", "learn", with_subject=True, last=_address
)
_BY_TYPE = {
    CourseType.EXECUTIVE_EDUCATION: _Kind(
        "course_metadata.is_subdirectory_slug_format_for_exec_ed_enabled",
        "executive-education",
        with_subject=False,
        last=_title,
    ),
    CourseType.BOOTCAMP: _Kind(
        "course_metadata.is_subdirectory_slug_format_for_bootcamp_enabled",
        "boot-camps",
        with_subject=True,
        last=_short_code,
    ),
}


def subdirectory_slug(course: Course) -> str | None:
    """The free address that the course row would have in its subdirectory.

    None for a course whose address lies there, that belongs to none, or whose switch is off.
    Raises NoSubdirectory.
    """
    kind = _kind_of(course)
    if kind is None or not waffle.switch_is_active(kind.switch):
        return None
    if (active_url_slug(course) or "").startswith(f"{kind.head}/"):
        return None
    organization = course.authoring_organizations.first()
    if organization is None:
        raise NoSubdirectory(_("The course has no organization to make its address of."))
    parts = [kind.head]
    if kind.with_subject:
        subject = course.subjects.first()
        if subject is None:
            raise NoSubdirectory(_("The course has no subject to make its address of."))
        parts.append(subject.slug)
    last = kind.last(course, organization) or slug_of(course.key)
    return free_url_slug(course, "/".join([*parts, last]))


@operation
def move_into_subdirectory(*, course: Course, now: datetime) -> str | None:
    """Let the course row have its address in its subdirectory; gives it, None where it stays.

    What an official row had before leads to it from now on, and its draft gets it too. Raises
    NoSubdirectory, and AddressNotPublished for an official row whose draft has another address.
    """
    url_slug = subdirectory_slug(course)
    if url_slug is not None:
        draft = Course.everything.filter(official_version=course).first()
        if draft is not None and active_url_slug(draft) != active_url_slug(course):
            raise AddressNotPublished(_("Its draft has another address that is not published."))
        set_active_url_slug(course=course, url_slug=url_slug, now=now)
    return url_slug


def _kind_of(course: Course) -> _Kind | None:
    if course.type.slug in _BY_TYPE:
        return _BY_TYPE[course.type.slug]
    source = course.product_source
    of_default = source is not None and source.slug == settings.DEFAULT_PRODUCT_SOURCE_SLUG
    return _OPEN if of_default else None
