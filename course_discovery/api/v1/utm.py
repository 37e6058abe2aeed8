"""Tracking parameters of marketing addresses, which name the caller and so are never stored."""

import logging
from typing import Any
from urllib.parse import urlencode

import waffle
from django.conf import settings
from django.core.cache import cache
from django.utils.text import slugify
from rest_framework.request import Request

from course_discovery.api.v1.projected import flag
from course_discovery.clients.api_access_request import access_request_session, company_of_user
from course_discovery.clients.errors import ClientError
from course_discovery.clients.oauth import TokenSource
from course_discovery.core.models import Partner, User

logger = logging.getLogger(__name__)

COMPANY_SWITCH = "use_company_name_as_utm_source_value"
HOUR = 60 * 60
# After a failure nobody waits for the LMS again for a minute.
PAUSE = 60


def utm_query(request: Request) -> str:
    """What the caller's marketing addresses end in; "" with `exclude_utm=1`."""
    return "" if flag(request, "exclude_utm") else caller_query(request)


def caller_query(request: Request) -> str:
    """The same, whatever the caller asks."""
    user: Any = request.user
    medium = getattr(user, "referral_tracking_id", None) or "affiliate_partner"
    return "?" + urlencode({"utm_source": slugify(_source(request)), "utm_medium": medium})


def with_utm(rendered: dict[str, Any], query: str) -> dict[str, Any]:
    """A rendered course or run whose own marketing address carries the parameters."""
    url = rendered.get("marketing_url")
    return {**rendered, "marketing_url": url + query} if url and query else rendered


def _source(request: Any) -> str:
    """The caller's name; with the switch on, its company too, if the LMS knows one."""
    username: str = request.user.get_username()
    if not request.partner.lms_url or not waffle.switch_is_active(COMPANY_SWITCH):
        return username
    return f"{username} {_company(request.partner, request.user)}".strip()


def _company(partner: Partner, user: User) -> str:
    """What the LMS says, an hour old at most; "" for no company, or if it does not answer."""
    key = f"company_of_user:{partner.pk}:{user.pk}"
    kept: str | None = cache.get(key)
    if kept is not None:
        return kept
    try:
        company, lasts = _asked(partner, user), HOUR
    except ClientError as error:
        logger.warning("The company of a caller is not known: %s", error)
        company, lasts = "", PAUSE
    cache.set(key, company, lasts)
    return company


def _asked(partner: Partner, user: User) -> str:
    with access_request_session() as session:
        tokens = TokenSource(
            settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL,
            settings.BACKEND_SERVICE_EDX_OAUTH2_KEY,
            settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET,
            session=session,
        )
        name, lms_url = user.get_username(), partner.lms_url or ""
        return company_of_user(lms_url, name, session=session, tokens=tokens) or ""
