"""Tokens: who gets one, what opens with it, when it ends."""

import json
from datetime import timedelta
from pathlib import Path

import jwt
import pytest

from course_discovery.loaders.sample.accounts import MAX_OPAQUE_TOKENS, SERVICE, OpaqueTokens
from course_discovery.loaders.sample.keys import load_or_make_keys, mint_token
from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.tests.browser import SERVICE as SERVICE_FORM
from course_discovery.loaders.sample.tests.browser import Browser
from course_discovery.loaders.sample.tests.conftest import FIRST_START, Clock

COURSES = "/api/courses/v1/courses/"


def decoded(server: SampleServer, header: str) -> dict[str, object]:
    """The claims, verified with nothing but the published key set."""
    key = jwt.PyJWKSet.from_json(server.keys.public_jwk_set())["openedx"]
    claims: dict[str, object] = jwt.decode(
        header.removeprefix("JWT "),
        key.key,
        algorithms=["RS512"],
        audience="openedx",
        issuer="http://127.0.0.1:18000/oauth2",
        options={"verify_exp": False, "verify_iat": False},
    )
    return claims


def test_tokens_verify_with_the_published_keys(
    server: SampleServer, service: str, learner: str
) -> None:
    assert decoded(server, service)["preferred_username"] == "catalog_worker"
    assert decoded(server, learner)["administrator"] is False


def test_staff_is_an_administrator(server: SampleServer, browser: Browser) -> None:
    claims = decoded(server, browser.person_token("staff"))
    assert (claims["administrator"], claims["email"]) == (True, "staff@example.com")


def test_the_key_set_holds_no_private_part(server: SampleServer) -> None:
    (key,) = json.loads(server.keys.public_jwk_set())["keys"]
    assert sorted(key) == ["e", "kid", "kty", "n", "use"]


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "unsupported_grant_type"),
        ({"grant_type": "implicit"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        ({**SERVICE_FORM, "client_id": "somebody"}, 401, "invalid_client"),
        ({**SERVICE_FORM, "client_secret": "sécret"}, 401, "invalid_client"),
        ({**SERVICE_FORM, "grant_type": "password"}, 400, "unauthorized_client"),
        ({**SERVICE_FORM, "grant_type": "refresh_token"}, 400, "unauthorized_client"),
        ({"grant_type": "password"}, 400, "invalid_grant"),
        (
            {"grant_type": "password", "username": "staff", "password": "wrong"},
            400,
            "invalid_grant",
        ),
        (
            {
                "grant_type": "password",
                "username": "catalog_worker",
                "password": "catalog_worker",
            },
            400,
            "invalid_grant",
        ),
    ],
)
def test_a_bad_token_request_names_its_error(
    browser: Browser, form: dict[str, str], status: int, error: str
) -> None:
    reply = browser.ask_token(form)
    assert (reply.status, reply.json) == (status, {"error": error})


def test_a_json_body_is_no_form(browser: Browser) -> None:
    body = json.dumps(SERVICE_FORM).encode("ascii")
    reply = browser.call(
        "POST", "/oauth2/access_token", body=body, headers={"Content-Type": "application/json"}
    )
    assert (reply.status, reply.json) == (400, {"error": "unsupported_grant_type"})


def test_a_slash_at_the_end_and_the_header_form_work(browser: Browser) -> None:
    form = {name: value for name, value in SERVICE_FORM.items() if name != "token_type"}
    assert browser.ask_token(form, {"X-Token-Type": "jwt"}).json["token_type"] == "JWT"
    assert browser.ask_token(form).headers["Cache-Control"] == "no-store"
    assert browser.call("POST", "/oauth2/access_token/").status == 400


def test_an_opaque_token_opens_the_list(browser: Browser) -> None:
    form = {name: value for name, value in SERVICE_FORM.items() if name != "token_type"}
    token = browser.ask_token(form).json["access_token"]
    assert len(token) == 30
    assert browser.get(COURSES, f"Bearer {token}").status == 200
    assert browser.get(COURSES, f"JWT {token}").status == 401


