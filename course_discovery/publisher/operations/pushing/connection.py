"""Sessions and tokens for pushes, and what is asked before each of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.conf import settings

from course_discovery.clients.errors import ClientError
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.pushing import push_session
from course_discovery.clients.session import ServiceSession
from course_discovery.course_metadata.operations.running import inside_transaction


class PushFailed(Exception):
    """Another service did not take a change; the text tells which and what it said, safe to show.

    `final`: the same change will not be taken later either.
    """

    def __init__(self, service: str, said: str, *, final: bool = False) -> None:
        super().__init__(service, said)
        self.service = service
        self.said = said
        self.final = final

    def __str__(self) -> str:
        return f"{self.service}: {self.said}"


class Connection(NamedTuple):
    """A session, and tokens for the credentials of the settings."""

    session: ServiceSession
    tokens: TokenSource


# Statuses that tell of the change itself, not of the moment.
_FINAL = frozenset({400, 413, 415, 422})


@contextmanager
def push_connection(service: str) -> Iterator[Connection]:
    """A connection to push through. What a `ClientError` inside tells is raised as `PushFailed`.

    Raises RuntimeError inside a transaction: others would wait for it as long as for the service,
    and it could be rolled back when the service has taken the change already.
    """
    if inside_transaction():
        raise RuntimeError(f"{service} cannot be told of a change inside a transaction")
    connect, read = _seconds(settings.PUSH_API_TIMEOUT)
    token_connect, token_read = _seconds(settings.OAUTH_API_TIMEOUT)
    with (
        push_session(connect_timeout=connect, read_timeout=read) as session,
        push_session(connect_timeout=token_connect, read_timeout=token_read) as token_session,
    ):
        tokens = TokenSource(
            settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL,
            settings.BACKEND_SERVICE_EDX_OAUTH2_KEY,
            settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET,
            session=token_session,
        )
        try:
            yield Connection(session, tokens)
        except ClientError as error:
            said = error.answer or error.reason
            raise PushFailed(service, said, final=error.status in _FINAL) from error


def _seconds(timeout: float | tuple[float, float]) -> tuple[float, float]:
    connect, read = timeout if isinstance(timeout, tuple | list) else (timeout, timeout)
    return connect, read
