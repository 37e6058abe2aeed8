"""Who may call how often, over REST."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.test_authentication import ISSUER, KEY_SET, rs512
from course_discovery.core.models import Partner, User, UserThrottleRate

URL = "/api/v1/subjects/"
OPEN = "/api/v1/people/"


@pytest.fixture(autouse=True)
def limited(settings: Any, tmp_path: Path, partner: Partner) -> Any:
    """Three calls an hour for everybody, six with a role; counted in a file."""
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {"user": "3/hour"},
    }
    settings.ENHANCED_THROTTLE_LIMIT = "6/hour"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        },
        "throttling": {
            "BACKEND": "course_discovery.core.shared_counts.SharedCounts",
            "LOCATION": str(tmp_path / "counts.sqlite3"),
        },
    }
    return settings


def calls(client: APIClient, url: str = URL, most: int = 12, **headers: str) -> int:
    """How often a client is answered until it is refused; `most` for never."""
    for count in range(most):
        if client.get(url, headers=headers).status_code == 429:
            return count
    return most


def test_a_refusal_says_when_to_try_again(as_alice: APIClient) -> None:
    assert calls(as_alice) == 3
    answer = as_alice.get(URL)
    seconds = int(answer["Retry-After"])
    assert 0 < seconds <= 2 * 3600
    assert answer.json() == {
        "detail": f"Request was throttled. Expected available in {seconds} seconds."
    }


@pytest.mark.parametrize("who", ["staff", "superuser", "member of a group"])
def test_the_house_is_not_limited(alice: User, as_alice: APIClient, who: str) -> None:
    if who == "member of a group":
        alice.groups.add(Group.objects.create(name="Any"))
    alice.is_staff, alice.is_superuser = who == "staff", who == "superuser"
    assert calls(as_alice) == 12


@pytest.mark.parametrize("who", ["plain", "staff", "superuser", "member of a group"])
@pytest.mark.parametrize("rate", [1, 5])
def test_a_rate_of_ones_own_holds_for_anyone(
    alice: User, as_alice: APIClient, who: str, rate: int
) -> None:
    if who == "member of a group":
        alice.groups.add(Group.objects.create(name="Any"))
    alice.is_staff, alice.is_superuser = who == "staff", who == "superuser"
    UserThrottleRate.objects.create(user=alice, rate=f"{rate}/hour")
    assert calls(as_alice) == rate


def test_accounts_are_counted_apart(as_alice: APIClient, sam: User) -> None:
    other = APIClient()
    sam.is_staff = False
    other.force_authenticate(sam)
    assert (calls(as_alice), calls(other)) == (3, 3)


class TestRoles:
    """Words in the roles of a token."""

    @pytest.fixture(autouse=True)
    def keys(self, settings: Any) -> None:
        settings.JWT_AUTH = {
            **settings.JWT_AUTH,
            "JWT_ISSUER": ISSUER,
            "JWT_PUBLIC_SIGNING_JWK_SET": KEY_SET,
            "JWT_ISSUERS": [{"ISSUER": ISSUER, "AUDIENCE": "openedx", "SECRET_KEY": ""}],
        }

    @pytest.mark.parametrize(
        ("words", "roles", "times"),
        [
            (["enterprise"], ["enterprise_catalog_admin:*"], 6),
            (["enterprise"], ["reporting_viewer"], 3),
            (["enterprise"], None, 3),
            (["enterprise"], "enterprise", 3),
            (["enterprise"], [None, 5], 3),
            ([], ["enterprise_catalog_admin:*"], 3),
        ],
    )
    def test_a_word_in_a_role_raises_the_rate(
        self, settings: Any, words: list[str], roles: Any, times: int
    ) -> None:
        settings.ENHANCED_THROTTLE_JWT_ROLE_KEYWORDS = words
        token = rs512(roles=roles)
        assert calls(APIClient(), Authorization=f"JWT {token}") == times

    def test_a_rate_of_ones_own_comes_first(self, settings: Any) -> None:
        settings.ENHANCED_THROTTLE_JWT_ROLE_KEYWORDS = ["enterprise"]
        token = rs512(roles=["enterprise"])
        client = APIClient()
        assert client.get(URL, headers={"Authorization": f"JWT {token}"}).status_code == 200
        user = User.objects.get(username="maria.editor")
        UserThrottleRate.objects.create(user=user, rate="2/hour")
        cache.clear()
        assert calls(client, Authorization=f"JWT {token}") == 1


class TestAddresses:
    """Callers without an account are counted by address."""

    def test_each_address_has_its_calls(self) -> None:
        here, there = APIClient(REMOTE_ADDR="192.0.2.1"), APIClient(REMOTE_ADDR="192.0.2.2")
        assert (calls(here, OPEN), calls(there, OPEN)) == (3, 3)

    @pytest.mark.parametrize(("proxies", "times"), [(0, 3), (1, 12)])
    def test_a_proxy_is_believed_as_far_as_it_is_known(
        self, settings: Any, proxies: int, times: int
    ) -> None:
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
        client = APIClient()
        seen = [
            client.get(OPEN, headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
            for number in range(12)
        ]
        assert seen.count(200) == times

    @pytest.mark.parametrize("told", ["x" * 5000, "é, \t", ""])
    def test_any_address_can_be_counted(self, settings: Any, told: str) -> None:
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
        assert calls(APIClient(), OPEN, HTTP_X_FORWARDED_FOR=told) == 3


def test_limits_cost_no_query_once_they_are_known(as_alice: APIClient, limited: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert as_alice.get(URL).status_code == 200
        return len(captured)

    as_alice.get(URL)
    counted = queries()
    limited.REST_FRAMEWORK = {
        **limited.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {"user": None},
    }
    assert counted == queries()


@pytest.mark.parametrize("broken", ["throttling", "default"])
def test_a_store_that_fails_refuses_nobody(
    as_alice: APIClient, limited: Any, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    away = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1:9/1"}
    limited.CACHES = {**limited.CACHES, broken: away}
    with caplog.at_level(logging.CRITICAL, "nothing"):
        assert calls(as_alice) == (12 if broken == "throttling" else 3)


def test_where_there_is_no_such_cache_the_default_one_counts(
    as_alice: APIClient, limited: Any
) -> None:
    limited.CACHES = {"default": limited.CACHES["default"]}
    assert calls(as_alice) == 3


def test_a_rate_set_in_the_admin_is_followed_at_once(
    as_alice: APIClient, alice: User, client: Any
) -> None:
    boss = User.objects.create_superuser("boss")
    client.force_login(boss)
    add = "/admin/core/userthrottlerate/add/"
    assert as_alice.get(URL).status_code == 200
    refused = client.post(add, {"user": alice.pk, "rate": "often"})
    assert "Write a number and a time" in refused.content.decode()
    assert client.post(add, {"user": alice.pk, "rate": "1/hour"}).status_code == 302
    assert as_alice.get(URL).status_code == 429
    row = UserThrottleRate.objects.get()
    client.post(f"/admin/core/userthrottlerate/{row.pk}/delete/", {"post": "yes"})
    assert as_alice.get(URL).status_code == 200


@pytest.mark.parametrize("path", ["/health/", "/csrf/api/v1/token", "/"])
def test_pages_that_are_no_calls_are_not_counted(client: Any, path: str) -> None:
    assert [client.get(path).status_code for _ in range(6)].count(429) == 0
