from collections.abc import Callable
from typing import Any

import pytest

from course_discovery.clients.tests.scripted_server import Answer, html_answer, json_answer
from course_discovery.course_metadata.models import CourseRun
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import counts
from course_discovery.loaders.tests.platform import LIST, Platform, mode, page_of, row

Load = Callable[[], LoadedSource]
AUDIT = mode("audit")


def test_html_instead_of_a_list_is_unreachable(platform: Platform, load_lms: Load) -> None:
    platform.pages[1] = html_answer("Maintenance")
    source = load_lms()
    assert (source.state, source.seen) == ("unreachable", 0)
    assert "Maintenance" in source.reason
    assert source.load_run.exit_code == 1


def test_platform_that_hangs_is_unreachable(platform: Platform, load_lms: Load) -> None:
    platform.pages[1] = Answer(fault="hang")
    source = load_lms()
    assert source.state == "unreachable"
    assert "no answer within 0.2 s" in source.reason


def test_bad_credentials_are_unreachable(platform: Platform, load_lms: Load) -> None:
    platform.server._queues["/oauth2/access_token"] = [
        json_answer({"error": "invalid_client"}, 401)
    ]
    source = load_lms()
    assert source.state == "unreachable"
    assert source.reason.endswith("HTTP 401, invalid_client")


@pytest.mark.parametrize(
    "second", [Answer(fault="hang"), html_answer("Oops"), Answer(502), Answer(fault="short")]
)
def test_list_that_breaks_off_is_short_and_what_came_is_kept(
    platform: Platform, load_lms: Load, second: Answer
) -> None:
    platform.has(*(row(f"course-v1:edX+C{n}+1") for n in range(9)), modes=[AUDIT])
    platform.page_size = 3
    load_lms()
    platform.rows[0] = row("course-v1:edX+C0+1", name="New")
    platform.pages[2] = second
    source = load_lms()
    assert (source.state, counts(source)) == ("short", (3, 0, 1, 2, 0))
    assert CourseRun.objects.count() == 9
    assert CourseRun.objects.get(key="course-v1:edX+C0+1").title_override == "New"


def test_page_that_is_missing_too_early_is_short(platform: Platform, load_lms: Load) -> None:
    first = [row(f"course-v1:edX+C{n}+1") for n in range(3)]
    platform.has(*first)
    platform.pages[1] = page_of(first, following=True, count=90, pages=30)
    source = load_lms()
    assert (source.state, source.seen, source.created) == ("short", 3, 3)
    assert "seen 3 of 90 announced" in source.reason


def test_last_page_that_vanished_is_a_good_end(platform: Platform, load_lms: Load) -> None:
    first = [row(f"course-v1:edX+C{n}+1") for n in range(3)]
    platform.has(*first)
    platform.pages[1] = page_of(first, following=True, count=4, pages=2)
    source = load_lms()
    assert (source.state, source.created) == ("done", 3)


def test_page_of_no_objects_is_unreachable(platform: Platform, load_lms: Load) -> None:
    platform.pages[1] = page_of([1, "x"], following=False, count=2, pages=1)
    source = load_lms()
    assert source.state == "unreachable"
    assert "results is not a list of objects" in source.reason


def test_throttled_load_waits_as_long_as_it_is_asked(platform: Platform, load_lms: Load) -> None:
    platform.has(row())
    good = platform._page
    answers = [json_answer({"detail": "slow down"}, 429, Retry_After="7")]

    def first_busy(request: Any) -> Answer:
        return answers.pop() if answers else good(request)

    platform.server.on(LIST, first_busy)
    source = load_lms()
    assert (source.state, source.created) == ("done", 1)
    assert platform.time.sleeps == [7.0]
