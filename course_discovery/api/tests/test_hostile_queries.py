"""Whatever is sent as a query is answered with 200 or 400."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from search.tests.catalog import make_course
from search.tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db
URLS = (
    "/api/v1/courses/?q={}",
    "/api/v1/search/all/?q={}",
    "/api/v1/search/courses/?q={}",
    "/api/v1/course_runs/contains/?course_run_ids=a&query={}",
    "/api/v1/catalog/query_contains/?course_run_ids=a&query={}",
)
PIECES = (
    *'ab é中"()[]{}:*?~^\\/+-!<>=&|#@.,\x00',
    *(
        "AND",
        "OR",
        "NOT",
        " TO ",
        "title:",
        "start:",
        "pk:",
        "now",
        "~2",
        "^3",
        "/a.*/",
        "*a*",
        "[a TO b]",
    ),
)


@pytest.fixture
def catalog(indexes: Settings, partner: Partner, drain: Callable[[], None]) -> None:
    make_course("MITx+1", runs=1, partner=partner, title="Physics of waves")
    drain()


def statuses(client: APIClient, written: str, urls: Sequence[str] = URLS) -> set[int]:
    """What routes answer to a query, in their address and in a body."""
    found = set()
    for url in urls:
        path, _, names = url.partition("?")
        *fixed, (name, _) = [name.split("=") for name in names.split("&")]
        found.add(client.get(path, {**dict(fixed), name: written}).status_code)
    answer = client.post("/api/v1/search/all/", {"q": written}, format="json")
    return found | {answer.status_code}


def test_hostile_queries_are_answered(as_alice: APIClient, catalog: None) -> None:
    assert len(set(HOSTILE)) >= 200
    bad = {}
    for number, text in enumerate(HOSTILE):
        told = statuses(as_alice, text, [URLS[number % len(URLS)]])  # each kind meets each route
        if not told <= {200, 400}:
            bad[text] = told
    assert bad == {}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_query_is_answered(as_alice: APIClient, catalog: None, written: str) -> None:
    assert statuses(as_alice, written) <= {200, 400}
