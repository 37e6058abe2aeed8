"""Callers whom the LMS gave access to its APIs: they are not told of courses of other platforms."""

import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request

from course_discovery.clients.api_access_request import access_request_session, has_approved_access
from course_discovery.clients.errors import ClientError
from course_discovery.clients.oauth import TokenSource
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import CourseType

logger = logging.getLogger(__name__)

HOUR = 60 * 60
# After a failure nobody waits for the LMS again for a minute.
PAUSE = 60


def hidden_course_types(request: Request) -> tuple[str, ...]:
    """Slugs of the course types that the caller is not told of."""
    user: Any = request.user
    partner: Partner = request.partner  # type: ignore[attr-defined] # set by the middleware
    if not partner.lms_url:
        return ()
    return CourseType.EXTERNAL if _is_approved(partner, partner.lms_url, user) else ()


def _is_approved(partner: Partner, lms_url: str, user: User) -> bool:
    """What the LMS says, an hour old at most; False if it does not answer."""
    key = f"approved_access:{partner.pk}:{user.pk}"
    kept: bool | None = cache.get(key)
    if kept is not None:
        return kept
    try:
        approved, lasts = _asked(lms_url, user), HOUR
    except ClientError as error:
        logger.warning("Whether a caller has access to the LMS is not known: %s", error)
        approved, lasts = False, PAUSE
    cache.set(key, approved, lasts)
    return approved


def _asked(lms_url: str, user: User) -> bool:
    with access_request_session() as session:
        tokens = TokenSource(
            settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL,
            settings.BACKEND_SERVICE_EDX_OAUTH2_KEY,
            settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET,
            session=session,
        )
        return has_approved_access(lms_url, user.get_username(), session=session, tokens=tokens)
