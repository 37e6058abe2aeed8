"""What stored pathways, steps and nodes take, in seven queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count

from course_discovery.course_metadata.models import CourseRun, ProgramCourse, Seat
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course import RunOfCourse, advertised_run
from learner_pathway.models import (
    LearnerPathwayCourse,
    LearnerPathwayProgram,
    LearnerPathwayStep,
)
from learner_pathway.queries.workload import (
    NOTHING,
    Workload,
    of_node,
    of_step,
    one_after_another,
)


class _Run(RunOfCourse):
    """What a run says of the work on it."""

    hours: float
    min_effort: int | None
    max_effort: int | None


@dataclass(frozen=True)
class Estimates:
    """What some steps take, by primary key, and their nodes, by uuid."""

    steps: dict[int, Workload] = field(default_factory=dict)
    nodes: dict[Any, Workload] = field(default_factory=dict)

    @property
    def whole(self) -> Workload:
        """All the steps one after another."""
        return one_after_another(self.steps.values())


def estimate_pathway(pathway: int, now: datetime) -> Estimates:
    """What the steps and nodes of the pathway (a primary key) take; `whole` is all of it."""
    steps = LearnerPathwayStep.objects.filter(pathway=pathway).values_list("pk", flat=True)
    return estimate_steps(list(steps), now)


def estimate_steps(steps: Collection[int], now: datetime) -> Estimates:
    """What the steps with these primary keys take, and their nodes.

    A course takes what its advertised run says, a program what its courses take together, a block
    nothing that anybody has told.
    """
    courses = LearnerPathwayCourse.objects.filter(step__in=steps).values("uuid", "step", "course")
    programs = LearnerPathwayProgram.objects.filter(step__in=steps).values(
        "uuid", "step", "program", "program__min_hours_effort_per_week",
        "program__max_hours_effort_per_week",
    )  # fmt: skip
    members = _members({row["program"] for row in programs})
    wanted = {row["course"] for row in courses}.union(*members.values())
    of_course = estimate_courses(wanted, now)
    nodes: defaultdict[int, list[Workload]] = defaultdict(list)
    by_uuid = {}
    for course in courses:
        by_uuid[course["uuid"]] = of_course.get(course["course"], NOTHING)
        nodes[course["step"]].append(by_uuid[course["uuid"]])
    for program in programs:
        parts = [of_course.get(each, NOTHING) for each in members[program["program"]]]
        by_uuid[program["uuid"]] = _of_program(program, parts)
        nodes[program["step"]].append(by_uuid[program["uuid"]])
    rows = LearnerPathwayStep.objects.filter(pk__in=steps).annotate(blocks=Count("block_nodes"))
    by_step = {
        pk: of_step([*nodes[pk], *[NOTHING] * blocks], required)
        for pk, blocks, required in rows.values_list("pk", "blocks", "min_requirement")
    }
    return Estimates(by_step, by_uuid)


def estimate_courses(courses: Collection[int], now: datetime) -> dict[int, Workload]:
    """What courses take by primary key, those without an advertised run apart; two queries."""
    runs: defaultdict[int, list[_Run]] = defaultdict(list)
    for course, run in _published_runs(courses):
        runs[course].append(run)
    advertised = {course: advertised_run(known, now) for course, known in runs.items()}
    return {
        course: of_node(run["hours"], run["min_effort"], run["max_effort"])
        for course, run in advertised.items()
        if run is not None
    }


def _of_program(row: Mapping[str, Any], courses: list[Workload]) -> Workload:
    """The hours of the courses; the effort that the program tells outweighs theirs."""
    together = one_after_another(courses)
    least = row["program__min_hours_effort_per_week"]
    most = row["program__max_hours_effort_per_week"]
    if least is None and most is None:
        least, most = together.least_effort, together.most_effort
    return of_node(together.least_hours, least, most)


def _members(programs: Collection[int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    links = ProgramCourse.objects.filter(program__in=programs)
    for program, course in links.values_list("program", "course"):
        found[program].append(course)
    return found


def _published_runs(courses: Collection[int]) -> Iterable[tuple[int, _Run]]:
    """The published runs of courses that everybody may see; no other can be advertised."""
    rows = list(
        CourseRun.objects.filter(
            course__in=courses,
            status=CourseRunStatus.PUBLISHED,
            restricted_run__isnull=True,
        )
        .order_by("pk")
        .values(
            "pk", "course", "uuid", "key", "slug", "draft", "status", "hidden", "start", "end",
            "enrollment_start", "enrollment_end", "min_effort", "max_effort", "weeks_to_complete",
            "type__is_marketable",
        )
    )  # fmt: skip
    seats = _seats([row["pk"] for row in rows])
    for row in rows:
        yield (
            row["course"],
            {
                **row,  # type: ignore[typeddict-unknown-key] # the facts are named as the columns are
                "uuid": str(row["uuid"]),
                "type_is_marketable": row["type__is_marketable"],
                "seats": seats[row["pk"]],
                "hours": _hours(row),
            },
        )


def _hours(run: Mapping[str, Any]) -> float:
    """The middle of the hours a week, in every week; 0 where one of these is not known."""
    least, most, weeks = run["min_effort"], run["max_effort"], run["weeks_to_complete"]
    return (least + most) / 2 * weeks if least and most and weeks else 0.0


def _seats(runs: Collection[int]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    rows = Seat.everything.filter(course_run__in=runs).order_by("pk")
    for row in rows.values(
        "course_run", "type_id", "price", "currency_id", "upgrade_deadline",
        "upgrade_deadline_override", "sku",
    ):  # fmt: skip
        found[row["course_run"]].append(
            {
                "type": row["type_id"],
                "price": row["price"],
                "currency": row["currency_id"],
                "upgrade_deadline": row["upgrade_deadline_override"] or row["upgrade_deadline"],
                "sku": row["sku"],
            }
        )
    return found
