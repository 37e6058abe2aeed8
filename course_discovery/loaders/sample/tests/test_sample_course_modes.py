"""The modes of a run."""

from urllib.parse import quote

import pytest

from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.tests.browser import Browser

MODES = "/api/course_modes/v1/courses"


def test_every_run_tells_its_modes(server: SampleServer, browser: Browser, service: str) -> None:
    for run in server.site.catalog.lms_runs[::9]:
        reply = browser.get(f"{MODES}/{run.key}/", service)
        assert reply.status == 200
        assert [mode["mode_slug"] for mode in reply.json] == [mode.slug for mode in run.modes]
        assert all(mode["course_id"] == run.key for mode in reply.json)


def test_a_key_may_be_quoted_or_of_the_old_form(browser: Browser, service: str) -> None:
    plain = browser.get(f"{MODES}/course-v1:LindenTech+CS101+3T2026/", service).json
    key = quote("course-v1:LindenTech+CS101+3T2026", safe="")
    assert browser.get(f"{MODES}/{key}/", service).json == plain
    assert plain[1]["expiration_datetime"] == "2026-12-29T23:59:59Z"
    old = browser.get(f"{MODES}/LindenTech/CHE200/2016_Fall/", service).json
    assert [(mode["mode_slug"], mode["min_price"]) for mode in old] == [("honor", 0)]
    single = browser.get(f"{MODES}/LindenTech/CHE200/2016_Fall/honor", service)
    assert single.json == old[0]


def test_a_run_without_modes_and_an_unknown_run_have_none(browser: Browser, service: str) -> None:
    for key in ("course-v1:NeelgaganU+CS050+Open", "course-v1:Nobody+X+Y"):
        assert browser.get(f"{MODES}/{key}/", service).json == []
        assert browser.get(f"{MODES}/{key}/audit", service).status == 404


def test_courses_of_the_feed_alone_are_unknown_here(
    server: SampleServer, browser: Browser, service: str
) -> None:
    courses = [course for course in server.site.catalog.courses if not course.in_lms]
    for run in courses[0].runs:
        assert browser.get(f"{MODES}/{run.key}/", service).json == []


@pytest.mark.parametrize("key", ["nonsense", "course-v1:A+B", "A/B", "", "a/b/c/d/e"])
def test_a_malformed_key_is_not_found(browser: Browser, service: str, key: str) -> None:
    assert browser.get(f"{MODES}/{key}/", service).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("end", ["/", "/audit"])
def test_modes_cannot_be_written(browser: Browser, service: str, method: str, end: str) -> None:
    path = f"{MODES}/course-v1:LindenTech+CS101+3T2026{end}"
    reply = browser.call(method, path, token=service, body=b"{}")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")


def test_only_staff_sees_modes(browser: Browser, learner: str) -> None:
    for end in ("/", "/audit"):
        path = f"{MODES}/course-v1:LindenTech+CS101+3T2026{end}"
        assert browser.get(path, learner).status == 403
        assert browser.get(path, browser.person_token("staff")).status == 200
