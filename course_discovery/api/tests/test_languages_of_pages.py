"""Which language pages speak, and the token that their forms send."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from course_discovery.core.models import User

TOKEN = "/csrf/api/v1/token"


@pytest.mark.parametrize("url", [TOKEN, f"{TOKEN}/"])
def test_anybody_gets_a_token_and_its_cookie(anonymous: APIClient, url: str) -> None:
    answer = anonymous.get(url)

    assert answer.status_code == 200
    assert list(answer.json()) == ["csrfToken"]
    assert len(answer.json()["csrfToken"]) == 64
    assert settings.CSRF_COOKIE_NAME in answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_a_recorded_token_looks_the_same(anonymous: APIClient) -> None:
    folder = os.environ.get("REFERENCE_DIR")
    if not folder:
        pytest.skip("REFERENCE_DIR does not name the recorded answers")
    path = Path(folder) / "contract" / "samples" / "csrf_token.json"
    recorded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    answer = anonymous.get(TOKEN)

    assert answer["Content-Type"] == recorded["_content_type"]
    assert {key: len(text) for key, text in answer.json().items()} == {
        key: len(text) for key, text in recorded["body"].items()
    }


def test_the_token_opens_what_a_session_alone_does_not(sam: User, anonymous: APIClient) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(sam)
    form = {"language": "de"}

    assert browser.post("/i18n/setlang/", form).status_code == 403
    token = browser.get(TOKEN).json()["csrfToken"]
    assert browser.post("/i18n/setlang/", form, HTTP_X_CSRFTOKEN=token).status_code in (204, 302)


def test_a_token_is_only_read(anonymous: APIClient) -> None:
    assert anonymous.post(TOKEN).status_code == 405


@pytest.mark.parametrize("url", ["/i18n/setlang/", "/i18n/setlang"])
def test_a_visitor_chooses_a_language_and_keeps_it(
    anonymous: APIClient, no_index: Any, url: str
) -> None:
    answer = anonymous.post(url, {"language": "de", "next": "/"}, format="multipart")

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert answer.cookies["course_discovery_language"].value == "de"
    assert anonymous.get("/")["Content-Language"] == "de"


def test_choosing_a_language_leads_to_no_other_site(anonymous: APIClient) -> None:
    form = {"language": "de", "next": "https://elsewhere.example/"}

    answer = anonymous.post("/i18n/setlang/", form, format="multipart")

    assert answer["Location"] == "/"


@pytest.mark.parametrize("url", ["/jsi18n/", "/jsi18n"])
def test_scripts_get_their_texts(anonymous: APIClient, url: str) -> None:
    answer = anonymous.get(url, HTTP_ACCEPT_LANGUAGE="de")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert "django.catalog" in answer.content.decode()
