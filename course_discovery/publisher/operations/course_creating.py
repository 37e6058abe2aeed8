"""Courses as course teams make them: a draft, what its type sells, and its first run.

All of it is written in one transaction. Where Studio has to make the run, everything is written and
taken back first: that finds every reason to refuse it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, NotRequired, TypedDict
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import (
    Course,
    CourseEditor,
    CourseType,
    Organization,
    Source,
)
from course_discovery.course_metadata.operations import course_link
from course_discovery.course_metadata.operations.course_run_key import BadCourseRunKey
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.planned_offer import (
    planned_entitlements,
    write_planned_entitlements,
)
from course_discovery.course_metadata.operations.running import Refusal, operation
from course_discovery.publisher.operations.course_address import give_first_url_slug
from course_discovery.publisher.operations.course_run.creating import (
    made_in_studio_first,
    planned_course_run,
    write_course_run,
)
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.course_run_key import CourseRunKeyTaken
from course_discovery.publisher.operations.course_values import set_collaborators
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.roles import may_create_course

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
    if not may_create_course(by, values["organization"]):
        raise PermissionDenied
    new = _New(values, uuid4(), by, now)
    if first_run is None:
        return _write(new)
    return _write_with_run(new, first_run)


class _New(NamedTuple):
    """A course that may be made."""

    values: NewCourse
    uuid: UUID
    by: Any
    now: datetime

    def row(self) -> Course:
        """The course as it will be, not stored."""
        organization = self.values["organization"]
        return Course(
            uuid=self.uuid, partner=organization.partner, type=self.values["type"],
            product_source=self.values["product_source"], draft=True,
            data_modified_timestamp=self.now, **_named(self.values),
        )  # fmt: skip


def _write_with_run(new: _New, first: FirstRun) -> Course:
    course = new.row()
    with _failing_the_first_run():
        plan = planned_course_run(course=course, told=first.told, by=new.by)

    def write() -> Course:
        draft = _write(new)
        with _failing_the_first_run():
            write_course_run(plan=plan, now=new.now)
        return draft

    try:
        return made_in_studio_first(
            plan=plan, write=write, now=new.now, term=first.term,
            authors=[new.values["organization"]],
        )  # fmt: skip
    except (BadCourseRunKey, CourseRunKeyTaken) as error:
        raise FirstRunFailed(str(error)) from error
    except PushFailed as error:
        raise FirstRunFailed(error.said) from error


@contextmanager
def _failing_the_first_run() -> Iterator[None]:
    try:
        yield
    except Refusal as error:
        raise FirstRunFailed(str(error)) from error


@operation
def _write(new: _New) -> Course:
    values, now = new.values, new.now
    organization, course_type = values["organization"], values["type"]
    draft = new.row()
    draft.save(force_insert=True)
    course_link.set_authors(draft, [organization])
    give_first_url_slug(draft=draft, url_slug=values.get("url_slug"), now=now)
    sold = course_type.entitlement_types.values_list("slug", flat=True)
    told = {slug.lower(): price for slug, price in values.get("prices", {}).items()}
    prices = {slug: told.get(slug.lower(), Decimal(0)) for slug in sold}
    plan = planned_entitlements(course=draft, course_type=course_type, prices=prices)
    write_planned_entitlements(course=draft, entitlements=plan)
    set_collaborators(draft, values.get("collaborators", ()))
    CourseEditor.objects.create(user=new.by, course=draft)
    return draft


def _named(values: NewCourse) -> dict[str, Any]:
    """The columns that a new course is known by. Raises BadCourseNumber, CourseExists."""
    organization = values["organization"]
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
