"""Decoding the tokens of the platform.

edx-drf-extensions checks the claims. Its signature check passes *any* token when the key set is
empty, so ours comes first: without a public key the shared secret itself must verify the token
(HS256, RFC 7518 section 3.2), and without either every token is refused.
"""

import json
from typing import Any

import jwt
from django.conf import settings
from edx_rest_framework_extensions.auth.jwt.decoder import jwt_decode_handler


def public_keys() -> list[dict[str, Any]]:
    """The public keys of JWT_AUTH (RFC 7517), [] for none or for something that is no key set."""
    text = settings.JWT_AUTH.get("JWT_PUBLIC_SIGNING_JWK_SET") or ""
    try:
        keys = json.loads(text).get("keys", []) if text else []
    except (ValueError, AttributeError):
        return []
    return [key for key in keys if isinstance(key, dict) and key.get("kty") == "RSA"]


def shared_secret() -> str:
    """The first issuer's shared secret, "" for none."""
    issuers = settings.JWT_AUTH.get("JWT_ISSUERS") or [{}]
    return issuers[0].get("SECRET_KEY") or settings.JWT_AUTH.get("JWT_SECRET_KEY") or ""


def decode_jwt(token: str) -> dict[str, Any]:
    """The claims of a token whose signature, issuer and times hold.

    Raises jwt.InvalidTokenError for every other token.
    """
    jwt.get_unverified_header(token)  # raises DecodeError for what is no token at all
    keys, secret = public_keys(), shared_secret()
    if not keys:
        if not secret:
            raise jwt.InvalidTokenError("no key to verify tokens with is configured")
        jwt.decode(token, secret, algorithms=["HS256"], options={"verify_aud": False})
    claims: dict[str, Any] = jwt_decode_handler(token)
    return claims
