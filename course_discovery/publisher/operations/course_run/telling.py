"""What other services are told of runs before they are written, and what they answer."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from course_discovery.course_metadata.models import Course, CourseRun, Seat
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
from course_discovery.publisher.queries.pushed_facts import PushedSkus


def tell_studio_of_new_run(run: CourseRun, *, rerun_of: CourseRun | None, by: Any) -> None:
    """Let Studio make the run, as a copy of another one if that is given. Raises PushFailed."""
    push_new_course_run(
        partner=run.course.partner,
        run=pushed_run(run, team=_team(run.course, by)),
        rerun_of=rerun_of.key if rerun_of else None,
        idempotency_key=uuid4(),
    )


def tell_studio_of_changes(run: CourseRun, *, by: Any) -> None:
    """Let Studio have what the run will be. Raises PushFailed."""
    push_course_run_update(
        partner=run.course.partner,
        run=pushed_run(run, team=_team(run.course, by)),
        idempotency_key=uuid4(),
    )


def tell_shop(run: CourseRun, *, seats: Iterable[Seat] | None = None) -> PushedSkus | None:
    """Let the shop sell what the run will be; the SKUs that it gave. Raises PushFailed."""
    return push_publication(
        partner=run.course.partner,
        publication=pushed_publication(run, seats=seats),
        idempotency_key=uuid4(),
    )


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
