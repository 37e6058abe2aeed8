"""Tokens of the platform: OAuth 2.0 client credentials (RFC 6749, section 4.4).

The platform gives signed tokens (JWT) when asked with `token_type=jwt`, and wants them under the
scheme `JWT`; opaque tokens go under `Bearer`.
"""

import re
import threading
from collections import defaultdict
from dataclasses import dataclass, field

import jwt

from course_discovery.clients.errors import BadAnswer
from course_discovery.clients.session import ServiceSession

_EARLY = 5.0
"""Seconds before its expiry from which a token is not used any more."""
_UNTOLD_LIFETIME = 300.0
"""Seconds that a token without `expires_in` is kept; the field is only recommended."""
_SCHEMES = {"jwt": "JWT", "bearer": "Bearer"}
_SENDABLE = re.compile(r"[\x21-\x7e]{1,16384}")


@dataclass(frozen=True)
class _Token:
    value: str = field(repr=False)
    scheme: str
    expires: float  # reading of the monotonic clock

    @property
    def header(self) -> str:
        return f"{self.scheme} {self.value}"


@dataclass
class _Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    token: _Token | None = None


class TokenCache:
    """Tokens in this process's memory, one slot for each set of credentials. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._slots: defaultdict[tuple[str, ...], _Slot] = defaultdict(_Slot)

    def slot(self, key: tuple[str, ...]) -> _Slot:
        with self._lock:
            return self._slots[key]


_shared_cache = TokenCache()


class TokenSource:
    """The Authorization header for a client of the platform, fetched when needed.

    `provider_url` is the OAuth root, such as `https://lms.example.com/oauth2`, with or without
    trailing slash. Tokens are shared in `cache` by address and credentials until 5 seconds before
    they expire; threads that need one at the same time wait for one request. Every method may
    raise the `ClientError` of the token request (`Refused` for unknown credentials).
    """

    def __init__(
        self,
        provider_url: str,
        client_id: str,
        client_secret: str,
        *,
        session: ServiceSession,
        cache: TokenCache = _shared_cache,
    ) -> None:
        self._url = f"{provider_url.rstrip('/')}/access_token"
        self._client_id = client_id
        self._client_secret = client_secret
        self._session = session
        # The secret is part of the key: a wrong one must not find the token of the right one.
        self._slot = cache.slot((self._url, client_id, client_secret))

    def header(self) -> str:
        """`JWT <token>` or `Bearer <token>`."""
        return self._token().header

    def renew(self, rejected: str) -> str:
        """The header after the service refused `rejected`: a new one, unless there is one since."""
        with self._slot.lock:
            if self._slot.token is not None and self._slot.token.header == rejected:
                self._slot.token = None
        return self.header()

    def preferred_username(self) -> str | None:
        """The user that the token speaks for; None for an opaque token.

        Read without checking the signature: the token came straight from its issuer.
        """
        try:
            claims = jwt.decode(self._token().value, options={"verify_signature": False})
        except jwt.InvalidTokenError:
            return None
        name = claims.get("preferred_username")
        return name if isinstance(name, str) and name else None

    def _token(self) -> _Token:
        with self._slot.lock:
            token = self._slot.token
            if token is None or token.expires - _EARLY <= self._session.clock.monotonic():
                token = self._slot.token = self._fetch()
            return token

    def _fetch(self) -> _Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "token_type": "jwt",  # nosec B105
        }
        asked = self._session.clock.monotonic()
        answer = self._session.post_form(self._url, form)
        if not isinstance(answer, dict):
            raise self._bad("answer is not an object")
        value, kind = answer.get("access_token"), answer.get("token_type")
        if not isinstance(value, str) or not _SENDABLE.fullmatch(value):
            raise self._bad("access_token is not a token")
        scheme = _SCHEMES.get(kind.lower()) if isinstance(kind, str) else None
        if scheme is None:
            raise self._bad("token_type is neither JWT nor Bearer")
        lifetime = answer.get("expires_in", _UNTOLD_LIFETIME)
        if isinstance(lifetime, bool) or not isinstance(lifetime, int | float) or lifetime <= 0:
            raise self._bad("expires_in is not a number of seconds")
        return _Token(value, scheme, asked + lifetime)

    def _bad(self, reason: str) -> BadAnswer:
        return BadAnswer("POST", self._url, reason, 200)
