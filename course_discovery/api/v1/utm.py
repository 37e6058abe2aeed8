"""Tracking parameters of marketing addresses, which name the caller and so are never stored."""

from typing import Any
from urllib.parse import urlencode

import waffle
from django.utils.text import slugify
from rest_framework.request import Request

from course_discovery.api.v1.lms_caller import told_by_lms
from course_discovery.api.v1.projected import flag
from course_discovery.clients.api_access_request import company_of_user
from course_discovery.core.models import Partner, User

COMPANY_SWITCH = "use_company_name_as_utm_source_value"


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
    """The company that the LMS knows of, "" for none."""
    return told_by_lms(
        "company_of_user",
        partner,
        user,
        lambda lms_url, name, session, tokens: (
            company_of_user(lms_url, name, session=session, tokens=tokens) or ""
        ),
        otherwise="",
    )
