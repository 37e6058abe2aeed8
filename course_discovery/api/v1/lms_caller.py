"""What the LMS says of a caller, kept so that readers do not wait for it again and again."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

from course_discovery.clients.api_access_request import access_request_session
from course_discovery.clients.errors import ClientError
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.session import ServiceSession
from course_discovery.core.models import Partner, User

logger = logging.getLogger(__name__)

HOUR = 60 * 60
# After a failure nobody waits for the LMS again for a minute.
PAUSE = 60
Told = TypeVar("Told", str, bool)


def told_by_lms(
    name: str,
    partner: Partner,
    user: User,
    ask: Callable[[str, str, ServiceSession, TokenSource], Told],
    otherwise: Told,
) -> Told:
    """What `ask` is told, an hour old at most; `otherwise` if the LMS does not answer.

    `ask` is given the address of the LMS, the name of the user, a session and tokens.
    """
    key = f"{name}:{partner.pk}:{user.pk}"
    kept: Told | None = cache.get(key)
    if kept is not None:
        return kept
    try:
        with access_request_session() as session:
            tokens = TokenSource(
                settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL,
                settings.BACKEND_SERVICE_EDX_OAUTH2_KEY,
                settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET,
                session=session,
            )
            told = ask(partner.lms_url or "", user.get_username(), session, tokens)
        lasts = HOUR
    except ClientError as error:
        logger.warning("The LMS does not tell the %s of a caller: %s", name, error)
        told, lasts = otherwise, PAUSE
    cache.set(key, told, lasts)
    return told
