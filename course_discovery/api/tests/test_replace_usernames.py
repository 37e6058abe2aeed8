"""Renaming users, as the platform's worker asks."""

import time
from base64 import b64encode
from typing import Any

import jwt
import pytest
from rest_framework.test import APIClient

from course_discovery.core.models import User
from course_discovery.publisher.tests.people import person

URL = "/api/v1/replace_usernames/"
SECRET = "a secret that both sides know, long enough"


@pytest.fixture(autouse=True)
def worker(settings: Any, db: None) -> User:
    settings.USERNAME_REPLACEMENT_WORKER = "retirement_worker"
    settings.JWT_AUTH = {
        **settings.JWT_AUTH,
        "JWT_SECRET_KEY": SECRET,
        "JWT_ISSUERS": [{**settings.JWT_AUTH["JWT_ISSUERS"][0], "SECRET_KEY": SECRET}],
        "JWT_PUBLIC_SIGNING_JWK_SET": "",
    }
    return person("retirement_worker")


def with_token(name: str, settings: Any) -> APIClient:
    claims = {
        "iss": settings.JWT_AUTH["JWT_ISSUER"], "aud": settings.JWT_AUTH["JWT_AUDIENCE"],
        "exp": int(time.time()) + 60, "iat": int(time.time()), "preferred_username": name,
        "email": f"{name}@example.com", "version": "1.2.0", "scopes": ["user_id"],
    }  # fmt: skip
    client = APIClient()
    token = jwt.encode(claims, SECRET, algorithm="HS256")
    client.credentials(HTTP_AUTHORIZATION=f"JWT {token}")
    return client


def told(*mappings: Any) -> dict[str, Any]:
    return {"username_mappings": list(mappings)}


def test_users_are_renamed_one_by_one(settings: Any) -> None:
    for name in ("alice", "bob", "taken"):
        person(name)
    answer = with_token("retirement_worker", settings).post(
        URL,
        told({"alice": "retired_1"}, {"bob": "taken"}, {"nobody": "retired_2"}, {"bob": "x" * 151}),
    )
    assert answer.status_code == 200
    assert answer.json() == {
        "successful_replacements": [{"alice": "retired_1"}, {"nobody": "retired_2"}],
        "failed_replacements": [{"bob": "taken"}, {"bob": "x" * 151}],
    }
    assert set(User.objects.values_list("username", flat=True)) == {
        "retirement_worker", "retired_1", "bob", "taken",
    }  # fmt: skip


def test_only_the_worker_and_only_with_a_token(settings: Any, worker: User) -> None:
    body = told({"alice": "retired"})
    assert with_token("alice", settings).post(URL, body).status_code == 403
    assert APIClient().post(URL, body).status_code == 401
    session = APIClient()
    session.force_login(worker)
    assert session.post(URL, body).status_code == 401
    basic = b64encode(b"retirement_worker:retirement_worker").decode()
    headers = {"Authorization": f"Basic {basic}"}
    assert APIClient().post(URL, body, headers=headers).status_code == 401
    assert with_token("retirement_worker", settings).get(URL).status_code == 405


def test_nobody_where_no_worker_is_named(settings: Any) -> None:
    settings.USERNAME_REPLACEMENT_WORKER = ""
    assert with_token("retirement_worker", settings).post(URL, told()).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "x",
        {"username_mappings": None},
        {"username_mappings": {"a": "b"}},
        {"username_mappings": "ab"},
        told("a"),
        told({}),
        told({"a": "b", "c": "d"}),
        told({"a": ["b"]}),
        told({"a": None}),
        told({"a": ""}),
        told({"a": "\x00"}),
        told(["a", "b"]),
        told(*({"a": "b"} for _each in range(1001))),
    ],
)
def test_bad_bodies(settings: Any, body: Any) -> None:
    answer = with_token("retirement_worker", settings).post(URL, body)
    assert answer.status_code == 400
    assert answer.json()


def test_names_that_no_column_holds(settings: Any) -> None:
    answer = with_token("retirement_worker", settings).post(URL, told({"\x00": "b"}))
    assert answer.json()["failed_replacements"] == [{"\x00": "b"}]
