"""Who may call the sample platform, and what the header `Authorization` says."""

import secrets
import string
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from course_discovery.loaders.sample.keys import ALGORITHM, Keys

ALPHABET = string.ascii_letters + string.digits
MAX_OPAQUE_TOKENS = 1000


class NotAuthenticatedError(Exception):
    """The token is missing, unknown, expired or not ours."""


@dataclass(frozen=True)
class Account:
    username: str
    name: str | None
    user_id: int
    administrator: bool


SERVICE = Account("catalog_worker", None, 5001, administrator=True)
PEOPLE: Mapping[str, Account] = {
    "learner": Account("learner", "Lena Learner", 5002, administrator=False),
    "staff": Account("staff", "Stefan Staff", 5003, administrator=True),
}
ACCOUNTS: Mapping[str, Account] = {SERVICE.username: SERVICE, **PEOPLE}


class OpaqueTokens:
    """The opaque tokens handed out, the newest 1000; a restart forgets them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: OrderedDict[str, tuple[Account, datetime]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tokens)

    def issue(self, account: Account, expires: datetime) -> str:
        """A new token of 30 letters and digits for `account`."""
        token = "".join(secrets.choice(ALPHABET) for _ in range(30))
        with self._lock:
            self._tokens[token] = (account, expires)
            if len(self._tokens) > MAX_OPAQUE_TOKENS:
                self._tokens.popitem(last=False)
        return token

    def account(self, token: str, now: datetime) -> Account:
        """Whose token it is. Raises NotAuthenticatedError."""
        with self._lock:
            account, expires = self._tokens.get(token, (None, now))
        if account is None or expires <= now:
            raise NotAuthenticatedError
        return account


def account_of_jwt(token: str, *, keys: Keys, issuer: str, audience: str, now: datetime) -> Account:
    """Whose signed token it is. Raises NotAuthenticatedError."""
    try:
        claims = jwt.decode(
            token,
            keys.private.public_key(),
            algorithms=[ALGORITHM],
            audience=audience,
            issuer=issuer,
            # The caller's clock decides about the time, not the library's.
            options={"require": ["exp", "iat"], "verify_exp": False, "verify_iat": False},
        )
        expires = datetime.fromtimestamp(claims["exp"], now.tzinfo)
    except (jwt.InvalidTokenError, ValueError, OverflowError, TypeError):
        raise NotAuthenticatedError from None
    account = ACCOUNTS.get(str(claims.get("preferred_username")))
    if account is None or expires <= now - timedelta(seconds=1):
        raise NotAuthenticatedError
    return account
