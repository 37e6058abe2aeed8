"""Roles of persons for organizations."""

from django.contrib.auth.models import Group

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.running import Outcome, Written, operation
from course_discovery.publisher.models import InternalRole, OrganizationUserRole
from course_discovery.publisher.roles import INTERNAL_USERS

# The group of those who have a role for any organization.
_GROUPS = {
    InternalRole.PARTNER_MANAGER: "Partner Managers",
    InternalRole.PROJECT_COORDINATOR: "Project Coordinators",
    InternalRole.MARKETING_REVIEWER: "Marketing Reviewers",
    InternalRole.PUBLISHER: "Publishers",
}


@operation
def assign_organization_role(
    *, organization: Organization, user: User, role: InternalRole
) -> Written[OrganizationUserRole]:
    """Give the person the role; who has it already keeps it."""
    row, created = OrganizationUserRole.objects.get_or_create(
        organization=organization, user=user, role=role
    )
    join_groups_of_role(user=user, role=role)
    return Written(row, Outcome.of(created=created))


@operation
def join_groups_of_role(*, user: User, role: str) -> None:
    """Put the person into the group of the role, and among the internal users."""
    for name in (_GROUPS[InternalRole(role)], INTERNAL_USERS):
        user.groups.add(Group.objects.get_or_create(name=name)[0])
