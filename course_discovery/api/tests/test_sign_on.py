"""Signing on at the platform and off again, over HTTP, and what goes wrong on the way."""

from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from course_discovery.api.tests.platform_sign_on import Browser, SignOnPlatform
from course_discovery.core.models import Partner, User

LOGIN = "/login/"


@pytest.fixture
def platform(settings: Any) -> Iterator[SignOnPlatform]:
    """A platform that people sign on at; it was asked by the protocol."""
    made = SignOnPlatform()
    for name, value in made.settings.items():
        setattr(settings, name, value)
    yield made
    made.close()
    assert made.broken == []


@pytest.fixture
def here(live_server: LiveServer) -> str:
    """The address of this service; cookies are not kept for a host without dots."""
    url: str = live_server.url
    return url.replace("localhost", "127.0.0.1")


def maria() -> User:
    return get_user_model().objects.get(username="maria")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestOverHttp:
    """A browser, this service and the platform, each at its own address."""

    def test_a_member_of_staff_signs_on_works_and_signs_off(
        self, here: str, platform: SignOnPlatform
    ) -> None:
        platform.knows("maria", email="maria@example.com", name="Maria Duarte", administrator=True)
        browser = Browser()

        status, address, page = browser.get(f"{here}/admin/password_change/")
        assert (status, address) == (200, f"{here}/admin/login/?next=/admin/password_change/")
        assert "/login/?next=%2Fadmin%2Fpassword_change%2F" in page

        status, address, page = browser.get(f"{here}{LOGIN}?next=/admin/password_change/")
        assert (status, address) == (200, f"{here}/admin/password_change/")
        assert "<strong>maria</strong>" in page
        assert browser.get(f"{here}/api/v1/subjects/")[0] == 200

        assert browser.get(f"{here}/logout/")[1] == f"{platform.url}/logout"
        assert "/admin/login/" in browser.get(f"{here}/admin/")[1]

    def test_flags_name_and_mail_follow_each_sign_on(
        self, here: str, platform: SignOnPlatform
    ) -> None:
        for claims, flags in (
            ({"administrator": True, "superuser": True}, (True, True)),
            ({"administrator": True, "superuser": False}, (True, False)),
            ({}, (False, False)),
        ):
            address = f"maria.{len(claims)}@example.com"
            platform.knows("maria", email=address, name=f"Maria {len(claims)}", **claims)
            Browser().get(f"{here}{LOGIN}?next=/health/")
            user = maria()
            assert (user.is_staff, user.is_superuser) == flags
            assert (user.email, user.full_name) == (address, f"Maria {len(claims)}")

    def test_an_account_that_a_token_made_is_taken_over(
        self, here: str, platform: SignOnPlatform
    ) -> None:
        known = get_user_model().objects.create_user("maria")
        platform.knows("maria", email="maria@example.com")
        Browser().get(f"{here}{LOGIN}?next=/health/")
        assert maria().pk == known.pk

    def test_somebody_else_signs_on_in_the_same_browser(
        self, here: str, platform: SignOnPlatform
    ) -> None:
        browser = Browser()
        for name in ("maria", "nora"):
            platform.knows(name, email=f"{name}@example.com", administrator=True)
            browser.get(f"{here}{LOGIN}")
            page = browser.get(f"{here}/admin/password_change/")[2]
            assert f"<strong>{name}</strong>" in page
        assert get_user_model().objects.count() == 2

    def test_an_account_that_is_switched_off_stays_out(
        self, here: str, platform: SignOnPlatform
    ) -> None:
        get_user_model().objects.create_user("maria", is_active=False)
        platform.knows("maria", administrator=True)
        browser = Browser()
        status, address, _page = browser.get(f"{here}{LOGIN}")
        assert (status, address) == (403, f"{here}/login/inactive/")
        assert "/admin/login/" in browser.get(f"{here}/admin/")[1]

    def test_somebody_who_is_not_staff_is_told_so(
        self, here: str, platform: SignOnPlatform
    ) -> None:
        platform.knows("maria", administrator=False)
        status, address, page = Browser().get(f"{here}{LOGIN}")
        assert (status, address) == (200, f"{here}/admin/login/?next=/admin/")
        assert "maria" in page

    def test_a_person_who_declines_is_told(self, here: str, platform: SignOnPlatform) -> None:
        platform.declines = True
        assert Browser().get(f"{here}{LOGIN}")[0] == 403
        assert not get_user_model().objects.exists()

    @pytest.mark.parametrize(
        "token", ["no token", "", jwt.encode({"email": "m@example.com"}, "x" * 40)],
        ids=["garbage", "none", "nobody's"],
    )  # fmt: skip
    def test_a_platform_that_answers_nonsense_is_no_fault_of_ours(
        self, here: str, platform: SignOnPlatform, token: str
    ) -> None:
        platform.token = token
        platform.person = {}
        assert Browser().get(f"{here}{LOGIN}")[0] == 502
        assert not get_user_model().objects.exists()

    def test_a_platform_that_is_away_is_no_fault_of_ours(
        self, here: str, platform: SignOnPlatform, settings: Any
    ) -> None:
        settings.SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT = "http://127.0.0.1:9"
        assert Browser().get(f"{here}{LOGIN}")[0] == 503

    def test_a_wrong_secret_is_told_as_a_fault_of_the_settings(
        self, here: str, platform: SignOnPlatform, settings: Any
    ) -> None:
        settings.SOCIAL_AUTH_EDX_OAUTH2_SECRET = "wrong"
        status, _address, page = Browser().get(f"{here}{LOGIN}")
        assert status == 500
        assert "Authentication configuration is invalid" in page


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=y", "?error=access_denied", "?state=%00", "?code[]=1"]
)
def test_coming_back_from_nowhere_is_refused(
    db: None, platform: SignOnPlatform, client: Client, query: str
) -> None:
    answer = client.get(f"/complete/edx-oauth2/{query}")
    assert answer.status_code in {400, 403}
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example.com/", "//evil.example.com", "javascript:alert(1)"]
)
def test_nobody_is_sent_on_to_another_host(
    db: None, platform: SignOnPlatform, client: Client, elsewhere: str
) -> None:
    client.get("/login/edx-oauth2/", {"next": elsewhere})
    assert client.session.get("next") in {None, "/admin/"}


