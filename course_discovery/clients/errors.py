"""What can go wrong when this service calls another one."""

import re
from urllib.parse import parse_qsl, urlsplit

_SHOWN_PARAMETERS = frozenset({"page", "page_size", "active_only", "product_class"})
_LONGEST_URL = 300
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")


def shown_url(url: str) -> str:
    """The address as logs and reports may show it.

    User, password and fragment are left out, and of the query only harmless values are kept:
    signed addresses carry their secret there.
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "(malformed address)"
    shown = f"{parts.scheme}://{host}{parts.path}" if parts.scheme else parts.path
    if query:
        shown += "?" + "&".join(
            f"{name}={value if name in _SHOWN_PARAMETERS else '***'}" for name, value in query
        )
    return _UNPRINTABLE.sub("?", shown)[:_LONGEST_URL]


class ClientError(Exception):
    """A call that gave no usable answer.

    `method` and `url` name the call (`url` without secrets), `status` is the HTTP status or None
    when there was no answer, `reason` is short and safe to show. `retry_after` is the wait in
    seconds that the service asked for, if it did; `given_up` is true when the retry policy allows
    no further try. `answer` is what the service said when it did not take a change, in its own
    words: plain, bounded, and only for those who asked for the change, never for logs.
    """

    retry_after: float | None = None
    given_up: bool = False
    answer: str = ""

    def __init__(self, method: str, url: str, reason: str, status: int | None = None) -> None:
        self.method = method
        self.url = shown_url(url)
        self.reason = reason
        self.status = status
        # The arguments are also what repr() and pickle show: only the safe address goes there.
        super().__init__(method, self.url, reason, status)

    def __str__(self) -> str:
        status = f"HTTP {self.status}, " if self.status is not None else ""
        return f"{self.method} {self.url}: {status}{self.reason}"


class Unreachable(ClientError):
    """No whole answer: connection refused or broken, unknown host, time-out."""


class Throttled(ClientError):
    """The service asks to wait (429) and the retry policy does not allow to wait longer."""


class BadAnswer(ClientError):
    """An answer that is not what the contract says: content type, JSON, shape or size."""


class Refused(ClientError):
    """The service refuses the call (4xx other than 429)."""


class ServerFault(ClientError):
    """The service fails (5xx), after all tries."""


class ShortFetch(ClientError):
    """A listing or a document that ended before its end.

    `seen` is how many rows or lines arrived, `announced` how many were promised (None: unknown).
    """

    def __init__(
        self,
        method: str,
        url: str,
        reason: str,
        status: int | None = None,
        seen: int = 0,
        announced: int | None = None,
    ) -> None:
        super().__init__(method, url, reason, status)
        self.seen = seen
        self.announced = announced
        self.args = (*self.args, seen, announced)

    def __str__(self) -> str:
        of = f" of {self.announced} announced" if self.announced is not None else ""
        return f"{super().__str__()} (seen {self.seen}{of})"
