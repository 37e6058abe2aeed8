"""Tracking parameters of marketing addresses, which name the caller and so are never stored."""

from typing import Any
from urllib.parse import urlencode

from django.utils.text import slugify
from rest_framework.request import Request

from course_discovery.api.v1.projected import flag


def utm_query(request: Request) -> str:
    """What the caller's marketing addresses end in; "" with `exclude_utm=1`."""
    if flag(request, "exclude_utm"):
        return ""
    user: Any = request.user
    medium = getattr(user, "referral_tracking_id", None) or "affiliate_partner"
    return "?" + urlencode({"utm_source": slugify(user.get_username()), "utm_medium": medium})


def with_utm(rendered: dict[str, Any], query: str) -> dict[str, Any]:
    """A rendered course or run whose own marketing address carries the parameters."""
    url = rendered.get("marketing_url")
    return {**rendered, "marketing_url": url + query} if url and query else rendered