def test_the_way_to_the_platform_keeps_what_was_asked(
    db: None, platform: SignOnPlatform, client: Client
) -> None:
    answer = client.get(LOGIN, {"next": "/admin/core/"})
    assert answer["Location"] == "/login/edx-oauth2/?next=%2Fadmin%2Fcore%2F"
    onward = client.get(answer["Location"])
    assert onward["Location"].startswith(f"{platform.url}/oauth2/authorize?")
    assert client.get("/api-auth/login/")["Location"] == "/login/edx-oauth2/"


@pytest.mark.parametrize("secure", [False, True])
def test_the_platform_sends_people_back_as_configured(
    db: None, platform: SignOnPlatform, client: Client, settings: Any, secure: bool
) -> None:
    settings.SOCIAL_AUTH_REDIRECT_IS_HTTPS = secure
    target = client.get("/login/edx-oauth2/")["Location"]
    scheme = "https" if secure else "http"
    assert f"redirect_uri={scheme}%3A%2F%2Ftestserver%2Fcomplete%2Fedx-oauth2%2F" in target


@pytest.mark.parametrize("root", ["/", "/api-auth/"])
def test_signing_off_from_the_platforms_frame_ends_the_session_only(
    platform: SignOnPlatform, client: Client, alice: User, root: str
) -> None:
    client.force_login(alice)
    answer = client.get(f"{root}logout/", {"no_redirect": "1"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert "X-Frame-Options" not in answer
    assert "_auth_user_id" not in client.session


class TestWithoutAPlatform:
    """A service that no platform is told to signs people on by itself."""

    @pytest.mark.parametrize("address", [LOGIN, "/api-auth/login/"])
    def test_a_password_signs_on(
        self, client: Client, alice: User, partner: Partner, address: str
    ) -> None:
        assert client.get(address).status_code == 200
        form = {"username": "alice", "password": "alice", "next": "/health/"}
        assert client.post(address, form)["Location"] == "/health/"
        assert client.get("/api/v1/subjects/").status_code == 200
        assert client.get("/logout/")["Location"] == "/"
        assert client.get("/api/v1/subjects/").status_code == 401

    @pytest.mark.parametrize("address", ["/login/edx-oauth2/", "/complete/edx-oauth2/?code=x"])
    def test_what_needs_a_platform_leads_to_the_form(
        self, db: None, client: Client, address: str
    ) -> None:
        assert client.get(address)["Location"] == LOGIN

    def test_the_admin_offers_no_platform(self, db: None, client: Client) -> None:
        assert b"platform" not in client.get("/admin/login/").content


def test_the_admin_takes_passwords_beside_the_platform(
    platform: SignOnPlatform, client: Client, sam: User
) -> None:
    answer = client.post("/admin/login/?next=/admin/", {"username": "sam", "password": "sam"})
    assert answer["Location"] == "/admin/"
