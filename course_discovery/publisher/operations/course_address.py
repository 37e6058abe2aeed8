"""The addresses that course teams choose for courses."""

import re
from datetime import datetime
from typing import Any

import waffle
from django.conf import settings
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.course_url_slug import (
    UrlSlugTaken,
    active_url_slug,
    set_active_url_slug,
)
from course_discovery.course_metadata.operations.running import Refusal

SUBDIRECTORY_SWITCH = "course_metadata.is_subdirectory_slug_format_enabled"
_PLAIN = r"[a-zA-Z0-9_-]+"


class BadUrlSlug(Refusal):
    """A slug of another form than the courses of this type have."""


class UrlSlugInUse(Refusal):
    """A slug that another course has, now or in its history."""


def choose_url_slug(*, draft: Course, url_slug: str, now: datetime) -> bool:
    """Let the draft have this active slug; whether it had another one.

    A part of a larger operation. Raises BadUrlSlug, UrlSlugInUse.
    """
    if active_url_slug(draft) == url_slug:
        return False
    pattern, reason = _form_of(draft)
    if re.fullmatch(pattern, url_slug) is None:
        raise BadUrlSlug(reason)
    try:
        return set_active_url_slug(course=draft, url_slug=url_slug, now=now).changed
    except UrlSlugTaken:
        raise UrlSlugInUse(
            _(
                "Course edit was unsuccessful. The course URL slug ‘[{slug}]’ is already in use. "
                "Please update this field and try again."
            ).format(slug=url_slug)
        ) from None


def give_first_url_slug(*, draft: Course, url_slug: str | None, now: datetime) -> None:
    """Let a new draft have this slug, or a free one of its title. Raises as `choose_url_slug`."""
    if url_slug and re.fullmatch(_PLAIN, url_slug) is None:
        raise BadUrlSlug(_not_plain())
    try:
        set_active_url_slug(course=draft, url_slug=url_slug or None, now=now)
    except UrlSlugTaken:
        raise UrlSlugInUse(
            _(
                "Course creation was unsuccessful. The course URL slug ‘[{slug}]’ is already in "
                "use. Please update this field and try again."
            ).format(slug=url_slug)
        ) from None


def _form_of(draft: Course) -> tuple[str, str]:
    """The pattern of the slugs of such courses, and what whoever misses it is told."""
    if not waffle.switch_is_active(SUBDIRECTORY_SWITCH):
        return _PLAIN, _not_plain()
    source = draft.product_source.slug if draft.product_source else ""
    types: dict[str, Any] = settings.COURSE_URL_SLUGS_PATTERN.get(source, {})
    form = types.get(draft.type.slug) or types.get("default")
    if form is None:
        return _PLAIN, _not_plain()
    return form["slug_format"], form["error_msg"]


def _not_plain() -> str:
    return _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.")
