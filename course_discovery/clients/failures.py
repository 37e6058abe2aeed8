"""The error that stands for a failed exchange, with a reason that is safe to show."""

import re
from datetime import datetime

import orjson
import requests
import urllib3

from course_discovery.clients.body import Body
from course_discovery.clients.errors import BadAnswer, ClientError, Refused, ServerFault, Throttled
from course_discovery.clients.retry import parse_retry_after

_ERROR_CODE = re.compile(r"[a-z][a-z_]{0,39}")
_ERROR_BYTES = 16_384
_LONGEST_ANSWER = 2000


def failure_of(body: Body, now: datetime, *, quote: bool = True, keep: bool = False) -> ClientError:
    """The error for an answer that is not 2xx; `now` is aware, for waits given as a date.

    Without `quote` it repeats nothing of the answer's body. With `keep` its `answer` is the body.
    """
    head = body.head(_ERROR_BYTES) if quote and not body.is_html else b""
    title = body.title() if quote and body.is_html else ""
    reason = (_quoted(body, head, title) if quote else "") or _plain_reason(body.status)
    details = (body.method, body.url, reason, body.status)
    error: ClientError
    if body.status == 429:
        error = Throttled(*details)
    elif body.status >= 500:
        error = ServerFault(*details)
    elif body.status >= 400:
        error = Refused(*details)
    else:
        error = BadAnswer(*details)
    if body.status in {429, 503}:
        error.retry_after = parse_retry_after(body.headers.get("Retry-After"), now)
    if keep:
        error.answer = title or plain_text(head.decode("utf-8", "replace"))
    return error


def plain_text(text: str) -> str:
    """The words of an answer, printable and bounded, blanks between them as one."""
    words = " ".join(text[:_ERROR_BYTES].split())
    return "".join(char for char in words if char.isprintable())[:_LONGEST_ANSWER]


def connection_fault(error: requests.RequestException, timeout: tuple[float, float]) -> str:
    """Why no answer came, in own words: the texts of the libraries show the whole address."""
    cause = error.args[0] if error.args else None
    cause = getattr(cause, "reason", cause)
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {timeout[0]:g} s"
    if isinstance(error, requests.ReadTimeout):
        return f"no answer within {timeout[1]:.3g} s"
    if isinstance(error, requests.exceptions.SSLError):
        return "TLS handshake failed"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not answer"
    if isinstance(cause, urllib3.exceptions.NameResolutionError):
        return "host name not known"
    if isinstance(cause, urllib3.exceptions.NewConnectionError):
        return "connection refused or no route"
    return "connection broken before an answer"


def _quoted(body: Body, head: bytes, title: str) -> str:
    """What an error page says, safe to show: its title or a machine word (RFC 6749, 5.2), or ''."""
    if body.is_html:
        return f"HTML page, title: {title!r}"
    if body.is_json:
        try:
            answer = orjson.loads(head)
        except orjson.JSONDecodeError:
            return "unreadable error"
        code = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(code, str) and _ERROR_CODE.fullmatch(code):
            return code
    return ""


def _plain_reason(status: int) -> str:
    return {401: "not authenticated", 403: "not allowed", 404: "not found"}.get(
        status, "the service told no reason"
    )
