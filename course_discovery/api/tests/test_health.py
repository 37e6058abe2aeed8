"""What `/health/` tells of search: who answers, how far behind the indexes are, what differs."""

import time
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.core.changes.drain import drain
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import CourseFactory
from search.documents.connection import client
from search.documents.kinds import COURSE, KINDS
from search.tests import bad_servers
from search.tests.bad_servers import bad_server


def told(anonymous: APIClient) -> dict[str, Any]:
    answer = anonymous.get("/health/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()["detailed_status"]
    return found


def test_health_before_the_first_build(anonymous: APIClient, no_index: Settings) -> None:
    found = told(anonymous)
    assert found["search_breakers"] == {"reads": "closed", "writes": "closed"}
    assert found["search_index"]["indexes"] == {kind.name: None for kind in KINDS}


def test_health_tells_of_builds_and_checks(
    anonymous: APIClient, partner: Partner, indexes: Settings
) -> None:
    course = CourseFactory(partner=partner)
    call_command("update_index", stdout=StringIO())
    found = told(anonymous)["search_index"]["indexes"]["course"]
    assert found["documents"] == 1
    assert found["index"].startswith(COURSE.alias)
    assert found["rebuilt"]
    assert (found["drift"], found["repaired"], found["rolled_back"]) == (0, 0, None)
    drain()
    client().delete(index=COURSE.alias, id=str(course.uuid), refresh=True)
    with pytest.raises(Exception, match="differ"):
        call_command("check_index", stdout=StringIO())
    assert told(anonymous)["search_index"]["indexes"]["course"]["drift"] == 1


def test_health_tells_how_far_behind_the_indexes_are(
    anonymous: APIClient, partner: Partner, indexes: Settings
) -> None:
    drain()
    assert told(anonymous)["search_index"]["changes_not_indexed"] == 0
    CourseFactory(partner=partner)
    behind = told(anonymous)["search_index"]
    assert behind["changes_not_indexed"] > 0
    assert 0 <= behind["oldest_not_indexed_seconds"] < 60
    drain()
    assert told(anonymous)["search_index"]["changes_not_indexed"] == 0


def test_health_is_quick_when_the_server_hangs(
    anonymous: APIClient, indexes: Settings, partner: Partner
) -> None:
    indexes.SEARCH_TIMEOUTS |= {"health": 0.3}
    CourseFactory(partner=partner)
    with bad_server(bad_servers.hang) as server:
        indexes.SEARCH_URL = server.url
        for _ in range(3):
            assert told(anonymous)["search_status"] == "UNAVAILABLE"
        started = time.monotonic()
        found = told(anonymous)
        assert time.monotonic() - started < 0.2
        assert found["search_breakers"]["reads"] == "open"
        assert found["search_index"]["changes_not_indexed"] > 0
        drain()
        assert told(anonymous)["search_index"]["error"] is True


@pytest.mark.parametrize(
    "behave",
    [
        bad_servers.garbage, bad_servers.web_page, bad_servers.other_json, bad_servers.a_list,
        bad_servers.error_500, bad_servers.redirect, bad_servers.empty,
    ],
)  # fmt: skip
def test_health_has_an_answer_whatever_the_server_says(
    anonymous: APIClient, no_index: Settings, behave: bad_servers.Behaviour
) -> None:
    with bad_server(behave) as server:
        no_index.SEARCH_URL = server.url
        found = told(anonymous)
    assert (found["search_status"], found["search_engine"]) == ("UNAVAILABLE", None)


@pytest.mark.parametrize("url", ["nonsense", "ftp://search", "http://"])
def test_health_has_an_answer_whatever_the_settings_say(
    anonymous: APIClient, no_index: Settings, url: str
) -> None:
    no_index.SEARCH_URL = url
    assert told(anonymous)["search_status"] == "UNAVAILABLE"
    no_index.SEARCH_URL = ""


def test_health_without_its_tables_is_no_failure(
    anonymous: APIClient, no_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr("course_discovery.api.health.records", missing)
    assert told(anonymous)["search_index"] is None


def test_health_costs_the_same_whatever_there_is(
    anonymous: APIClient, partner: Partner, indexes: Settings, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        CourseFactory(partner=partner)
    with django_assert_max_num_queries(7):
        told(anonymous)
    assert Course.objects.count() == 5
