"""How often somebody may call.

An account's own rate comes first. Superusers, staff and whoever is in a group are not limited
otherwise; a role in the token may raise the rate; all others have the ordinary one, by account or,
without one, by address. What that asks the database is remembered for a minute.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from edx_rest_framework_extensions.auth.jwt.authentication import is_jwt_authenticated
from edx_rest_framework_extensions.auth.jwt.decoder import unsafe_jwt_decode_handler
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from course_discovery.core.models import UserThrottleRate
from course_discovery.core.rates import Rate, parse_rate, take

MEMORY_SECONDS = 60
_OWN_RATES = "rates-of-calls"

logger = logging.getLogger(__name__)


class CallLimit(BaseThrottle):
    """Refuses calls beyond the caller's rate. Nobody is refused because counting fails."""

    _wait: float = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether the rate allows the call, which is counted then."""
        rate = rate_of(request)
        if rate is None:
            return True
        user = request.user
        caller = f"user {user.pk}" if user.is_authenticated else f"from {self.get_ident(request)}"
        # An address is what the caller says: whatever it is, it is a key of any cache.
        key = hashlib.sha256(caller.encode()).hexdigest()
        try:
            self._wait = take(_counts(), key, rate, now=time.time())
        except Exception as error:  # of whatever store is configured
            logger.error("Calls cannot be counted, so this one is let through: %s", error)
            return True
        return not self._wait

    def wait(self) -> float:
        """The seconds after which a refused caller may try again."""
        return self._wait


def _counts() -> Any:
    """Where calls are counted: the cache `throttling`, where there is none the default one."""
    return caches["throttling" if "throttling" in settings.CACHES else "default"]


def rate_of(request: Request) -> Rate | None:
    """The rate of a caller, None for no limit."""
    ordinary = api_settings.DEFAULT_THROTTLE_RATES.get("user")
    if not ordinary:
        return None
    user = request.user
    if user.is_authenticated:
        own = parse_rate(_remembered(_OWN_RATES, _own_rates).get(user.pk, ""))
        if own is not None:
            return own
        if user.is_superuser or user.is_staff or _is_in_a_group(user):
            return None
        if _has_enhancing_role(request):
            return parse_rate(settings.ENHANCED_THROTTLE_LIMIT)
    return parse_rate(str(ordinary))


def forget_own_rates() -> None:
    """Let the next call look the accounts' own rates up anew."""
    cache.delete(_OWN_RATES)


def _own_rates() -> dict[int, str]:
    return dict(UserThrottleRate.objects.values_list("user", "rate"))


def _is_in_a_group(user: Any) -> bool:
    return bool(_remembered(f"in-a-group:{user.pk}", user.groups.exists))


def _remembered(key: str, look_up: Callable[[], Any]) -> Any:
    """What the cache remembers, else what is looked up; the same when the cache is away."""
    try:
        known = cache.get(key)
        if known is None:
            known = look_up()
            cache.set(key, known, MEMORY_SECONDS)
    except Exception as error:  # of whatever cache is configured
        logger.error("The cache does not answer: %s", error)
        known = look_up()
    return known


def _has_enhancing_role(request: Request) -> bool:
    """Whether a role of the caller's token, which is verified already, has one of the words."""
    words = settings.ENHANCED_THROTTLE_JWT_ROLE_KEYWORDS
    if not words or not is_jwt_authenticated(request):
        return False
    roles = unsafe_jwt_decode_handler(request.auth).get("roles")
    return isinstance(roles, list) and any(word in str(role) for role in roles for word in words)
