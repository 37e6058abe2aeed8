"""Who works for organizations."""

from typing import Any

from django.db.models import QuerySet

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Organization
from course_discovery.publisher.models import OrganizationExtension

_MEMBERSHIPS: Any = User.groups.through


def members_of(organization: Organization) -> QuerySet[User]:
    """Those who work for the organization, by name."""
    return _in_groups_of(OrganizationExtension.objects.filter(organization=organization))


def colleagues_of(user: Any, partner: Partner) -> QuerySet[User]:
    """Those who work for an organization of the user; for staff, for any of the partner's."""
    extensions = OrganizationExtension.objects.all()
    if user.is_staff:
        extensions = extensions.filter(organization__partner=partner)
    else:
        extensions = extensions.filter(group__user=user.pk)
    return _in_groups_of(extensions)


def _in_groups_of(extensions: QuerySet[OrganizationExtension]) -> QuerySet[User]:
    members = _MEMBERSHIPS.objects.filter(group__in=extensions.values("group"))
    users: QuerySet[User] = User.objects.filter(pk__in=members.values("user"))
    return users.order_by("full_name", "username")
