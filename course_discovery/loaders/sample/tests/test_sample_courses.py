"""The course list: its pages, its filters, what each caller sees."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.tests.browser import Browser
from course_discovery.loaders.sample.tests.conftest import FIRST_START, Clock

COURSES = "/api/courses/v1/courses/"


def keys(browser: Browser, token: str, **query: str) -> list[str]:
    return [row["id"] for row in browser.all_runs(token, **query)]


@pytest.mark.parametrize("size", [1, 7, 50, 100])
def test_following_next_meets_every_run_once(
    server: SampleServer, browser: Browser, service: str, size: int
) -> None:
    query = {"username": "catalog_worker", "page_size": str(size)}
    met: list[str] = []
    pages = 0
    while True:
        body = browser.get(COURSES, service, **query).json
        met += [row["id"] for row in body["results"]]
        pages += 1
        assert body["pagination"]["count"] == len(server.site.catalog.lms_runs)
        if body["pagination"]["next"] is None:
            break
        query = {
            name: values[0]
            for name, values in parse_qs(urlsplit(body["pagination"]["next"]).query).items()
        }
    assert met == [run.key for run in server.site.catalog.lms_runs]
    assert pages == body["pagination"]["num_pages"]


def test_previous_leads_back(browser: Browser, service: str) -> None:
    third = browser.get(COURSES, service, page="3", page_size="5").json["pagination"]
    assert third["previous"].endswith("?page=2&page_size=5")
    first = browser.get(COURSES, service, page="2").json["pagination"]["previous"]
    assert first == f"{browser.base_url}{COURSES}"


@pytest.mark.parametrize(
    ("asked", "given"), [("", 10), ("0", 10), ("-3", 10), ("many", 10), ("100", 100), ("101", 100)]
)
def test_the_page_size_has_a_default_and_a_limit(
    browser: Browser, service: str, asked: str, given: int
) -> None:
    reply = browser.get(COURSES, service, page_size=asked, username="catalog_worker")
    assert len(reply.json["results"]) == given


def test_a_huge_page_size_is_the_default(browser: Browser, service: str) -> None:
    assert len(browser.get(COURSES, service, page_size="9" * 5000).json["results"]) == 10


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "²", "9999", "9" * 5000, " "])
def test_a_bad_page_is_not_found(browser: Browser, service: str, page: str) -> None:
    reply = browser.get(COURSES, service, page=page)
    assert (reply.status, list(reply.json)) == (404, ["developer_message"])


@pytest.mark.parametrize("word", ["True", "true", "1"])
def test_active_only_drops_what_has_ended(
    server: SampleServer, browser: Browser, service: str, word: str
) -> None:
    shown = keys(browser, service, username="catalog_worker", active_only=word)
    ended = {run.key for run in server.site.catalog.lms_runs if run.has_ended(FIRST_START)}
    assert ended
    assert set(shown) == {run.key for run in server.site.catalog.lms_runs} - ended


@pytest.mark.parametrize("word", ["False", "false", "0", ""])
def test_otherwise_ended_runs_stay(
    server: SampleServer, browser: Browser, service: str, word: str
) -> None:
    shown = keys(browser, service, username="catalog_worker", active_only=word)
    assert len(shown) == len(server.site.catalog.lms_runs)


@pytest.mark.parametrize("name", ["active_only", "mobile"])
def test_a_word_that_is_no_boolean_is_named(browser: Browser, service: str, name: str) -> None:
    reply = browser.get(COURSES, service, **{name: "maybe"})
    assert reply.status == 400
    assert list(reply.json) == ["field_errors"]
    assert list(reply.json["field_errors"]) == [name]


def test_runs_leave_the_active_list_as_time_goes_by(state: Path, clock: Clock) -> None:
    with SampleServer(state, options=Options(clock=clock)) as running:
        browser = Browser(running.base_url)
        before = keys(browser, browser.service_token(), username="staff", active_only="True")
        clock.advance(days=40)
        after = keys(browser, browser.service_token(), username="staff", active_only="True")
        assert set(after) < set(before)


def test_org_and_mobile_narrow_the_list(browser: Browser, service: str) -> None:
    shown = keys(browser, service, org="lindentech")
    assert shown
    assert all("LindenTech" in key for key in shown)
    assert keys(browser, service, org="Nobody") == []
    mobile = browser.all_runs(service, mobile="true")
    assert {row["mobile_available"] for row in mobile} == {True}


def test_org_is_that_of_the_key(browser: Browser, service: str) -> None:
    rows = [row for row in browser.all_runs(service, org="JadeRiverU") if "MAT150" in row["id"]]
    assert {(row["org"], row["number"]) for row in rows} == {("Jade River", "MATH-150 (online)")}


def test_without_a_username_hidden_runs_are_missing(browser: Browser, service: str) -> None:
    everybody = browser.all_runs(service)
    worker = browser.all_runs(service, username="catalog_worker")
    assert not any(row["hidden"] for row in everybody)
    hidden = {row["id"] for row in worker if row["hidden"]}
    assert hidden == {row["id"] for row in worker} - {row["id"] for row in everybody}
    assert "LindenTech/CHE200/2016_Fall" in hidden


@pytest.mark.parametrize(
    ("caller", "username", "status"),
    [
        ("service", "catalog_worker", 200),
        ("service", "learner", 200),
        ("service", "nobody", 404),
        ("learner", "learner", 200),
        ("learner", "staff", 403),
        ("learner", "nobody", 403),
    ],
)
def test_who_may_look_with_whose_eyes(
    request: pytest.FixtureRequest, browser: Browser, caller: str, username: str, status: int
) -> None:
    token = request.getfixturevalue(caller)
    assert browser.get(COURSES, token, username=username).status == status


def test_names_arrive_escaped(browser: Browser, service: str) -> None:
    names = {row["name"] for row in browser.all_runs(service)}
    assert "C++ from &lt;vector&gt; to &lt;ranges&gt;" in names
    assert not any("<" in name or ">" in name for name in names)


def test_starts_are_told_in_three_ways(browser: Browser, service: str) -> None:
    rows = browser.all_runs(service)
    (unset,) = [row for row in rows if row["start_type"] == "empty"]
    assert (unset["start"], unset["start_display"]) == ("2030-01-01T00:00:00Z", None)
    (text,) = [row for row in rows if row["start_type"] == "string"]
    assert text["start_display"] == "Just before the winter break"
    cs101 = next(row for row in rows if row["id"].endswith("CS101+3T2026"))
    assert (cs101["start"], cs101["start_display"]) == ("2026-10-30T10:00:00Z", "Oct. 30, 2026")


def test_pictures_can_be_fetched(browser: Browser, service: str) -> None:
    for row in browser.all_runs(service, username="staff")[::20]:
        raw = row["media"]["image"]["raw"]
        assert raw == browser.base_url + row["media"]["course_image"]["uri"]
        reply = browser.get(row["media"]["course_image"]["uri"])
        assert (reply.status, reply.headers["Content-Type"]) == (200, "image/png")


def test_the_limit_of_calls_is_kept_for_each_user(state: Path, clock: Clock) -> None:
    with SampleServer(state, options=Options(calls_per_minute=2, clock=clock)) as running:
        browser = Browser(running.base_url)
        service, staff = browser.service_token(), browser.person_token("staff")
        statuses = [browser.get(COURSES, service).status for _ in range(3)]
        assert statuses == [200, 200, 429]
        refused = browser.get(COURSES, service)
        assert "Retry-After" not in refused.headers
        assert "60 seconds" in refused.json["developer_message"]
        assert browser.get(COURSES, staff).status == 200
        clock.now += timedelta(seconds=61)
        assert browser.get(COURSES, service).status == 200
