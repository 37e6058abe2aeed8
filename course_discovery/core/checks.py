"""What `manage.py check --deploy` looks at."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from course_discovery.core.rest.jwt import public_keys, shared_secret


@register(Tags.security, deploy=True)
def check_token_keys(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Without any key every token is refused; that is never what a deployment wants."""
    if public_keys() or shared_secret():
        return []
    return [
        Error(
            "JWT_AUTH has neither a public key set nor a shared secret: every token is refused.",
            hint="Set JWT_PUBLIC_SIGNING_JWK_SET, or JWT_SECRET_KEY and JWT_ISSUERS.",
            id="core.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_secret_key(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """An empty SECRET_KEY must fail at deployment, not at the first session."""
    # Django refuses to give an empty one away.
    with suppress(ImproperlyConfigured):
        if settings.SECRET_KEY:
            return []
    return [Error("SECRET_KEY is empty.", hint="Set SECRET_KEY.", id="core.E002")]
