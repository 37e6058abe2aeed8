"""The platform's cookies, other origins, restricted applications, accounts switched off."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import URLPattern, URLResolver, get_resolver
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.test import APIClient
from rest_framework.views import APIView

from course_discovery.api.tests.pictures import data_uri
from course_discovery.api.tests.test_authentication import ISSUER, KEY_SET, claims, rs512
from course_discovery.core.models import Partner, User

READ = "/api/v1/subjects/"
WRITE = "/api/v1/collaborators/"
BODY = {"name": "Ada", "image": data_uri()}
MFE = "https://publisher.example.com"


@pytest.fixture(autouse=True)
def keys(settings: Any, partner: Partner, tmp_path: Path) -> None:
    """The platform's keys, and a front end of another origin."""
    settings.JWT_AUTH = {
        **settings.JWT_AUTH,
        "JWT_ISSUER": ISSUER,
        "JWT_PUBLIC_SIGNING_JWK_SET": KEY_SET,
        "JWT_ISSUERS": [{"ISSUER": ISSUER, "AUDIENCE": "openedx", "SECRET_KEY": ""}],
    }
    settings.MEDIA_ROOT = tmp_path
    settings.CORS_ORIGIN_WHITELIST = [MFE]
    settings.CSRF_TRUSTED_ORIGINS = [MFE]


def browser(token: str, *, halves: str = "both") -> APIClient:
    """A browser that has the platform's cookies, or one of them."""
    client = APIClient(enforce_csrf_checks=True)
    head, _dot, signature = token.rpartition(".")
    if halves in {"both", "payload"}:
        client.cookies["edx-jwt-cookie-header-payload"] = head
    if halves in {"both", "signature"}:
        client.cookies["edx-jwt-cookie-signature"] = signature
    return client


def csrf_token(client: APIClient) -> str:
    token: str = client.get("/csrf/api/v1/token").json()["csrfToken"]
    return token


def test_cookies_read_without_a_csrf_token() -> None:
    assert browser(rs512()).get(READ).status_code == 200
    assert get_user_model().objects.get(username="maria.editor").email == "maria@northu.example.com"


@pytest.mark.parametrize("halves", ["payload", "signature", "none"])
def test_half_a_token_is_none(halves: str) -> None:
    answer = browser(rs512(), halves=halves).get(READ)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'JWT realm="api"')


@pytest.mark.parametrize("token", [rs512(iss="https://evil.example.com"), "no.such.token"])
def test_cookies_that_do_not_hold_count_for_nothing(token: str) -> None:
    assert browser(token).get(READ).status_code == 401


def test_cookies_write_with_a_csrf_token_only() -> None:
    client = browser(rs512(administrator=True))
    assert client.post(WRITE, BODY).status_code == 401
    assert client.post(WRITE, BODY, headers={"X-CSRFToken": "x" * 32}).status_code == 401
    answer = client.post(WRITE, BODY, headers={"X-CSRFToken": csrf_token(client)})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("origin", "status"),
    [(MFE, 201), ("https://evil.example.com", 401), ("null", 401), ("http://testserver", 201)],
)
def test_cookies_write_from_trusted_origins_only(origin: str, status: int) -> None:
    client = browser(rs512(administrator=True))
    headers = {"X-CSRFToken": csrf_token(client), "Origin": origin}
    assert client.post(WRITE, BODY, headers=headers).status_code == status


def test_sessions_write_with_a_csrf_token_only(sam: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(sam)
    assert client.post(WRITE, BODY).status_code == 403
    headers = {"X-CSRFToken": csrf_token(client)}
    assert client.post(WRITE, BODY, headers=headers).status_code == 201


def test_tokens_in_the_header_need_no_csrf_token() -> None:
    client = APIClient(enforce_csrf_checks=True)
    headers = {"Authorization": f"JWT {rs512(administrator=True)}"}
    assert client.post(WRITE, BODY, headers=headers).status_code == 201


def test_the_front_ends_page_may_ask_with_cookies(anonymous: APIClient) -> None:
    asked = "content-type,use-jwt-cookie,x-csrftoken,if-match"
    answer = anonymous.options(
        WRITE,
        headers={
            "Origin": MFE,
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": asked,
        },
    )
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == MFE
    assert answer["Access-Control-Allow-Credentials"] == "true"
    assert "PATCH" in answer["Access-Control-Allow-Methods"]
    assert set(asked.split(",")) <= set(answer["Access-Control-Allow-Headers"].split(", "))


def test_the_front_ends_page_reads_answers_and_refusals() -> None:
    for client, status in ((browser(rs512()), 200), (APIClient(), 401)):
        answer = client.get(READ, headers={"Origin": MFE, "USE-JWT-COOKIE": "true"})
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, MFE)
        assert answer["Access-Control-Expose-Headers"] == "ETag, Retry-After"


