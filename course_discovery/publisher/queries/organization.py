"""Which organizations a person works for and may see."""

from typing import Any

from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from course_discovery.course_metadata.models import Organization
from course_discovery.publisher.models import OrganizationExtension


def organization_keys_of(user: Any) -> set[str]:
    """The keys of the organizations whose groups the user is in; one query."""
    return set(
        Organization.objects.filter(organization_extension__group__user=user.pk).values_list(
            "key", flat=True
        )
    )


def visible_organizations(user: Any) -> QuerySet[Organization]:
    """All organizations for staff; for others those whose extension lets them view courses.

    A right given to a group counts; being a superuser alone does not.
    """
    if user.is_staff:
        return Organization.objects.all()
    extensions = get_objects_for_user(
        user,
        f"publisher.{OrganizationExtension.VIEW_COURSE}",
        klass=OrganizationExtension,
        with_superuser=False,
    )
    return Organization.objects.filter(organization_extension__in=extensions)
