"""Curricula as programs show them, with the programs inside them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from course_discovery.course_metadata.models import (
    Curriculum,
    CurriculumCourseMembership,
    CurriculumCourseRunExclusion,
    CurriculumProgramMembership,
)
from course_discovery.course_metadata.queries.curriculum import LEVELS, programs_to_show
from course_discovery.projections.course import first_boundary
from course_discovery.projections.program_course import nested_course

_TEXTS = ("name", "marketing_text", "marketing_text_brief", "is_active")
Rendered = dict[str, Any]


@dataclass
class CourseMember:
    """A course of a curriculum, and which of its runs are not part of it (primary keys)."""

    course: int
    excluded: set[int] = field(default_factory=set)


@dataclass
class CurriculumContext:
    """One curriculum with its members (primary keys)."""

    row: dict[str, Any]
    courses: list[CourseMember] = field(default_factory=list)
    programs: list[int] = field(default_factory=list)


class Curricula:
    """The curricula of some programs, and of the programs inside them as far as these are shown."""

    def __init__(self, programs: Collection[int]) -> None:
        """Look them up: four queries for each level."""
        self.by_program: dict[int, list[CurriculumContext]] = {}
        wanted = set(programs)
        for _level in range(LEVELS + 1):
            found = _load(wanted)
            self.by_program |= {pk: found[pk] for pk in wanted}
            members = {pk for each in found.values() for one in each for pk in one.programs}
            wanted = members - self.by_program.keys()

    @property
    def programs(self) -> set[int]:
        """The primary keys of all these programs."""
        return set(self.by_program)

    @property
    def courses(self) -> set[int]:
        """The primary keys of the courses of all curricula."""
        every = (one for each in self.by_program.values() for one in each)
        return {member.course for one in every for member in one.courses}

    def fill(
        self,
        program: int,
        *,
        programs: Mapping[int, Rendered],
        courses: Mapping[int, Rendered],
        now: datetime,
    ) -> Rendered:
        """A rendered program with its curricula, filled from rendered programs and courses."""
        return _Filling(self, programs, courses, now).program((program,))


@dataclass(frozen=True)
class _Filling:
    curricula: Curricula
    programs: Mapping[int, Rendered]
    courses: Mapping[int, Rendered]
    now: datetime

    def program(self, path: tuple[int, ...]) -> Rendered:
        program = self.programs[path[-1]]
        curricula = [self.curriculum(one, path) for one in self.curricula.by_program[path[-1]]]
        return {
            **program,
            "curricula": curricula,
            "_next_boundary": first_boundary([*program["courses"], *curricula]),
        }

    def curriculum(self, context: CurriculumContext, path: tuple[int, ...]) -> Rendered:
        courses = [
            nested_course(self.courses[member.course], excluded=member.excluded, now=self.now)
            for member in context.courses
        ]
        shown = programs_to_show(path, context.programs)
        programs = [self.program((*path, pk)) for pk in shown if pk in self.programs]
        return {
            "uuid": str(context.row["uuid"]),
            **{name: context.row[name] for name in _TEXTS},
            "courses": courses,
            "programs": programs,
            "_next_boundary": first_boundary([*courses, *programs]),
        }


def _load(programs: Collection[int]) -> defaultdict[int, list[CurriculumContext]]:
    by_program: defaultdict[int, list[CurriculumContext]] = defaultdict(list)
    if not programs:
        return by_program
    rows = Curriculum.objects.filter(program_id__in=programs).order_by("pk")
    contexts = {
        row["pk"]: CurriculumContext(row)
        for row in rows.values("pk", "uuid", "program_id", *_TEXTS)
    }
    for context in contexts.values():
        by_program[context.row["program_id"]].append(context)
    _add_courses(contexts)
    members = CurriculumProgramMembership.objects.filter(curriculum_id__in=contexts)
    for curriculum, program in members.order_by("pk").values_list("curriculum_id", "program_id"):
        contexts[curriculum].programs.append(program)
    return by_program


def _add_courses(contexts: Mapping[int, CurriculumContext]) -> None:
    rows = CurriculumCourseMembership.objects.filter(
        curriculum_id__in=contexts, course__draft=False
    ).order_by("pk")
    members: dict[int, CourseMember] = {}
    for pk, curriculum, course in rows.values_list("pk", "curriculum_id", "course_id"):
        members[pk] = CourseMember(course)
        contexts[curriculum].courses.append(members[pk])
    exclusions = CurriculumCourseRunExclusion.objects.filter(course_membership_id__in=members)
    for member, run in exclusions.values_list("course_membership_id", "course_run_id"):
        members[member].excluded.add(run)
