"""Who may ask about organizations' teams, and about which organization."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.api.v1.writing import LARGEST_NUMBER
from course_discovery.core.rest.request import CatalogRequest
from course_discovery.course_metadata.models import Organization
from course_discovery.publisher.roles import is_publisher_user, may_see_team


class IsPublisherUser(BasePermission):
    """Staff, and whoever is in a group."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller is one."""
        return is_publisher_user(request.user)


PERMISSIONS = (IsAuthenticated, NotJwtRestrictedApplication, IsPublisherUser)


def organization_named(request: CatalogRequest, name: str) -> Organization:
    """The partner's organization of this number, or of this uuid.

    Raises Http404, and PermissionDenied for one whose team the caller may not see.
    """
    organizations = Organization.objects.filter(partner=request.partner)
    uuid = uuid_or_none(name)
    is_number = name.isdecimal() and len(name) <= len(str(LARGEST_NUMBER))
    if is_number and int(name) <= LARGEST_NUMBER:
        found = organizations.filter(pk=int(name)).first()
    else:
        found = organizations.filter(uuid=uuid).first() if uuid else None
    if found is None:
        raise Http404(f"No organization matches {name!r}.")
    if not may_see_team(request.user, found):
        raise PermissionDenied
    return found
