"""Roles of this service that persons are given (decision 17)."""

from course_discovery.core.models import User
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    operation,
    write_differences,
)
from course_discovery.publisher.models import PublisherRole, PublisherRoleAssignment


@operation
def assign_publisher_role(
    *, user: User, role: str, reason: str, by: User | None
) -> Written[PublisherRoleAssignment]:
    """Give the person the role, for a reason; who has it already gets the new reason.

    Raises UnfitValue without one.
    """
    told = {**fitting(PublisherRoleAssignment, {"reason": reason}), "granted_by": by}
    known, _made = PublisherRole.objects.get_or_create(name=role)
    stored = PublisherRoleAssignment.objects.filter(user=user, role=known).first()
    if stored:
        return Written(stored, Outcome.of(changed=write_differences(stored, told)))
    made = PublisherRoleAssignment.objects.create(user=user, role=known, **told)
    return Written(made, Outcome.CREATED)
