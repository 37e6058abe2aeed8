"""Which roles of this service persons have."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from course_discovery.publisher.models import PublisherRoleAssignment


class PastAssignment(NamedTuple):
    """What was done to an assignment: `change` is +, ~ or -."""

    at: datetime
    change: str
    reason: str
    by: str | None


def history_of(
    assignments: Collection[PublisherRoleAssignment],
) -> dict[tuple[int, int], list[PastAssignment]]:
    """What was done by user and role, the newest first; earlier assignments count. One query."""
    found: defaultdict[tuple[int, int], list[PastAssignment]] = defaultdict(list)
    history: Any = PublisherRoleAssignment.history
    rows = history.filter(
        user__in={each.user_id for each in assignments},
        role__in={each.role_id for each in assignments},
    ).values_list(
        "user_id", "role_id", "history_date", "history_type", "reason", "history_user__username"
    )
    for user, role, *told in rows:
        found[user, role].append(PastAssignment(*told))
    return found
