"""What an LMS knows of users who asked for access to its APIs: their company, its decision."""

from course_discovery.clients.errors import BadAnswer
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession

PATH = "/api-admin/api/v1/api_access_request/"
APPROVED = "approved"
_TIMEOUT = 2.0
_MAX_BYTES = 1_000_000


def access_request_session() -> ServiceSession:
    """A session that gives up soon: a reader waits for it. One try, 4 seconds at most."""
    return ServiceSession(
        connect_timeout=_TIMEOUT,
        read_timeout=_TIMEOUT,
        max_bytes=_MAX_BYTES,
        policy=RetryPolicy(tries=1, budget=2 * _TIMEOUT),
    )


def company_of_user(
    lms_url: str, username: str, *, session: ServiceSession, tokens: TokenSource
) -> str | None:
    """The company that a user named, None for a user who asked for no access or named none.

    Raises `ClientError`.
    """
    return (_told(lms_url, username, "company_name", session, tokens) or "").strip() or None


def has_approved_access(
    lms_url: str, username: str, *, session: ServiceSession, tokens: TokenSource
) -> bool:
    """Whether a user asked for access and was approved.

    Raises `ClientError`.
    """
    return _told(lms_url, username, "status", session, tokens) == APPROVED


def _told(
    lms_url: str, username: str, name: str, session: ServiceSession, tokens: TokenSource
) -> str | None:
    """A text of a user's request, None without a request or without that text."""
    url = f"{lms_url.rstrip('/')}{PATH}"
    answer = session.get_json(url, params={"user__username": username}, authorizer=tokens)
    rows = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise BadAnswer("GET", url, "no list of access requests", 200)
    first = rows[0] if rows else {}
    text = first.get(name) if isinstance(first, dict) else None
    if text is not None and not isinstance(text, str):
        raise BadAnswer("GET", url, f"{name} is not a text", 200)
    return text
