"""Who a token of the platform speaks for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from edx_rest_framework_extensions.auth.jwt.authentication import JwtAuthentication
from rest_framework.exceptions import AuthenticationFailed

from course_discovery.core.models import User


class PlatformTokens(JwtAuthentication):  # type: ignore[misc] # ships no types
    """Tokens in the header `Authorization: JWT ...`, or in the platform's two cookies.

    The library makes and updates the account. One that was switched off here stays out, however
    good the token is.
    """

    def authenticate_credentials(self, payload: Mapping[str, Any]) -> User:
        """The account of a token's claims. Raises AuthenticationFailed."""
        user: User = super().authenticate_credentials(payload)
        if not user.is_active:
            raise AuthenticationFailed(_("User inactive or deleted."))
        return user
