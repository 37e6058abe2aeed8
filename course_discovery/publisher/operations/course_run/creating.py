"""Making course runs.

A run is made and taken back first: that finds every reason to refuse it. Studio is told with no
transaction open. Then the run is made again and stays.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunType,
    Organization,
)
from course_discovery.course_metadata.models.course_run import CourseRunPacing, CourseRunStatus
from course_discovery.course_metadata.operations.course_run import course_run_slug
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.drafts import ensure_course_drafts
from course_discovery.course_metadata.operations.offer import fit_price
from course_discovery.course_metadata.operations.planned_offer import (
    UNCHANGED,
    planned_seats,
    write_planned_seats,
)
from course_discovery.course_metadata.operations.restricted_course_run import write_restriction
from course_discovery.course_metadata.operations.running import (
    TRIES,
    operation,
    rehearsal,
    write_differences,
)
from course_discovery.publisher.operations.course_run.draft import check_run_type, write_wanted
from course_discovery.publisher.operations.course_run.refusals import (
    BadFields,
    UnknownCourse,
    UnknownRerun,
)
from course_discovery.publisher.operations.course_run.telling import tell_studio_of_new_run
from course_discovery.publisher.operations.course_run.values import (
    ToldRun,
    Wanted,
    check_restriction,
    tellable,
    wanted,
)
from course_discovery.publisher.operations.course_run_key import (
    CourseRunKeyTaken,
    release_course_run_key,
    reserve_course_run_key,
)
from course_discovery.publisher.operations.pushing.later import push_course_image_later
from course_discovery.publisher.operations.pushing.studio import RunKeyTakenInStudio
from course_discovery.publisher.roles import may_create_course_run

Made = TypeVar("Made")

# What a new run has of the run that it repeats, unless something else is told.
_REPEATED = ("language", "min_effort", "max_effort", "weeks_to_complete")


@dataclass(frozen=True, kw_only=True)
class PlannedRun:
    """A run that can be made; `row` says what it will be, but for its key, and is not stored."""

    row: CourseRun
    repeated: CourseRun | None
    wanted: Wanted
    told: ToldRun
    by: Any


def create_course_run(
    *,
    partner: Partner,
    course_key: str,
    told: ToldRun,
    by: Any,
    now: datetime,
    term: str | None = None,
    rerun: str | None = None,
) -> CourseRun:
    """A new draft run of the course with this key; the course gets drafts if it has none.

    Its key is made of the course and the start, see `reserve_course_run_key` for `term`. It repeats
    the run with the key `rerun`, else the one that stands for the course; the first run comes to
    stand for it. Raises PermissionDenied, Refusal, and PushFailed, after which nothing is written.
    """
    course = _course(partner, course_key, by)
    plan = planned_course_run(course=course, told=told, by=by, rerun=rerun)
    write = partial(write_course_run, plan=plan, now=now)
    return made_in_studio_first(plan=plan, write=write, now=now, term=term)


def made_in_studio_first(
    *,
    plan: PlannedRun,
    write: Callable[[], Made],
    now: datetime,
    term: str | None = None,
    authors: Iterable[Organization] | None = None,
) -> Made:
    """Let `write` write the run, and what belongs to it, once Studio has made it.

    The run gets its key here, for `term` and `authors` see `reserve_course_run_key`. Whatever
    would refuse `write` is raised before Studio is told; a key that Studio has is passed by.
    """
    held: list[str] = []
    start: Any = plan.row.start
    try:
        for left in reversed(range(TRIES)):
            # The keys that are held make this another one each time.
            plan.row.key = reserve_course_run_key(
                course=plan.row.course, start=start, term=term, now=now, authors=authors
            )
            held.append(plan.row.key)
            if not plan.row.course.partner.studio_url:
                break
            rehearsal(write)()
            try:
                tell_studio_of_new_run(plan.row, rerun_of=plan.repeated, by=plan.by)
                break
            except RunKeyTakenInStudio:
                if not left:
                    raise
        return operation(write)()
    finally:
        for key in held:
            release_course_run_key(key=key)


def _course(partner: Partner, key: str, by: Any) -> Course:
    """The course, its draft if it has one. Raises PermissionDenied, UnknownCourse."""
    rows = Course.everything.filter(partner=partner, key_folded=fold(key))
    course = rows.select_related("partner", "type").order_by("-draft").first()
    if not may_create_course_run(by, partner, course_key=key, course=course):
        raise PermissionDenied
    if course is None:
        raise UnknownCourse(_("There is no course {key}.").format(key=key))
    return course


def planned_course_run(
    *, course: Course, told: ToldRun, by: Any, rerun: str | None = None
) -> PlannedRun:
    """A new run of the course, which may not be stored itself yet. Raises Refusal."""
    missing = [name for name in ("start", "end", "run_type") if told.values.get(name) is None]
    if missing:
        raise BadFields({name: [_("This field is required.")] for name in missing})
    run = CourseRun(
        course=course, draft=True, uuid=uuid.uuid4(), status=CourseRunStatus.UNPUBLISHED,
        pacing_type=CourseRunPacing.INSTRUCTOR, type=CourseRunType(),
    )  # fmt: skip
    found = wanted(run, told, created=True)
    check_run_type(course.type, found.columns["type"])
    check_restriction(told.restriction_type)
    for price in told.prices.values():
        fit_price(price)
    repeated = _repeated(course, rerun)
    columns: dict[str, Any] = {}
    if repeated is not None:
        columns = {name: getattr(repeated, name) for name in _REPEATED}
        if found.columns.keys() & {"min_effort", "max_effort"}:
            # Half of a told pair and half of a repeated one would make no pair.
            del columns["min_effort"], columns["max_effort"]
    for name, value in (columns | dict(found.columns)).items():
        setattr(run, name, value)
    return PlannedRun(row=run, repeated=repeated, wanted=found, told=tellable(told, by), by=by)


def _repeated(course: Course, key: str | None) -> CourseRun | None:
    """The run that a new one repeats, None for the first one. Raises UnknownRerun."""
    runs = CourseRun.everything.filter(
        course__uuid=course.uuid, course__partner=course.partner_id
    ).order_by("-draft")
    if key:
        found = runs.filter(key_folded=fold(key)).first()
        if found is None:
            raise UnknownRerun(_("The course has no run {key}.").format(key=key))
        return found
    canonical = course.canonical_course_run
    return canonical and runs.filter(uuid=canonical.uuid).first()


def write_course_run(*, plan: PlannedRun, now: datetime) -> CourseRun:
    """Write a run that was planned; its course is stored by now.

    A part of a larger operation. Raises PermissionDenied, Refusal.
    """
    row, told = plan.row, plan.told
    course = ensure_course_drafts(course=row.course, now=now)
    _course(row.course.partner, row.course.key, plan.by)  # It may be gone, or the right to write.
    if CourseRun.everything.filter(key_folded=fold(row.key)).exists():
        raise CourseRunKeyTaken(_("The key {key} is in use.").format(key=row.key))
    title = row.title_override or course.title
    columns = {
        field.attname: getattr(row, field.attname)
        for field in CourseRun._meta.concrete_fields
        if field.attname not in {"id", "course_id", "slug", "created", "modified", "key_folded"}
    }
    made = CourseRun.everything.create(
        course=course, slug=course_run_slug(title=title, key=row.key), **columns
    )
    write_wanted(made, plan.wanted)
    if plan.repeated is not None:
        _repeat_lists(made, plan.repeated, plan.wanted)
    override = told.upgrade_deadline_override
    seats = planned_seats(
        run=made, run_type=made.type, prices=told.prices, end=made.end,
        upgrade_deadline_override=override,
    )  # fmt: skip
    write_planned_seats(run=made, seats=seats)
    if told.restriction_type is not UNCHANGED:
        write_restriction(made, told.restriction_type)
    if course.canonical_course_run_id is None:
        write_differences(course, {"canonical_course_run": made})
    touch_course(course=course, now=now)
    push_course_image_later(run=made, now=now)
    return made


def _repeat_lists(made: CourseRun, repeated: CourseRun, told: Wanted) -> None:
    people = [link.person for link in repeated.staff_links.select_related("person")]
    languages = list(repeated.transcript_languages.all())
    lists = Wanted(
        columns={},
        staff=people if told.staff is None else None,
        transcript_languages=languages if told.transcript_languages is None else None,
    )
    write_wanted(made, lists)
