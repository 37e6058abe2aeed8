"""Finding the types of courses and runs that have none, from what they are sold as (decision 9).

A course fits a type if its entitlements are those of the type (or it has none at all) and the
seats of each of its runs are exactly those of a run type of that type. The first type by rank
that fits wins. If none fits every run, the one that fits most runs is taken, and the others get
the best run type of their own: oddities may mismatch. A type that is not empty is never changed.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    CourseRunType,
    CourseType,
    Seat,
)
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.running import (
    Refusal,
    locked,
    operation,
    write_differences,
)

logger = logging.getLogger(__name__)


class CourseGone(Refusal):
    """A course row that was deleted meanwhile."""


@dataclass(frozen=True)
class KnownRunType:
    """A run type and the seat types of its tracks; a track without one counts as None."""

    row: CourseRunType
    seats: frozenset[str | None]


@dataclass(frozen=True)
class KnownCourseType:
    """A course type, what it asks for, and its run types in their order."""

    row: CourseType
    entitlements: frozenset[str]
    organizations: frozenset[int]
    run_types: tuple[KnownRunType, ...]


@dataclass(frozen=True)
class TypeTable:
    """Every type there is, read once for many courses; the empty ones left out."""

    course_types: tuple[KnownCourseType, ...]
    run_types: tuple[KnownRunType, ...]


@dataclass(frozen=True)
class Inference:
    """What inference did to one course row; `failures` are reasons, safe to show."""

    changed: bool
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Plan:
    course_type: CourseType | None
    run_types: dict[int, CourseRunType]
    failures: tuple[str, ...]


def read_type_table() -> TypeTable:
    """The types as they are now; a handful of queries."""
    run_types = {
        row.pk: KnownRunType(row, _seat_slugs(row))
        for row in CourseRunType.objects.exclude(slug=CourseRunType.EMPTY)
        .order_by("pk")
        .prefetch_related("tracks__seat_type")
    }
    course_types = (
        CourseType.objects.exclude(slug=CourseType.EMPTY)
        .order_by("rank", "pk")
        .prefetch_related("entitlement_types", "white_listed_orgs", "run_type_links")
    )
    return TypeTable(
        tuple(
            KnownCourseType(
                row,
                frozenset(each.slug for each in row.entitlement_types.all()),
                frozenset(each.pk for each in row.white_listed_orgs.all()),
                tuple(
                    run_types[link.course_run_type_id]
                    for link in row.run_type_links.all()
                    if link.course_run_type_id in run_types
                ),
            )
            for row in course_types
        ),
        tuple(run_types.values()),
    )


def fits(run_type: CourseRunType, seats: Collection[str]) -> bool:
    """Whether the seats (slugs of their types) are exactly those of the run type."""
    return _seat_slugs(run_type) == frozenset(seats)


def courses_without_type(partner: Partner) -> "QuerySet[Course]":
    """Course rows that lack a type, or have a run that does, though something tells it.

    Draft and official rows alike, ordered by key.
    """
    runs = CourseRun.everything.filter(course=OuterRef("pk"))
    sold = Exists(Seat.everything.filter(course_run__course=OuterRef("pk"))) | Exists(
        CourseEntitlement.everything.filter(course=OuterRef("pk"))
    )
    empty_runs = runs.filter(type__slug=CourseRunType.EMPTY).filter(
        Exists(Seat.everything.filter(course_run=OuterRef("pk")))
    )
    untyped = Q(type__slug=CourseType.EMPTY) & Q(sold)
    return Course.everything.filter(untyped | Exists(empty_runs), partner=partner).order_by(
        "key_folded", "draft"
    )


@operation
def infer_course_type(*, course: Course, types: TypeTable, now: datetime) -> Inference:
    """Give the course row and its runs the types that their entitlements and seats tell.

    Nothing is told by a course without entitlements whose runs have no seats: it stays empty.
    What fits nothing is logged, told in the answer, and stays empty. Raises CourseGone.
    """
    rows = locked(Course.everything.filter(pk=course.pk))
    if not rows:
        raise CourseGone("the course was deleted meanwhile")
    (row,) = rows
    runs = list(
        CourseRun.everything.filter(course=row)
        .select_related("type")
        .prefetch_related("seats")
        .order_by("key_folded")
    )
    plan = _plan(row, runs, types)
    changed = False
    if plan.course_type is not None:
        changed = write_differences(row, {"type": plan.course_type})
    for run in runs:
        if run.pk in plan.run_types:
            changed |= write_differences(run, {"type": plan.run_types[run.pk]})
    if changed:
        touch_course(course=row, now=now)
    if plan.failures:
        logger.warning("Calculating course type failure occurred for [%s].", row.key)
    return Inference(changed, plan.failures)


def _plan(course: Course, runs: Sequence[CourseRun], types: TypeTable) -> _Plan:
    sold = {run: frozenset(str(seat.type_id) for seat in run.seats.all()) for run in runs}
    sold = {run: seats for run, seats in sold.items() if seats}
    entitlements = frozenset(each.mode.slug for each in course.entitlements.select_related("mode"))
    if not sold and not entitlements:
        return _Plan(None, {}, ())
    chosen = _choose(_candidates(course, entitlements, types), sold)
    run_types: dict[int, CourseRunType] = {}
    failures = []
    for run, seats in sold.items():
        if run.type.slug != CourseRunType.EMPTY:
            continue
        found = (chosen and _fitting(chosen, run, seats)) or _of_seats(types.run_types, seats)
        if found is None:
            failures.append(f"{run.key}: no run type has exactly the seats {_listed(seats)}")
        else:
            run_types[run.pk] = found
    if chosen is None and course.type.slug == CourseType.EMPTY:
        failures.append(
            f"no course type fits its runs' seats and entitlements ({_listed(entitlements)})"
        )
    course_type = chosen.row if chosen and course.type.slug == CourseType.EMPTY else None
    return _Plan(course_type, run_types, tuple(failures))


def _candidates(
    course: Course, entitlements: frozenset[str], types: TypeTable
) -> list[KnownCourseType]:
    if course.type.slug != CourseType.EMPTY:
        return [each for each in types.course_types if each.row.pk == course.type_id]
    authors = {link.organization_id for link in course.author_links.all()}
    return [
        each
        for each in types.course_types
        if (not entitlements or each.entitlements == entitlements)
        and (not each.organizations or each.organizations & authors)
    ]


def _choose(
    candidates: Sequence[KnownCourseType], sold: dict[CourseRun, frozenset[str]]
) -> KnownCourseType | None:
    """The first type that fits every run, else the first of those that fit most."""
    best, most = None, -1
    for each in candidates:
        count = sum(_fitting(each, run, seats) is not None for run, seats in sold.items())
        if count == len(sold):
            return each
        if count > max(most, 0):
            best, most = each, count
    return best


def _fitting(
    course_type: KnownCourseType, run: CourseRun, seats: frozenset[str]
) -> CourseRunType | None:
    """The run type that the run would have in this course type."""
    if run.type.slug == CourseRunType.EMPTY:
        return _of_seats(course_type.run_types, seats)
    own = (each for each in course_type.run_types if each.row.pk == run.type_id)
    return _of_seats(own, seats)


def _of_seats(run_types: Iterable[KnownRunType], seats: frozenset[str]) -> CourseRunType | None:
    return next((each.row for each in run_types if each.seats == seats), None)


def _seat_slugs(run_type: CourseRunType) -> frozenset[str | None]:
    tracks = run_type.tracks.all()
    return frozenset(track.seat_type.slug if track.seat_type else None for track in tracks)


def _listed(slugs: Collection[str]) -> str:
    return ", ".join(sorted(slugs)) or "none"
