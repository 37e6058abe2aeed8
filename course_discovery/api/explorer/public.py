"""What anybody may see: official, published, neither hidden nor restricted, of the partner."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, Program
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.queries.course import official_courses
from course_discovery.course_metadata.queries.program import programs_of

Rendered = dict[str, Any]


def public_runs(course: Rendered) -> list[Rendered]:
    """The runs of a course's projection that anybody may see, but for those of retired types."""
    return [
        run
        for run in course["course_runs"]
        if _is_public_run(run) and run["_type"] not in settings.RETIRED_RUN_TYPES
    ]


def is_public_course(course: Rendered) -> bool:
    """Whether anybody may see a course: one of its runs, at least, as its document says too."""
    in_use = course["course_type"] not in settings.RETIRED_COURSE_TYPES
    return in_use and not course["_draft"] and any(map(_is_public_run, course["course_runs"]))


def is_public_inside(course: Rendered) -> bool:
    """The same of a course as programs show it: hidden and restricted runs tell no status."""
    in_use = course["course_type"] not in settings.RETIRED_COURSE_TYPES
    return in_use and CourseRunStatus.PUBLISHED in course["course_run_statuses"]


def is_public_program(program: Rendered) -> bool:
    """Whether anybody may see a program."""
    return program["status"] == ProgramStatus.ACTIVE and not program["hidden"]


def find_course(partner: Partner, identifier: str) -> int | None:
    """The primary key of the official course with this key, in any case, or uuid; None without."""
    if "\0" in identifier:  # no text of a database has it
        return None
    courses = official_courses().filter(partner=partner).values_list("pk", flat=True)
    if mark := uuid_or_none(identifier):
        return courses.filter(uuid=mark).first()
    return courses.filter(key_folded=fold(identifier)).first()


def find_program(partner: Partner, uuid: UUID) -> int | None:
    """The primary key of the program with this uuid; None without."""
    return programs_of(partner).filter(uuid=uuid).values_list("pk", flat=True).first()


def public_program_pks(partner: Partner, pks: Collection[int]) -> set[int]:
    """Those of the programs that anybody may see."""
    seen = Program.objects.filter(
        pk__in=pks, partner=partner, status=ProgramStatus.ACTIVE, hidden=False
    )
    return set(seen.values_list("pk", flat=True))


def courses_of_program(pk: int) -> list[int]:
    """The primary keys of the official courses of a program, in any order."""
    return list(Course.objects.filter(programs=pk).values_list("pk", flat=True))


def staff_of(runs: Iterable[Rendered]) -> list[Rendered]:
    """Who teaches these runs, each person once."""
    return list({person["uuid"]: person for run in runs for person in run["staff"]}.values())


def _is_public_run(run: Rendered) -> bool:
    return bool(
        run["status"] == CourseRunStatus.PUBLISHED
        and not run["hidden"]
        and run["restriction_type"] is None
    )
