"""Which external keys runs have, and where these mean one run only (decision 7)."""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    Curriculum,
    CurriculumCourseMembership,
    CurriculumCourseRunExclusion,
    ExternalKeyClaim,
    Program,
)
from course_discovery.course_metadata.models.external_key_claim import ClaimScope


class Place(NamedTuple):
    """Where a key (casefolded) means one run only."""

    scope: str
    scope_uuid: UUID
    key: str


class Claim(NamedTuple):
    """That a run holds a key at a place."""

    place: Place
    run: UUID


def runs_with_claims(runs: Collection[UUID]) -> set[UUID]:
    """Those of the runs that have an external key, or hold a claim still: one query."""
    held = ExternalKeyClaim.objects.filter(run_uuid__in=runs)
    return _either(_keyed().filter(uuid__in=runs), held)


def runs_of_curricula(curricula: Collection[UUID]) -> set[UUID]:
    """The runs with an external key in these curricula, and those that hold a claim there still:
    one query.
    """
    courses = CurriculumCourseMembership.objects.filter(curriculum__uuid__in=curricula)
    inside = _keyed().filter(course__uuid__in=courses.values("course__uuid"))
    scope = {"scope": ClaimScope.CURRICULUM, "scope_uuid__in": curricula}
    return _either(inside, ExternalKeyClaim.objects.filter(**scope))


def runs_of_memberships(memberships: Collection[int]) -> set[UUID]:
    """The runs with an external key of the courses of these memberships: one query."""
    courses = CurriculumCourseMembership.objects.filter(pk__in=memberships)
    inside = _keyed().filter(course__uuid__in=courses.values("course__uuid"))
    return set(inside.values_list("uuid", flat=True))


def claims_due(runs: Collection[UUID]) -> set[Claim]:
    """The claims that these runs should hold: four queries.

    Draft and official rows of a run claim alike. A run that a curriculum leaves out holds nothing
    there; its program may still have it in another curriculum.
    """
    keys = _keys_by_course(runs)
    memberships = list(
        CurriculumCourseMembership.objects.filter(course__uuid__in=keys)
        .order_by()
        .values_list("pk", "course__uuid", "curriculum__uuid", "curriculum__program__uuid")
    )
    excluded = set(
        CurriculumCourseRunExclusion.objects.filter(
            course_membership__in=[pk for pk, *_ in memberships]
        )
        .order_by()
        .values_list("course_membership", "course_run__uuid")
    )
    claims = {
        Claim(Place(ClaimScope.COURSE, course, key), run)
        for course, held in keys.items()
        for run, key in held
    }
    for pk, course, curriculum, program in memberships:
        for run, key in keys[course]:
            if (pk, run) not in excluded:
                claims.add(Claim(Place(ClaimScope.CURRICULUM, curriculum, key), run))
                if program is not None:
                    claims.add(Claim(Place(ClaimScope.PROGRAM, program, key), run))
    return claims


def claims_held(runs: Collection[UUID]) -> dict[Claim, int]:
    """The claims that these runs hold, with the keys of the rows."""
    rows = ExternalKeyClaim.objects.filter(run_uuid__in=runs)
    return {_claim(row): row.pk for row in rows}


def holders_of(places: Iterable[Place]) -> dict[Place, UUID]:
    """Who holds these places, as the database has it now, not as the transaction first saw it."""
    wanted = set(places)
    rows = ExternalKeyClaim.objects.filter(
        scope__in={each.scope for each in wanted},
        scope_uuid__in={each.scope_uuid for each in wanted},
        key_folded__in={each.key for each in wanted},
    )
    found = {_claim(row).place: row.run_uuid for row in rows.select_for_update().order_by("pk")}
    return {place: run for place, run in found.items() if place in wanted}


def external_key_of(claim: Claim) -> str:
    """The key of a claim as it is written in the run that makes it."""
    written = CourseRun.everything.filter(uuid=claim.run).values_list("external_key", flat=True)
    keys = [key.strip() for key in written if key]
    return next((key for key in keys if fold(key) == claim.place.key), claim.place.key)


def name_of_place(place: Place) -> str:
    """What people call the course, curriculum or program."""
    if place.scope == ClaimScope.COURSE:
        return Course.everything.filter(uuid=place.scope_uuid).values_list("key", flat=True)[0]
    if place.scope == ClaimScope.CURRICULUM:
        return str(Curriculum.objects.get(uuid=place.scope_uuid))
    return Program.objects.filter(uuid=place.scope_uuid).values_list("title", flat=True)[0]


def course_run_keys(runs: Iterable[UUID]) -> dict[UUID, str]:
    """The keys of runs by their uuids."""
    return dict(CourseRun.everything.filter(uuid__in=runs).values_list("uuid", "key"))


def _keyed() -> "QuerySet[CourseRun]":
    return CourseRun.everything.exclude(Q(external_key=None) | Q(external_key="")).order_by()


def _either(runs: "QuerySet[CourseRun]", claims: "QuerySet[ExternalKeyClaim]") -> set[UUID]:
    rows = runs.values_list("uuid").union(claims.values_list("run_uuid"))
    return {uuid for (uuid,) in rows}


def _keys_by_course(runs: Collection[UUID]) -> dict[UUID, set[tuple[UUID, str]]]:
    """The runs with their external keys, by course; a run whose rows differ has two."""
    found: dict[UUID, set[tuple[UUID, str]]] = {}
    rows = CourseRun.everything.filter(uuid__in=runs).order_by()
    for run, key, course in rows.values_list("uuid", "external_key", "course__uuid"):
        if key and key.strip():
            found.setdefault(course, set()).add((run, fold(key.strip())))
    return found


def _claim(row: ExternalKeyClaim) -> Claim:
    return Claim(Place(row.scope, row.scope_uuid, row.key_folded), row.run_uuid)
