"""Connections to the services of a platform, which all take its tokens."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.session import ServiceSession


@contextmanager
def platform_connection() -> Iterator[tuple[ServiceSession, TokenSource]]:
    """A session, and tokens for the credentials of the settings."""
    timeout = settings.OAUTH_API_TIMEOUT
    connect, read = timeout if isinstance(timeout, tuple | list) else (timeout, timeout)
    with (
        ServiceSession() as session,
        ServiceSession(connect_timeout=connect, read_timeout=read) as token_session,
    ):
        tokens = TokenSource(
            settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL,
            settings.BACKEND_SERVICE_EDX_OAUTH2_KEY,
            settings.BACKEND_SERVICE_EDX_OAUTH2_SECRET,
            session=token_session,
        )
        yield session, tokens
