"""Restricted runs: hidden, unless the caller names their restriction type."""

from django.db.models import Q
from rest_framework.request import Request

from course_discovery.api.v1.projected import names
from course_discovery.course_metadata.queries.visibility.course_run import unrestricted


def shown_restrictions(request: Request) -> set[str]:
    """The restriction types whose runs the caller asks to see."""
    return names(request, "include_restricted")


def hide_restricted(request: Request) -> Q:
    """Runs that are not restricted, or in a way that the caller asks to see."""
    return unrestricted(shown_restrictions(request))