def test_pages_of_other_origins_are_told_nothing(anonymous: APIClient) -> None:
    answer = anonymous.get(READ, headers={"Origin": "https://evil.example.com"})
    assert "Access-Control-Allow-Origin" not in answer


def views() -> Iterator[tuple[str, Any]]:
    """Every REST view with its address."""

    def inside(patterns: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        for each in patterns:
            address = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from inside(each.url_patterns, address)
            elif isinstance(each, URLPattern):
                kind = getattr(each.callback, "cls", getattr(each.callback, "view_class", None))
                if isinstance(kind, type) and issubclass(kind, APIView):
                    yield address, each.callback

    yield from inside(get_resolver().url_patterns, "")


def test_every_view_refuses_restricted_applications() -> None:
    found = dict(views())
    assert len(found) > 50
    open_ones = {
        address
        for address, view in found.items()
        if NotJwtRestrictedApplication
        not in getattr(view, "initkwargs", {}).get(
            "permission_classes", view.cls.permission_classes
        )
    }
    assert open_ones == set()


@pytest.mark.parametrize(
    "path", [READ, "/api/v1/people/", "/api/v1/course_editors/", "/api/v1/replace_usernames/",
             "/api/v1/search/all/", "/language-tags/language-tag-autocomplete/",
             "/admin/course_metadata/course-autocomplete/",
             "/publisher/api/admins/organizations/users/"],
)  # fmt: skip
def test_a_restricted_application_is_403(anonymous: APIClient, path: str) -> None:
    narrowed = {"is_restricted": True, "email": None, "administrator": None}
    token = rs512(**narrowed, preferred_username="partner_sync", filters=["user:me"])
    answer = anonymous.get(path, headers={"Authorization": f"JWT {token}"})
    assert (answer.status_code, list(answer.json())) == (403, ["detail"])
    user = get_user_model().objects.get(username="partner_sync")
    assert (user.email, user.is_staff) == ("", False)


@pytest.mark.parametrize("way", ["header", "cookies"])
def test_an_account_that_is_switched_off_stays_out(anonymous: APIClient, way: str) -> None:
    get_user_model().objects.create_user("maria.editor", is_active=False)
    if way == "cookies":
        answer = browser(rs512()).get(READ)
    else:
        answer = anonymous.get(READ, headers={"Authorization": f"JWT {rs512()}"})
    assert answer.status_code == 401


GARBAGE = {
    "no name": claims(preferred_username=None),
    "empty name": claims(preferred_username=""),
    "a name too long": claims(preferred_username="x" * 300),
    "a name that is none": claims(preferred_username={"a": 1}),
    "a name that cannot be stored": claims(preferred_username="a\0b"),
    "a mail that is none": claims(email=[1]),
    "a flag that is none": claims(administrator="maybe"),
    "roles that are none": claims(roles="x", administrator=False),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_claims_that_are_none_are_no_fault_of_ours(anonymous: APIClient, name: str) -> None:
    token = rs512(**GARBAGE[name])
    answer = anonymous.get(READ, headers={"Authorization": f"JWT {token}"})
    assert answer.status_code in {200, 401}


@pytest.mark.parametrize(
    "header",
    [
        "JWT",
        "JWT ",
        "JWT a b",
        "JWT é",
        "Basic",
        "Basic %%%",
        "Basic " + base64.b64encode(b"\xff").decode(),
    ],
)
def test_headers_that_are_no_credentials_are_401(anonymous: APIClient, header: str) -> None:
    assert anonymous.get(READ, headers={"Authorization": header}).status_code == 401
