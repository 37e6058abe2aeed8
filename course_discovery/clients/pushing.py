"""Sessions for changes in other services, for which a person waits."""

from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession

_MAX_BYTES = 1_000_000


def push_session(*, connect_timeout: float, read_timeout: float) -> ServiceSession:
    """A session that tries once: whoever waits is told at once, and what nobody waits for has
    tries of its own."""
    return ServiceSession(
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        max_bytes=_MAX_BYTES,
        policy=RetryPolicy(tries=1, budget=connect_timeout + read_timeout),
    )
