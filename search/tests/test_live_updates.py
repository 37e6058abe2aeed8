"""What is edited is found: the change log's entries reach the indexes."""

from collections.abc import Callable
from typing import Any

import pytest
from elasticsearch import NotFoundError
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.core.changes import drain as draining
from course_discovery.core.changes.models import Change, ChangeCursor
from course_discovery.course_metadata.models import Course, CourseRun, Seat
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.operations.course import create_or_update_course
from course_discovery.course_metadata.tests.factories import SeatFactory
from search.documents.connection import client
from search.documents.kinds import COURSE, COURSE_RUN, KINDS, PROGRAM, Kind
from search.indexing import builds, comparing, live
from search.indexing.comparing import count
from search.indexing.names import in_use
from search.tests.catalog import (
    DAY,
    NOW,
    make_course,
    make_program,
    make_run,
    partner,
    restrict,
)

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


def document(kind: Kind, row: Any, index: str = "") -> dict[str, Any] | None:
    try:
        found = client().get(index=index or kind.alias, id=str(row.uuid))
    except NotFoundError:
        return None
    body: dict[str, Any] = found["_source"]
    return body


def documented(kind: Kind, row: Any) -> dict[str, Any]:
    body = document(kind, row)
    assert body is not None
    return body


def test_new_course_and_run_are_found(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    drain()
    assert documented(COURSE, course)["title"] == course.title
    assert [count(kind.alias) for kind in KINDS] == [1, 1, 0, 0, 0]


def test_what_an_operation_writes_is_found(indexes: Settings, drain: Drain) -> None:
    tenant = partner()
    made = create_or_update_course(
        partner=tenant, key="ETHx+AMRx", values={"title": "Robots"}, now=NOW
    )
    drain()
    assert documented(COURSE, made.row)["organizations"] == ["ETHx: ETHx"]
    create_or_update_course(partner=tenant, key="ETHx+AMRx", values={"title": "Rovers"}, now=NOW)
    drain()
    assert documented(COURSE, made.row)["title"] == "Rovers"


def test_saved_course_is_found_as_it_is_now_and_so_are_its_runs(
    indexes: Settings, drain: Drain
) -> None:
    course = make_course(runs=1)
    drain()
    course.title = "Another title"
    course.save()
    drain()
    assert documented(COURSE, course)["title"] == "Another title"
    assert documented(COURSE_RUN, course.course_runs.get())["title"] == "Another title"


def test_updated_query_set_is_found(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    drain()
    CourseRun.everything.filter(course=course).update(status=CourseRunStatus.UNPUBLISHED)
    drain()
    assert documented(COURSE, course)["published"] is False
    assert documented(COURSE_RUN, course.course_runs.get())["published"] is False


def test_part_of_a_run_changes_course_and_run(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    run = course.course_runs.get()
    drain()
    SeatFactory(course_run=run, type_id="audit", price=0)
    drain()
    assert documented(COURSE, course)["seat_types"] == ["audit", "verified"]
    Seat.everything.filter(course_run=run, type__slug="verified").delete()
    drain()
    assert documented(COURSE_RUN, run)["seat_types"] == ["audit"]


def test_what_courses_show_changes_them(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    drain()
    organization = course.authoring_organizations.get()
    organization.name = "Renamed"
    organization.save()
    drain()
    assert documented(COURSE, course)["organizations"] == ["MITx: Renamed"]
    assert documented(COURSE_RUN, course.course_runs.get())["organizations"] == ["MITx: Renamed"]


def test_run_that_moves_leaves_its_old_course(indexes: Settings, drain: Drain) -> None:
    old, new = make_course(runs=1), make_course("MITx+7")
    run = old.course_runs.get()
    drain()
    run.course = new
    run.save()
    drain()
    assert documented(COURSE, old)["course_runs"] == []
    assert documented(COURSE, new)["course_runs"] == [run.key]
    assert documented(COURSE_RUN, run)["course_key"] == "MITx+7"


def test_deleted_things_are_not_found(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=2)
    runs = list(course.course_runs.order_by("pk"))
    drain()
    runs[0].delete()
    drain()
    assert document(COURSE_RUN, runs[0]) is None
    assert documented(COURSE, course)["course_runs"] == [runs[1].key]
    Course.everything.filter(pk=course.pk).delete()
    drain()
    assert document(COURSE, course) is None
    assert document(COURSE_RUN, runs[1]) is None


def test_run_that_loses_its_place_in_the_index_is_not_found(
    indexes: Settings, drain: Drain
) -> None:
    course = make_course(runs=1)
    run = course.course_runs.get()
    drain()
    run.type.is_marketable = False
    run.type.save()
    drain()
    assert document(COURSE_RUN, run) is None
    assert documented(COURSE, course)["course_runs"] == []


def test_restricted_run_leaves_the_arrays_of_its_course(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    drain()
    restrict(course.course_runs.get())
    drain()
    assert documented(COURSE, course)["course_runs"] == []
    assert documented(COURSE_RUN, course.course_runs.get())["restriction_type"] == "custom-b2c"


def test_draft_changes_nothing(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    make_course(draft=True, uuid=course.uuid, title="Draft title")
    drain()
    assert documented(COURSE, course)["title"] == course.title
    assert count(COURSE.alias) == 1


def test_edit_reaches_the_index_in_use_and_the_one_being_built(
    indexes: Settings, drain: Drain
) -> None:
    build = builds.begin(COURSE, NOW)
    course = make_course()
    drain()
    assert document(COURSE, course) == document(COURSE, course, build.index) != None  # noqa: E711


def test_without_an_index_there_is_nothing_to_do(no_index: Settings, drain: Drain) -> None:
    make_course()
    drain()
    assert ChangeCursor.objects.get(pk=live.CONSUMER).last_error == ""
    assert not any(client().indices.exists(index=kind.alias) for kind in KINDS)


def test_rebuilt_entry_writes_everything_anew(indexes: Settings, drain: Drain) -> None:
    course = make_course(runs=1)
    gone = make_course("MITx+7")
    drain()
    Course.everything.filter(pk=course.pk).update(title="Loaded")
    Course.everything.filter(pk=gone.pk).delete()
    Change.objects.filter(number=0).delete()
    Change.objects.create(
        transaction="load", kind="course", uuid=course.uuid, key="*",
        operation=Change.REBUILD, at=NOW,
    )  # fmt: skip
    drain()
    assert documented(COURSE, course)["title"] == "Loaded"
    assert document(COURSE, gone) is None


def test_change_of_a_tenant_reaches_more_than_one_batch(
    indexes: Settings, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BATCH", 2)
    courses = [make_course(f"Org{number}+1") for number in range(5)]
    drain()
    tenant = partner()
    tenant.short_code = "other"
    tenant.save()
    drain()
    assert {documented(COURSE, course)["partner"] for course in courses} == {"other"}


def test_dead_server_keeps_the_changes_waiting(
    indexes: Settings, drain: Drain, unused_tcp_port: int
) -> None:
    address = indexes.SEARCH_URL
    course = make_course()
    indexes.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    drain()
    assert "does not answer" in ChangeCursor.objects.get(pk=live.CONSUMER).last_error
    assert draining.pending() > 0
    indexes.SEARCH_URL = address
    drain()
    assert draining.pending() == 0
    assert documented(COURSE, course)["title"] == course.title


def test_restored_database_is_told(
    indexes: Settings, drain: Drain, caplog: pytest.LogCaptureFixture
) -> None:
    course = make_course()
    drain()
    client().index(
        index=in_use(COURSE.alias)[0], id=str(course.uuid), document={},
        version=10**6, version_type="external_gte",
    )  # fmt: skip
    course.save()
    drain()
    assert "knows of later changes than the database" in caplog.text


def test_build_on_another_server_is_not_written_to(indexes: Settings, drain: Drain) -> None:
    build = builds.begin(COURSE, NOW)
    client().indices.delete(index=build.index)
    make_course()
    drain()
    assert not client().indices.exists(index=build.index)
    assert count(COURSE.alias) == 1


def test_time_alone_changes_documents(indexes: Settings, drain: Drain) -> None:
    with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]) as clock:
        course = make_course()
        run = make_run(course, start=NOW - DAY, end=NOW + 30 * DAY)
        drain()
        assert documented(COURSE_RUN, run)["availability"] == "Current"
        clock.move_to(NOW + 31 * DAY)
        drain()
    assert documented(COURSE_RUN, run)["availability"] == "Archived"
    assert documented(COURSE, course)["availability"] == ["Archived"]
    assert documented(COURSE, course)["course_ends"] == "Past"


def test_time_alone_changes_programs(indexes: Settings, drain: Drain) -> None:
    with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]) as clock:
        course = make_course()
        run = make_run(course, start=NOW - DAY, enrollment_end=NOW + DAY, end=NOW + 30 * DAY)
        Course.everything.update(canonical_course_run=run)
        program = make_program(course)
        drain()
        assert documented(PROGRAM, program)["is_program_eligible_for_one_click_purchase"] is True
        assert documented(PROGRAM, program)["next_boundary"] == "2030-01-02T00:00:00Z"
        clock.move_to(NOW + 2 * DAY)
        drain()
        [index] = in_use(PROGRAM.alias)
        assert list(comparing.differing(PROGRAM, index, NOW + 2 * DAY)) == []
    assert documented(PROGRAM, program)["is_program_eligible_for_one_click_purchase"] is False


def test_refused_document_is_told_and_stops_no_other(
    indexes: Settings, drain: Drain, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = make_course("MITx+1"), make_course("MITx+2")
    bodies = COURSE.bodies

    def with_one_bad(pks: Any, now: Any) -> Any:
        made = bodies(pks, now)
        if str(bad.uuid) in made:
            made[str(bad.uuid)]["modified"] = "no date"
        return made

    object.__setattr__(COURSE, "bodies", with_one_bad)
    try:
        drain()
    finally:
        object.__setattr__(COURSE, "bodies", bodies)
    assert f"the index refused course {bad.uuid}" in caplog.text
    assert documented(COURSE, good)["key"] == "MITx+2"
