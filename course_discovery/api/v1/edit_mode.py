"""Reading what course teams prepare: `editable=1` gives drafts, else official rows without one."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from course_discovery.api.v1.projected import flag
from course_discovery.publisher.roles import is_publisher_user


def edits(request: Request) -> bool:
    """Whether the caller asks for drafts."""
    return flag(request, "editable")


class MaySeeDrafts(BasePermission):
    """Drafts are for staff, and for people who are in a group."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller asks for no drafts, or may see some."""
        return not edits(request) or is_publisher_user(request.user)
