"""Conditional requests (RFC 9110, section 13): answers that a client has already are not sent.

Two strong validators tell answers apart. An entity tag is a digest of everything that shapes the
answer, so it is known before the answer is made. A date of last modification serves single objects
only: what a list shows can change without any of its rows having a later date (one is removed).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

import orjson
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from rest_framework.request import Request

_CONDITIONS = ("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")
# By what an answer to one address differs: who asks, and what they take.
_VARY = ("Accept", "Accept-Language", "Authorization", "Cookie")


@dataclass(frozen=True)
class Validators:
    """By what a client knows an answer again. `last_modified` is None where a date cannot say."""

    etag: str
    last_modified: datetime | None = None


def entity_tag(request: Request, *shaping: Any) -> str:
    """A strong entity tag of the answer to this request.

    `shaping` is what shapes it beside the whole address and the media type: JSON-like values,
    sets among them.
    """
    renderer = request.accepted_renderer
    taken = request.accepted_media_type or renderer.media_type
    parts = [request.build_absolute_uri(), taken, *shaping]
    text = orjson.dumps(parts, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    return f'"{blake2b(text, digest_size=16).hexdigest()}"'


def newest(moments: Iterable[datetime | None]) -> datetime | None:
    """The latest of these moments, None if one of them is not known."""
    known = list(moments)
    return None if None in known else max(filter(None, known), default=None)


def is_conditional(request: Request) -> bool:
    """Whether the client says what it has already."""
    return any(name in request.headers for name in _CONDITIONS)


def conditional_answer(
    request: Request, validators: Validators, *, dated: bool
) -> HttpResponseBase | None:
    """The answer without a body, 304 or 412, to a client's conditions; None to send the whole.

    Only where answers are `dated` does an old date say that nothing was modified since.
    """
    modified = validators.last_modified
    if not dated and "If-Modified-Since" in request.headers:
        modified = None
    answer: HttpResponseBase | None = get_conditional_response(
        request._request, validators.etag, int(modified.timestamp()) if modified else None
    )
    return answer and validated(answer, validators, request.moment)  # type: ignore[attr-defined]


def validated(
    response: HttpResponseBase, validators: Validators, now: datetime
) -> HttpResponseBase:
    """The response with its validators, for the client's own cache only, to be asked for again.

    A date in the future is not told (RFC 9110, section 8.8.2.1).
    """
    modified = validators.last_modified
    response["ETag"] = validators.etag
    if modified and modified <= now:
        response["Last-Modified"] = http_date(modified.timestamp())
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, _VARY)
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} does not shape answers")
