"""What time alone changes is written when its moment has come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.course_metadata.models import CourseRun
from search.documents.connection import client
from search.documents.kinds import COURSE, COURSE_RUN
from search.indexing import boundaries, feed
from search.tests import bad_servers
from search.tests.bad_servers import bad_server
from search.tests.catalog import DAY, NOW, make_course, make_run

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]
OURS = ["elastic_transport", "urllib3"]


def availability(run: CourseRun) -> str:
    found = client().get(index=COURSE_RUN.alias, id=str(run.uuid))
    return str(found["_source"]["availability"])


def make_runs(number: int) -> list[CourseRun]:
    """Runs that end at the same moment, a day from NOW."""
    course = make_course()
    return [
        make_run(course, f"course-v1:MITx+6.00x+{each}", start=NOW - DAY, end=NOW + DAY)
        for each in range(number)
    ]


def test_all_that_is_due_at_one_moment_is_written_at_once(
    indexes: Settings, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundaries, "BATCH", 3)
    with freeze_time(NOW, ignore=OURS) as clock:
        runs = make_runs(10)
        drain()
        assert {availability(run) for run in runs} == {"Current"}
        clock.move_to(NOW + DAY + timedelta(seconds=1))
        drain()
        assert {availability(run) for run in runs} == {"Archived"}


def test_refused_documents_do_not_keep_others_waiting(
    indexes: Settings, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundaries, "BATCH", 2)
    bodies = COURSE_RUN.bodies
    with freeze_time(NOW, ignore=OURS) as clock:
        runs = make_runs(7)
        drain()
        bad = {str(run.uuid) for run in sorted(runs, key=lambda run: run.uuid)[:5]}

        def some_bad(pks: Any, now: Any) -> Any:
            made = bodies(pks, now)
            return {k: v | ({"start": "no date"} if k in bad else {}) for k, v in made.items()}

        object.__setattr__(COURSE_RUN, "bodies", some_bad)
        try:
            clock.move_to(NOW + 2 * DAY)
            drain()
        finally:
            object.__setattr__(COURSE_RUN, "bodies", bodies)
        assert [availability(run) for run in runs if str(run.uuid) not in bad] == ["Archived"] * 2
        assert boundaries._Walk.refused == bad
        clock.tick(boundaries.RETRY + 1)
        drain()
        assert {availability(run) for run in runs} == {"Archived"}


def test_refused_documents_are_left_alone_for_a_while(
    indexes: Settings, drain: Drain, asked: list[tuple[str, str, Any]]
) -> None:
    with freeze_time(NOW, ignore=OURS) as clock:
        (run,) = make_runs(1)
        drain()
        clock.move_to(NOW + 2 * DAY)
        # Of a later history: the index takes nothing of ours.
        found = client().get(index=COURSE_RUN.alias, id=str(run.uuid))["_source"]
        client().index(
            index=COURSE_RUN.alias, id=str(run.uuid), document=found,
            version=10**6, version_type="external_gte", refresh=True,
        )  # fmt: skip
        feed.look()
        asked.clear()
        feed.look()
        assert not [target for _, target, _ in asked if "_bulk" in target]


def test_time_goes_on_while_there_are_changes(
    indexes: Settings, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(feed, "look", lambda: looked.append(1))
    monkeypatch.setattr(feed._Looked, "at", -10.0)
    feed.handle([])
    assert looked == [1]


def test_nobody_answers_is_no_failure(indexes: Settings, unused_tcp_port: int) -> None:
    indexes.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    assert boundaries.pass_boundaries() is False


def test_half_an_answer_is_none(indexes: Settings) -> None:
    make_course()
    with bad_server(bad_servers.one_shard_failed) as server:
        indexes.SEARCH_URL = server.url
        assert boundaries.pass_boundaries() is False


def test_course_and_run_are_right_after_the_same_moment(indexes: Settings, drain: Drain) -> None:
    with freeze_time(NOW, ignore=OURS) as clock:
        (run,) = make_runs(1)
        drain()
        clock.move_to(NOW + 2 * DAY)
        drain()
        found = client().get(index=COURSE.alias, id=str(run.course.uuid))["_source"]
        assert found["availability"] == ["Archived"] == [availability(run)]