@pytest.mark.parametrize(
    "header", [None, "", "JWT", "JWT x.y.z", "Bearer unknown", "Basic c3RhZmY6c3RhZmY="]
)
def test_without_a_good_token_nothing_opens(browser: Browser, header: str | None) -> None:
    listed = browser.get(COURSES, header)
    assert listed.status == 401
    assert list(listed.json) == ["developer_message"]
    assert "WWW-Authenticate" not in listed.headers
    modes = browser.get("/api/course_modes/v1/courses/course-v1:A+B+C/", header)
    assert modes.status == 401
    assert list(modes.json) == ["detail"]
    assert modes.headers["WWW-Authenticate"] == 'JWT realm="api"'


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://elsewhere.example.com/oauth2"},
        {"audience": "somebody-else"},
        {"username": "stranger"},
        {"lifetime": timedelta(seconds=-5)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_token_for_another_purpose_is_refused(
    server: SampleServer, browser: Browser, change: dict[str, object]
) -> None:
    wanted = {
        "issuer": server.options.issuer,
        "audience": server.options.audience,
        "username": "staff",
        "administrator": True,
        "now": FIRST_START,
        "lifetime": timedelta(hours=1),
    }
    good = mint_token(server.keys, **wanted)  # type: ignore[arg-type]
    bad = mint_token(server.keys, **{**wanted, **change})  # type: ignore[arg-type]
    assert browser.get(COURSES, f"JWT {good}").status == 200
    assert browser.get(COURSES, f"JWT {bad}").status == 401


def test_a_token_of_another_key_is_refused(
    tmp_path: Path, server: SampleServer, browser: Browser
) -> None:
    token = mint_token(
        load_or_make_keys(tmp_path),
        issuer=server.options.issuer,
        audience=server.options.audience,
        username="staff",
        administrator=True,
        now=FIRST_START,
        lifetime=timedelta(hours=1),
    )
    assert browser.get(COURSES, f"JWT {token}").status == 401


def test_tokens_end(state: Path, clock: Clock) -> None:
    with SampleServer(state, options=Options(clock=clock)) as running:
        browser = Browser(running.base_url)
        signed = browser.service_token()
        form = {name: value for name, value in SERVICE_FORM.items() if name != "token_type"}
        opaque = f"Bearer {browser.ask_token(form).json['access_token']}"
        clock.advance(minutes=59)
        assert browser.get(COURSES, signed).status == 200
        clock.advance(minutes=2)
        assert browser.get(COURSES, signed).status == 401
        assert browser.get(COURSES, opaque).status == 200
        clock.advance(hours=9)
        assert browser.get(COURSES, opaque).status == 401


def test_the_newest_opaque_tokens_are_kept() -> None:
    tokens = OpaqueTokens()
    ends = FIRST_START + timedelta(hours=1)
    issued = [tokens.issue(SERVICE, ends) for _ in range(MAX_OPAQUE_TOKENS + 1)]
    assert len(set(issued)) == len(issued)
    assert len(tokens) == MAX_OPAQUE_TOKENS
    assert tokens.account(issued[-1], FIRST_START) is SERVICE


def test_client_and_issuer_can_be_chosen(state: Path) -> None:
    options = Options(client_id="me", client_secret="mine", issuer="https://x.example.com/oauth2")
    with SampleServer(state, options=options) as running:
        browser = Browser(running.base_url)
        assert browser.ask_token(SERVICE_FORM).status == 401
        form = {**SERVICE_FORM, "client_id": "me", "client_secret": "mine"}
        token = browser.ask_token(form).json["access_token"]
        claims = jwt.decode(token, options={"verify_signature": False})
        assert claims["iss"] == "https://x.example.com/oauth2"
        assert browser.get(COURSES, f"JWT {token}").status == 200
