"""Curricula of programs, with their courses and programs."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    Curriculum,
    CurriculumCourseMembership,
    Program,
)
from course_discovery.course_metadata.operations.curriculum_state import note_state
from course_discovery.course_metadata.operations.data_modified import touch_program
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.ordered import set_keyed_parts
from course_discovery.course_metadata.operations.references import (
    Reference,
    courses_by_key,
    programs_named,
)
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    differences,
    locked,
    operation,
)

# A curriculum that is told by its program and name has a uuid made of them: no twins.
_NAMESPACE = uuids.UUID("5d0c4a53-2f87-4a4e-9c76-0f6f1b6d9f70")
_LISTS = frozenset({"program", "courses", "programs"})


class OtherPartnersCurriculum(Refusal):
    """A uuid of a curriculum of another partner's program."""


class ExcludedRunOfAnotherCourse(Refusal):
    """A run that a membership excludes, although its course has no such run."""


class CurriculumCourseValues(TypedDict):
    """A course by its key, without some of its runs."""

    course: str
    is_active: NotRequired[bool]
    excluded_course_runs: NotRequired[Sequence[str]]


class CurriculumProgramValues(TypedDict):
    """A program by its uuid or marketing slug."""

    program: Reference
    is_active: NotRequired[bool]


class CurriculumValues(TypedDict, total=False):
    """What may be told of a curriculum. Lists are told whole."""

    program: Reference | None
    name: str
    is_active: bool
    marketing_text_brief: str | None
    marketing_text: str | None
    courses: Sequence[CurriculumCourseValues]
    programs: Sequence[CurriculumProgramValues]


@operation
def create_or_update_curriculum(
    *,
    partner: Partner,
    uuid: uuids.UUID | None = None,
    values: CurriculumValues,
    now: datetime,
) -> Written[Curriculum]:
    """The curriculum with this uuid, else with this name in this program, made when there is none.

    Raises Refusal for what the catalog cannot take, ExternalKeyTaken and CurriculumCycle among it.
    """
    plain: dict[str, Any] = {name: told for name, told in values.items() if name not in _LISTS}
    columns = fitting(Curriculum, plain)
    if "program" in values:
        columns["program"] = _program(partner, values["program"])
    row = _stored(partner, uuid, columns)
    created = row is None
    changed = False
    left = row.program if row else None
    if row is None:
        row = _create(uuid, columns, now)
    elif differences(row, columns):
        for name, value in columns.items():
            setattr(row, name, value)
        note_state(row, now=now)
        row.save()
        changed = True
    if "programs" in values:
        changed |= _write_programs(row, partner, values["programs"])
    if "courses" in values:
        changed |= _write_courses(row, partner, values["courses"])
    if created or changed:
        for program in {row.program, left}:
            if program is not None:
                touch_program(program=program, now=now)
    return Written(row, Outcome.of(created=created, changed=changed))


def _stored(
    partner: Partner, uuid: uuids.UUID | None, columns: Mapping[str, Any]
) -> Curriculum | None:
    if uuid is None:
        of_program = Curriculum.objects.filter(program=columns.get("program"))
        named = of_program.filter(name=columns.get("name", ""))
        return next(iter(locked(named.exclude(program=None))), None)
    row = next(iter(locked(Curriculum.objects.filter(uuid=uuid))), None)
    if row is not None and row.program is not None and row.program.partner_id != partner.pk:
        raise OtherPartnersCurriculum("the curriculum is another partner's")
    return row


def _create(uuid: uuids.UUID | None, columns: Mapping[str, Any], now: datetime) -> Curriculum:
    program = columns.get("program")
    if uuid is None:
        name = columns.get("name", "")
        uuid = uuids.uuid5(_NAMESPACE, f"{program.uuid}:{name}") if program else uuids.uuid4()
    row = Curriculum(uuid=uuid, **columns)
    note_state(row, now=now)
    row.save(force_insert=True)
    return row


def _program(partner: Partner, told: Reference | None) -> Program | None:
    return programs_named(partner, [told])[0] if told else None


def _write_programs(
    row: Curriculum, partner: Partner, told: Sequence[CurriculumProgramValues]
) -> bool:
    wanted: dict[Any, dict[str, Any]] = {}
    for each in told:
        (program,) = programs_named(partner, [each["program"]])
        if program.pk in wanted:
            raise UnfitValue("programs", "one program comes twice")
        wanted[program.pk] = {"program": program, "is_active": each.get("is_active", True)}
    return set_keyed_parts(row.program_memberships, lambda stored: stored.program_id, wanted)


def _write_courses(
    row: Curriculum, partner: Partner, told: Sequence[CurriculumCourseValues]
) -> bool:
    wanted: dict[Any, dict[str, Any]] = {}
    excluded: dict[Any, list[CourseRun]] = {}
    for each in told:
        (course,) = courses_by_key(partner, [each["course"]])
        if course.pk in wanted:
            raise UnfitValue("courses", "one course comes twice")
        wanted[course.pk] = {"course": course, "is_active": each.get("is_active", True)}
        excluded[course.pk] = _excluded_runs(course, each.get("excluded_course_runs", ()))
    changed = set_keyed_parts(row.course_memberships, lambda stored: stored.course_id, wanted)
    for membership in row.course_memberships.all():
        changed |= _set_exclusions(membership, excluded[membership.course_id])
    return changed


def _excluded_runs(course: Course, keys: Sequence[str]) -> list[CourseRun]:
    """Official runs of the course. Raises ExcludedRunOfAnotherCourse."""
    found = {run.key_folded: run for run in course.course_runs.filter(draft=False)} if keys else {}
    for key in keys:
        if fold(key) not in found:
            raise ExcludedRunOfAnotherCourse(f"courses: {course.key} has no run {key}")
    return [found[key] for key in dict.fromkeys(fold(key) for key in keys)]


def _set_exclusions(membership: CurriculumCourseMembership, runs: Sequence[CourseRun]) -> bool:
    wanted = {run.pk: {"course_run": run} for run in runs}
    return set_keyed_parts(membership.exclusions, lambda stored: stored.course_run_id, wanted)
