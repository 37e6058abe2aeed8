"""Which partner a request is for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sites.models import Site
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from course_discovery.core.middleware import PartnerMiddleware
from course_discovery.core.models import Partner

pytestmark = pytest.mark.django_db


def partner(code: str, domain: str) -> Partner:
    site = Site.objects.create(domain=domain, name=domain)
    return Partner.objects.create(short_code=code, name=code, site=site)


@pytest.fixture(autouse=True)
def fallback(settings: Settings) -> Partner:
    """The partner of SITE_ID, whose site no request here names."""
    default = partner("default", "default.example.com")
    settings.SITE_ID = default.site_id
    partner("plain", "plain.example.com")
    partner("port", "plain.example.com:8000")
    partner("mixed", "Mixed.Example.com")
    partner("six", "[::1]")
    return default


def asked(host: str) -> Any:
    """The partner that a request of this host gets."""
    request = RequestFactory().get("/", headers={"host": host})
    found: list[Any] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request.partner)  # type: ignore[attr-defined]
        return HttpResponse()

    PartnerMiddleware(view)(request)
    return found[0]


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("plain.example.com", "plain"),
        ("plain.example.com:8000", "port"),
        ("plain.example.com:9000", "plain"),
        ("PLAIN.example.com", "plain"),
        ("mixed.example.com", "mixed"),
        ("mixed.example.com:80", "mixed"),
        ("[::1]", "six"),
        ("[::1]:8000", "six"),
        ("unknown.example.com", "default"),
    ],
)
def test_the_host_chooses_the_partner(host: str, code: str) -> None:
    assert asked(host).short_code == code


def test_without_any_partner_there_is_none(fallback: Partner) -> None:
    fallback.delete()
    assert not asked("unknown.example.com")


def test_a_host_that_is_not_allowed_has_none(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["plain.example.com"]
    assert not asked("evil.example.com")


def test_the_partner_is_looked_up_once_and_only_if_asked_for(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        PartnerMiddleware(lambda _: HttpResponse())(request)
    with django_assert_num_queries(1):
        assert request.partner.short_code == "default"  # type: ignore[attr-defined]
        assert request.partner.site.domain  # type: ignore[attr-defined]
