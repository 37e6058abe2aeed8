"""A course list that never ends or breaks off inside a page."""

from collections.abc import Callable
from itertools import count

import pytest

from course_discovery.clients.tests.scripted_server import Answer, Request
from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import counts
from course_discovery.loaders.tests.platform import LIST, Platform, mode, page_of, row

Load = Callable[[], LoadedSource]


@pytest.fixture
def loaded(platform: Platform, load_lms: Load) -> None:
    """Six runs on two pages, loaded once."""
    platform.has(*(row(f"course-v1:edX+C{n}+1") for n in range(6)), modes=[mode("audit")])
    platform.page_size = 3
    assert load_lms().state == "done"


@pytest.mark.parametrize("fault", ["short", "cut_chunk", "stall"])
def test_half_a_page_is_short_and_nothing_is_deleted(
    platform: Platform, load_lms: Load, loaded: None, fault: str
) -> None:
    whole = page_of(platform.rows[3:], following=False, count=6, pages=2)
    platform.pages[2] = Answer(whole.status, whole.body, whole.headers, fault)
    source = load_lms()
    assert (source.state, source.load_run.exit_code) == ("short", 1)
    assert counts(source) == (3, 0, 0, 3, 0)
    assert "inside the answer" in source.reason
    assert (CourseRun.objects.count(), Seat.objects.count()) == (6, 6)


def test_first_page_that_is_cut_is_unreachable(
    platform: Platform, load_lms: Load, loaded: None
) -> None:
    whole = page_of(platform.rows, following=False, count=6, pages=1)
    platform.pages[1] = Answer(whole.status, whole.body, whole.headers, "short")
    source = load_lms()
    assert (source.state, source.seen) == ("unreachable", 0)
    assert CourseRun.objects.count() == 6


def test_page_that_comes_again_and_again_ends(
    platform: Platform, load_lms: Load, loaded: None
) -> None:
    same = page_of(platform.rows[:3], following=True, count=6000, pages=2000)
    platform.server.on(LIST, lambda _request: same)
    platform.server.requests.clear()
    source = load_lms()
    assert (source.state, source.load_run.exit_code) == ("short", 1)
    assert "page 2 repeats an earlier page" in source.reason
    assert len(platform.server.asked(LIST)) == 2
    assert CourseRun.objects.count() == 6


def test_list_that_never_ends_is_left(platform: Platform, load_lms: Load) -> None:
    numbers = count()
    platform.has(*(row(f"course-v1:edX+C{n}+1") for n in range(40)), modes=[mode("audit")])

    def more(request: Request) -> Answer:
        rows = [platform.rows[next(numbers)]]
        return page_of(rows, following=True, count=3, pages=3)

    platform.server.on(LIST, more)
    source = load_lms()
    assert (source.state, source.load_run.exit_code) == ("short", 1)
    assert "still more announced after 16 pages" in source.reason
    assert CourseRun.objects.count() == 16
