"""All that the endpoints share: options, catalog, keys, clock."""

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from course_discovery.loaders.sample.accounts import (
    ACCOUNTS,
    Account,
    NotAuthenticatedError,
    OpaqueTokens,
    account_of_jwt,
)
from course_discovery.loaders.sample.catalog import Catalog
from course_discovery.loaders.sample.keys import Keys
from course_discovery.loaders.sample.messages import Request


def real_time() -> datetime:
    """The time now, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Options:
    """What may be chosen at the start.

    `calls_per_minute` limits the course list, and the shop, for each user, as platforms do; None:
    no limit. `ecommerce`: whether there is a shop.
    """

    client_id: str = "catalog-backend-service-key"
    client_secret: str = "catalog-backend-service-secret"
    issuer: str = "http://127.0.0.1:18000/oauth2"
    audience: str = "openedx"
    calls_per_minute: int | None = None
    ecommerce: bool = False
    clock: Callable[[], datetime] = real_time


class Throttle:
    """At most `limit` calls in any minute for each user; None: as many as they like."""

    def __init__(self, limit: int | None) -> None:
        self._lock = threading.Lock()
        self._calls: dict[str, deque[datetime]] = {
            username: deque(maxlen=limit) for username in ACCOUNTS if limit is not None
        }

    def wait(self, username: str, now: datetime) -> int:
        """Count a call of a known user: 0 when it is allowed, else the seconds to wait."""
        calls = self._calls.get(username)
        if calls is None:
            return 0
        with self._lock:
            free_at = calls[0] + timedelta(minutes=1) if len(calls) == calls.maxlen else now
            if free_at > now:
                return math.ceil((free_at - now).total_seconds())
            calls.append(now)
            return 0


@dataclass
class Site:
    """The sample platform, whatever way its requests arrive.

    `course_uuids` are what the shop was told of courses, by their keys.
    """

    base_url: str
    catalog: Catalog
    keys: Keys
    options: Options = field(default_factory=Options)
    opaque_tokens: OpaqueTokens = field(default_factory=OpaqueTokens)
    course_uuids: dict[str, str] = field(default_factory=dict)
    throttle: Throttle = field(init=False)
    shop_throttle: Throttle = field(init=False)

    def __post_init__(self) -> None:
        self.throttle = Throttle(self.options.calls_per_minute)
        self.shop_throttle = Throttle(self.options.calls_per_minute)

    @property
    def now(self) -> datetime:
        return self.options.clock()

    def caller(self, request: Request) -> Account:
        """Who calls: `Authorization: JWT <signed token>` or `Bearer <opaque token>`.

        Raises NotAuthenticatedError.
        """
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "jwt":
            return account_of_jwt(
                token.strip(),
                keys=self.keys,
                issuer=self.options.issuer,
                audience=self.options.audience,
                now=self.now,
            )
        if kind.lower() == "bearer":
            return self.opaque_tokens.account(token.strip(), self.now)
        raise NotAuthenticatedError
