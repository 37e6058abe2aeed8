"""What other services are told of runs before they are written, and what they answer."""

from typing import Any, NamedTuple
from uuid import uuid4

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.publication import Skus
from course_discovery.publisher.operations.pushing.shop import push_publication
from course_discovery.publisher.operations.pushing.studio import (
    push_course_run_update,
    push_new_course_run,
)
from course_discovery.publisher.queries.pushed import (
    pushed_publication,
    pushed_run,
    seat_identity,
    team_of,
)
from course_discovery.publisher.queries.pushed_facts import (
    PushedPublication,
    PushedRun,
    PushedSkus,
)


class Facts(NamedTuple):
    """What Studio and the shop know of a run; None for who is not told."""

    studio: PushedRun | None = None
    shop: PushedPublication | None = None


class Turn(NamedTuple):
    """What others know before a change and after it.

    Two that change a run at the same moment may tell in one order and write in the other. Who
    writes last has then not told last, and sees it here: what was known before has changed.
    """

    before: Facts
    after: Facts


class Told(NamedTuple):
    """What others were told, and the SKUs that the shop gave."""

    turn: Turn
    skus: PushedSkus | None


def is_told(partner: Partner) -> bool:
    """Whether the partner has a service that is told of runs before they are written."""
    return bool(partner.studio_url or partner.ecommerce_api_url)


def facts_of(run: CourseRun, *, studio_by: Any = None, sold: bool) -> Facts:
    """What others know of the run as its rows are; `studio_by` is who writes, if Studio is told."""
    partner = run.course.partner
    return Facts(
        studio=(
            pushed_run(run, team=_team(run.course, studio_by))
            if studio_by is not None and partner.studio_url
            else None
        ),
        shop=pushed_publication(run) if sold and partner.ecommerce_api_url else None,
    )


def tell_studio_of_new_run(run: CourseRun, *, rerun_of: CourseRun | None, by: Any) -> None:
    """Let Studio make the run, as a copy of another one if that is given.

    Raises PushFailed, and RunKeyTakenInStudio.
    """
    push_new_course_run(
        partner=run.course.partner,
        run=pushed_run(run, team=_team(run.course, by)),
        rerun_of=rerun_of.key if rerun_of else None,
        idempotency_key=uuid4(),
    )


def tell_others(partner: Partner, turn: Turn) -> Told:
    """Let Studio have what the run will be, and the shop sell it. Raises PushFailed."""
    studio, shop = turn.after
    if studio is not None:
        push_course_run_update(partner=partner, run=studio, idempotency_key=uuid4())
    skus = None
    if shop is not None:
        skus = push_publication(partner=partner, publication=shop, idempotency_key=uuid4())
    return Told(turn, skus)


def skus_of(draft: CourseRun, given: PushedSkus | None) -> Skus:
    """The SKUs that a shop gave, by the rows that they are for."""
    if given is None:
        return {}
    found: Skus = {
        **{
            seat: given.seats[seat_identity(seat)]
            for seat in draft.seats.all()
            if seat_identity(seat) in given.seats
        },
        **{
            entitlement: given.entitlements[entitlement.mode.slug]
            for entitlement in draft.course.entitlements.select_related("mode")
            if entitlement.mode.slug in given.entitlements
        },
    }
    return found


def _team(course: Course, by: Any) -> list[str]:
    """The names of the course's editors, and of who writes."""
    return list(dict.fromkeys([*team_of(course), by.username]))
