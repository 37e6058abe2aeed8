"""Who may call: tokens, sessions, passwords; and everything that only looks like one."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from jwt.algorithms import RSAAlgorithm
from rest_framework.test import APIClient

from course_discovery.core.models import Partner, User

URL = "/api/v1/courses/"
ISSUER = "https://lms.example.com/oauth2"
SECRET = "the platform's secret, of a decent length"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY_SET = json.dumps(
    {"keys": [{**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "openedx"}]}
)


def claims(**changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "aud": "openedx",
        "exp": now + timedelta(hours=1),
        "iat": now,
        "iss": ISSUER,
        "grant_type": "password",
        "preferred_username": "maria.editor",
        "scopes": ["user_id", "email", "profile"],
        "version": "1.2.0",
        "sub": "41c7e2b8d05f4a96833be1d7c0629fa4",
        "filters": [],
        "is_restricted": False,
        "email_verified": True,
        "email": "maria@northu.example.com",
        "name": "Maria Duarte",
        "administrator": False,
        "superuser": False,
    } | changes


def rs512(**changes: Any) -> str:
    return jwt.encode(claims(**changes), KEY, algorithm="RS512")


def hs256(**changes: Any) -> str:
    return jwt.encode(claims(**changes), SECRET, algorithm="HS256")


def unsigned() -> str:
    def part(content: dict[str, Any]) -> str:
        text = json.dumps(content, default=lambda moment: int(moment.timestamp()))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims())}."


FORGED = {
    "alg none": unsigned(),
    "wrong secret": jwt.encode(claims(), "another secret of a decent length", algorithm="HS256"),
    "wrong private key": jwt.encode(claims(), OTHER_KEY, algorithm="RS512"),
    "other issuer, secret": hs256(iss="https://evil.example.com"),
    "other issuer, key": rs512(iss="https://evil.example.com"),
    "expired, secret": hs256(exp=datetime.now(UTC) - timedelta(hours=1)),
    "expired, key": rs512(exp=datetime.now(UTC) - timedelta(hours=1)),
    "newer major version": rs512(version="2.0.0"),
    "public key as secret": jwt.encode(
        claims(), base64.b64encode(KEY_SET.encode()), algorithm="HS256"
    ),
    "no token": "not.a.token",
}


REASONS = {"Error decoding token.", "Invalid token.", "Token has expired."}


@pytest.fixture(params=["key set", "secret", "both", "neither"])
def configured(request: pytest.FixtureRequest, settings: Any) -> str:
    """The service with each combination of keys."""
    has: str = request.param
    secret = SECRET if has in {"secret", "both"} else ""
    settings.JWT_AUTH = {
        **settings.JWT_AUTH,
        "JWT_ISSUER": ISSUER,
        "JWT_SECRET_KEY": secret,
        "JWT_PUBLIC_SIGNING_JWK_SET": KEY_SET if has in {"key set", "both"} else "",
        "JWT_ISSUERS": [{"ISSUER": ISSUER, "AUDIENCE": "openedx", "SECRET_KEY": secret}],
    }
    return has


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_is_401_with_every_configuration(
    anonymous: APIClient, configured: str, name: str
) -> None:
    answer = anonymous.get(URL, headers={"Authorization": f"JWT {FORGED[name]}"})
    assert answer.status_code == 401
    assert answer.json()["detail"] in REASONS
    assert answer["WWW-Authenticate"] == 'JWT realm="api"'
    assert not get_user_model().objects.filter(username="maria.editor").exists()


@pytest.mark.parametrize("kind", ["key set", "secret"])
def test_a_good_token_is_accepted_where_its_key_is_configured(
    anonymous: APIClient, configured: str, kind: str
) -> None:
    token = rs512() if kind == "key set" else hs256()
    answer = anonymous.get(URL, headers={"Authorization": f"JWT {token}"})
    assert answer.status_code == (200 if configured in {kind, "both"} else 401)


@pytest.mark.parametrize("configured", ["both"], indirect=True)
class TestUsersFromTokens:
    """What a token's claims do to the local account."""

    def call(self, client: APIClient, **changes: Any) -> User:
        token = rs512(**changes)
        assert client.get(URL, headers={"Authorization": f"JWT {token}"}).status_code == 200
        return get_user_model().objects.get(username="maria.editor")

    def test_the_first_token_makes_the_user(self, anonymous: APIClient, configured: str) -> None:
        user = self.call(anonymous)
        assert (user.email, user.is_staff, user.is_superuser, user.full_name) == (
            "maria@northu.example.com", False, False, None,
        )  # fmt: skip

    def test_mail_and_staff_flag_follow_the_claims(
        self, anonymous: APIClient, configured: str
    ) -> None:
        self.call(anonymous)
        user = self.call(anonymous, administrator=True, email="m@example.com", superuser=True)
        assert (user.email, user.is_staff, user.is_superuser) == ("m@example.com", True, False)
        assert self.call(anonymous, administrator=False).is_staff is False

    def test_absent_claims_leave_the_account_alone(
        self, anonymous: APIClient, configured: str
    ) -> None:
        self.call(anonymous, administrator=True)
        user = self.call(anonymous, administrator=None, email=None)
        assert (user.email, user.is_staff) == ("maria@northu.example.com", True)


@pytest.mark.parametrize("configured", ["both"], indirect=True)
def test_bearer_is_not_accepted(anonymous: APIClient, configured: str) -> None:
    answer = anonymous.get(URL, headers={"Authorization": f"Bearer {rs512()}"})
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Authentication credentials were not provided."}


def test_session_and_basic_authentication(alice: User, partner: Partner) -> None:
    client = APIClient()
    assert client.get(URL).status_code == 401
    basic = base64.b64encode(b"alice:alice").decode()
    assert client.get(URL, headers={"Authorization": f"Basic {basic}"}).status_code == 200
    wrong = base64.b64encode(b"alice:bob").decode()
    answer = client.get(URL, headers={"Authorization": f"Basic {wrong}"})
    assert (answer.status_code, answer.json()) == (401, {"detail": "Invalid username/password."})
    client.force_login(alice)
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["courses", "course_runs", "organizations", "subjects", "level_types", "search/all",
     "search/all/facets", "search/courses", "search/course_runs/facets"],
)  # fmt: skip
def test_reads_need_an_account(anonymous: APIClient, path: str) -> None:
    answer = anonymous.get(f"/api/v1/{path}/")
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Authentication credentials were not provided."}
    assert answer["WWW-Authenticate"] == 'JWT realm="api"'


@pytest.mark.django_db
def test_check_deploy_fails_without_any_key(settings: Any) -> None:
    settings.JWT_AUTH = {**settings.JWT_AUTH, "JWT_PUBLIC_SIGNING_JWK_SET": "", "JWT_ISSUERS": []}
    with pytest.raises(SystemCheckError, match=r"core\.E001"):
        call_command("check", deploy=True)
