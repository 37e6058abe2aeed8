"""The RSA key that the sample platform signs its tokens with, and the tokens."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from course_discovery.loaders.sample.state import StateError, keep, replace

ALGORITHM = "RS512"
KEY_ID = "openedx"
SERVICE_SCOPES = ("read", "write", "email", "profile")
PERSON_SCOPES = ("user_id", "email", "profile")


@dataclass(frozen=True)
class Keys:
    """A private RSA key and what may be told about it."""

    private: RSAPrivateKey

    def public_jwk_set(self) -> str:
        """The public half as a JWK set (RFC 7517), JSON text for JWT_PUBLIC_SIGNING_JWK_SET."""
        jwk = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        public = {name: jwk[name] for name in ("kty", "n", "e")}
        return json.dumps({"keys": [{"kid": KEY_ID, "use": "sig", **public}]})


def load_or_make_keys(state: Path) -> Keys:
    """The keys kept in `state`, made at the first call.

    `signing_key.pem` holds the private key (mode 600), `public_jwk_set.json` the public set, for
    whoever has to verify the tokens. Raises StateError when the kept key is none, OSError when
    the folder cannot be written.
    """
    path = state / "signing_key.pem"
    try:
        private = serialization.load_pem_private_key(keep(path, _new_pem), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, RSAPrivateKey):
        raise StateError(f"{path} holds no RSA key: remove it to get a new one.")
    keys = Keys(private)
    replace(state / "public_jwk_set.json", keys.public_jwk_set().encode("ascii"))
    return keys


def _new_pem() -> bytes:
    return generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def mint_token(
    keys: Keys,
    *,
    issuer: str,
    audience: str,
    username: str,
    administrator: bool,
    now: datetime,
    lifetime: timedelta,
    grant_type: str = "client-credentials",
    scopes: Sequence[str] = SERVICE_SCOPES,
    user_id: int = 0,
    name: str | None = None,
) -> str:
    """A token as the platform makes it, for the header `Authorization: JWT ...`.

    The scopes decide which claims it carries: `email`, `profile` (name, administrator,
    superuser), `user_id`.
    """
    email = f"{username}@example.com"
    claims: dict[str, Any] = {
        "aud": audience,
        "exp": int((now + lifetime).timestamp()),
        "grant_type": grant_type,
        "iat": int(now.timestamp()),
        "iss": issuer,
        "preferred_username": username,
        "scopes": list(scopes),
        "version": "1.2.0",
        "sub": hashlib.sha256(username.encode("utf-8")).hexdigest()[:32],
        "filters": [],
        "is_restricted": False,
        "email_verified": True,
    }
    if "user_id" in scopes:
        claims["user_id"] = user_id
    if "email" in scopes:
        claims["email"] = email
    if "profile" in scopes:
        claims |= {
            "name": name,
            "family_name": "",
            "given_name": "",
            "administrator": administrator,
            "superuser": False,
        }
    return jwt.encode(claims, keys.private, algorithm=ALGORITHM, headers={"kid": KEY_ID})
