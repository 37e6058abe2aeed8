"""Callers whom the LMS gave access to its APIs: they are not told of courses of other platforms."""

from typing import Any

from rest_framework.request import Request

from course_discovery.api.v1.lms_caller import told_by_lms
from course_discovery.clients.api_access_request import has_approved_access
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import CourseType


def hidden_course_types(request: Request) -> tuple[str, ...]:
    """Slugs of the course types that the caller is not told of."""
    user: Any = request.user
    partner: Partner = request.partner  # type: ignore[attr-defined] # set by the middleware
    if not partner.lms_url:
        return ()
    return CourseType.EXTERNAL if _is_approved(partner, user) else ()


def _is_approved(partner: Partner, user: User) -> bool:
    return told_by_lms(
        "approved_access",
        partner,
        user,
        lambda lms_url, name, session, tokens: has_approved_access(
            lms_url, name, session=session, tokens=tokens
        ),
        otherwise=False,
    )
