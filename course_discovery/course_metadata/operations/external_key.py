"""Claiming external keys, so that within a course, a curriculum and a program each means one run.

The unique constraint on claims decides who of two that write at the same moment has the key.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from course_discovery.core.changes.owners import batches
from course_discovery.core.changes.registry import Identity
from course_discovery.core.changes.settling import Changed
from course_discovery.course_metadata.models import (
    Course,
    Curriculum,
    CurriculumCourseMembership,
    ExternalKeyClaim,
)
from course_discovery.course_metadata.models.external_key_claim import ClaimScope
from course_discovery.course_metadata.operations.running import Refusal, locked
from course_discovery.course_metadata.queries.external_key import (
    Claim,
    Place,
    claims_due,
    claims_held,
    course_run_keys,
    external_key_of,
    holders_of,
    name_of_place,
    runs_of_curricula,
    runs_of_memberships,
    runs_with_claims,
)


class ExternalKeyTaken(Refusal):
    """An external key that another run of the course, the curriculum or the program has.

    `key` is as the run that wants it has it, `scope` is course, curriculum or program, `holder` the
    key of the run that has it; '' if that run is being written at this moment.
    """

    def __init__(self, claim: Claim, holder: str) -> None:
        self.key, self.holder = external_key_of(claim), holder
        self.scope = ClaimScope(claim.place.scope)
        has_it = holder or "another run"
        where = f"{self.scope.value} {name_of_place(claim.place)}"
        super().__init__(f"external_key: {has_it} has {self.key} in the {where}")


def settle_claims(changed: Changed) -> None:
    """Let the runs that changed, or whose curricula did, hold the claims that are due to them.

    A query for each kind of change where no external key is concerned. Raises ExternalKeyTaken.
    """
    runs: set[UUID] = set()
    for found in batches(_uuids(changed.get("course_run", ()))):
        runs |= runs_with_claims(found)
    for found in batches(_uuids(changed.get("curriculum", ()))):
        _lock_members(CurriculumCourseMembership.objects.filter(curriculum__uuid__in=found))
        runs |= runs_of_curricula(found)
    memberships = changed.get("curriculum_course_membership", ())
    for keys in batches(int(each.key) for each in memberships):
        _lock_members(CurriculumCourseMembership.objects.filter(pk__in=keys))
        runs |= runs_of_memberships(keys)
    # In one order, so that two writers of several claims do not wait for each other.
    for found in batches(sorted(runs)):
        _claim(found)


def _claim(runs: Collection[UUID]) -> None:
    _lock(runs)
    due, held = claims_due(runs), claims_held(runs)
    _check_alone(due)
    surplus = [pk for claim, pk in held.items() if claim not in due]
    ExternalKeyClaim.objects.filter(pk__in=surplus).delete()
    missing = sorted(due - held.keys(), key=lambda claim: (*map(str, claim.place),))
    if missing:
        _insert(missing)


def _lock(runs: Collection[UUID]) -> None:
    """Let nobody else settle claims of these courses, or move their curricula, meanwhile.

    Else one writer gives a run a key and another puts its course into a curriculum, and neither
    sees what the other does.
    """
    rows = Course.everything.filter(course_runs__uuid__in=runs).order_by()
    courses = Course.everything.filter(uuid__in=set(rows.values_list("uuid", flat=True)))
    members = CurriculumCourseMembership.objects.filter(course__in=locked(courses))
    locked(Curriculum.objects.filter(pk__in=set(members.values_list("curriculum", flat=True))))


def _lock_members(memberships: "QuerySet[CurriculumCourseMembership]") -> None:
    """Let nobody give runs of these courses a key meanwhile, for it would not be seen here."""
    courses = set(memberships.order_by().values_list("course__uuid", flat=True))
    if courses:
        locked(Course.everything.filter(uuid__in=courses))


def _insert(claims: list[Claim]) -> None:
    _check_free(claims)
    rows = [
        ExternalKeyClaim(
            scope=claim.place.scope, scope_uuid=claim.place.scope_uuid,
            key_folded=claim.place.key, run_uuid=claim.run,
        )
        for claim in claims
    ]  # fmt: skip
    try:
        with transaction.atomic():
            ExternalKeyClaim.objects.bulk_create(rows)
    except IntegrityError:
        _check_free(claims)
        # Whoever was faster has given it back since, or compares keys as this database does.
        raise ExternalKeyTaken(claims[0], "") from None


def _check_free(claims: Iterable[Claim]) -> None:
    wanted = {claim.place: claim for claim in claims}
    for place, run in holders_of(wanted).items():
        if run != wanted[place].run:
            raise ExternalKeyTaken(wanted[place], course_run_keys([run]).get(run, ""))


def _check_alone(claims: Iterable[Claim]) -> None:
    """Two runs that come to one place in the same write."""
    seen: dict[Place, UUID] = {}
    for claim in sorted(claims, key=lambda claim: (str(claim.place), str(claim.run))):
        other = seen.setdefault(claim.place, claim.run)
        if other != claim.run:
            raise ExternalKeyTaken(claim, course_run_keys([other]).get(other, ""))


def _uuids(identities: Iterable[Identity]) -> set[UUID]:
    return {each.uuid for each in identities}
