"""The company of a caller in tracking parameters, where a switch asks for it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient
from waffle.testutils import override_switch

from course_discovery.api.v1.utm import COMPANY_SWITCH
from course_discovery.clients.api_access_request import PATH
from course_discovery.clients.tests.scripted_server import ScriptedServer, json_answer
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory

URL = "/api/v1/course_runs/course-v1:NorthU+PHY101+1/"


@pytest.fixture
def lms(partner: Partner, settings: Any) -> Iterator[ScriptedServer]:
    """The partner's LMS, which gives tokens."""
    cache.clear()
    server = ScriptedServer()
    partner.lms_url = server.url
    partner.save()
    settings.BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL = f"{server.url}/oauth2"
    token = {"access_token": "t0ken", "token_type": "JWT", "expires_in": 3600}
    server.queue("/oauth2/access_token", json_answer(token))
    course = CourseFactory(partner=partner, key="NorthU+PHY101")
    CourseRunFactory(course=course, key="course-v1:NorthU+PHY101+1")
    yield server
    server.close()
    cache.clear()


def source(client: APIClient, query: str = "") -> str:
    url: str = client.get(f"{URL}{query}").json()["marketing_url"]
    return url.partition("utm_source=")[2].partition("&")[0]


def test_with_the_switch_it_follows_the_name(as_alice: APIClient, lms: ScriptedServer) -> None:
    lms.queue(PATH, json_answer({"results": [{"company_name": "Example Inc"}]}))
    with override_switch(COMPANY_SWITCH, active=True):
        assert [source(as_alice) for _ in range(3)] == ["alice-example-inc"] * 3
        assert source(as_alice, "?exclude_utm=1") == ""
    asked = [request for request in lms.requests if request.path == PATH]
    assert [request.query for request in asked] == [{"user__username": "alice"}]


def test_without_the_switch_nobody_is_asked(as_alice: APIClient, lms: ScriptedServer) -> None:
    assert source(as_alice) == "alice"
    assert lms.requests == []


def test_each_caller_has_its_own(
    as_alice: APIClient, as_sam: APIClient, lms: ScriptedServer
) -> None:
    lms.queue(PATH, json_answer({"results": [{"company_name": "Example Inc"}]}))
    lms.queue(PATH, json_answer({"results": []}))
    with override_switch(COMPANY_SWITCH, active=True):
        for _ in range(2):
            assert (source(as_alice), source(as_sam)) == ("alice-example-inc", "sam")


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_failing_lms_is_asked_once_and_answers_go_on(
    as_alice: APIClient, lms: ScriptedServer, status: int
) -> None:
    lms.queue(PATH, json_answer({}, status))
    with override_switch(COMPANY_SWITCH, active=True):
        assert [source(as_alice) for _ in range(3)] == ["alice"] * 3
    assert [request.path for request in lms.requests].count(PATH) == 1


def test_a_partner_without_an_lms_has_no_companies(
    as_alice: APIClient, lms: ScriptedServer, partner: Partner
) -> None:
    partner.lms_url = None
    partner.save()
    with override_switch(COMPANY_SWITCH, active=True):
        assert source(as_alice) == "alice"
    assert lms.requests == []
