"""The indexes against the database: what differs is told, and written when asked for."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.core.changes.models import Change
from course_discovery.core.changes.sequence import last_number
from course_discovery.course_metadata.models import Course
from search.documents.connection import client
from search.documents.kinds import COURSE, COURSE_RUN, KINDS
from search.indexing import checking, records
from search.indexing.announcing import register_listener
from search.indexing.checking import Checked, Difference, check
from search.indexing.comparing import count
from search.indexing.names import in_use
from search.models import IndexRecord
from search.tests.catalog import DAY, NOW, make_course, make_run

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process drains the log in these tests."""
    monkeypatch.setattr(checking, "PATIENCE", 1.0)


@pytest.fixture
def courses(indexes: Settings, drain: Drain) -> list[Course]:
    """Four courses with a run each, all indexed."""
    made = [make_course(f"MITx+{number}", runs=1) for number in range(4)]
    drain()
    return made


def index_of(course: Course, **document: Any) -> None:
    """Write a document past the service."""
    client().index(
        index=in_use(COURSE.alias)[0], id=str(course.uuid), document=document,
        version=last_number(), version_type="external_gte", refresh=True,
    )  # fmt: skip


def lose(course: Course) -> None:
    client().delete(
        index=in_use(COURSE.alias)[0], id=str(course.uuid),
        version=last_number(), version_type="external_gte", refresh=True,
    )  # fmt: skip


def damage(courses: list[Course]) -> dict[str, str]:
    """Break three documents in the three ways there are."""
    lose(courses[0])
    found = client().get(index=COURSE.alias, id=str(courses[1].uuid))["_source"]
    found["stored"]["fingerprint"] = "of something else"
    index_of(courses[1], **found)
    # Past the change log, as a restored backup would.
    QuerySet.update(Course.objects.filter(pk=courses[2].pk), draft=True)
    return {
        str(courses[0].uuid): "missing",
        str(courses[1].uuid): "stale",
        str(courses[2].uuid): "without a row",
    }


def differences(**options: Any) -> tuple[dict[str, str], list[Checked]]:
    told: list[Difference] = []
    checked = check([COURSE], tell=told.append, **options)
    return {each.uuid: each.how for each in told}, checked


def test_index_that_is_right_has_no_differences(courses: list[Course]) -> None:
    told: list[Difference] = []
    checked = check(KINDS, tell=told.append)
    assert told == []
    assert [each.kind for each in checked] == list(KINDS)
    assert all(each.is_right and each.rows == each.documents for each in checked)
    assert [each.rows for each in checked[:2]] == [4, 4]


def test_differences_are_told_and_nothing_is_written(courses: list[Course]) -> None:
    due = damage(courses)
    for _ in range(2):
        found, (checked,) = differences()
        assert found == due
        assert (checked.differing, checked.repaired, checked.is_right) == (3, 0, False)
        assert (checked.rows, checked.documents) == (3, 3)


def test_repair_writes_just_what_differs(
    courses: list[Course], asked: list[tuple[str, str, Any]]
) -> None:
    due = damage(courses)
    asked.clear()
    found, (checked,) = differences(repair=True)
    assert found == due
    assert (checked.differing, checked.repaired, checked.is_right) == (3, 3, True)
    written = [body for _, target, body in asked if "_bulk" in target]
    assert {uuid for uuid in due if any(uuid in str(body) for body in written)} == set(due)
    assert not any(str(courses[3].uuid) in str(body) for body in written)
    assert differences()[0] == {}
    assert count(COURSE.alias) == 3


def test_repair_is_told_to_whoever_derives_from_documents(
    courses: list[Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    due, heard = damage(courses), set[str]()
    monkeypatch.setattr("search.indexing.announcing._listeners", [])
    register_listener(lambda kind, uuids: heard.update(uuids or ()))
    differences(repair=True)
    assert heard == set(due)


def test_document_that_nobody_here_wrote_differs(courses: list[Course]) -> None:
    index_of(courses[0], title="Who wrote this?", uuid=str(courses[0].uuid))
    found, _ = differences(repair=True)
    assert found == {str(courses[0].uuid): "stale"}
    assert differences()[0] == {}


def test_changes_that_wait_are_no_differences(courses: list[Course]) -> None:
    Course.objects.filter(pk=courses[0].pk).update(title="Not indexed yet")
    courses[1].delete()
    make_course("MITx+new")
    assert differences()[0] == {}


def test_what_time_changed_is_a_difference_until_it_is_written(
    indexes: Settings, drain: Drain
) -> None:
    with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]) as clock:
        course = make_course()
        make_run(course, start=NOW - DAY, end=NOW + DAY)
        drain()
        clock.move_to(NOW + 2 * DAY)
        found, _ = differences(repair=True)
        assert found == {str(course.uuid): "stale"}
        assert differences()[0] == {}


def test_index_of_a_later_history_is_not_repaired(courses: list[Course]) -> None:
    client().index(
        index=in_use(COURSE.alias)[0], id=str(courses[0].uuid), document={},
        version=10**6, version_type="external_gte", refresh=True,
    )  # fmt: skip
    _, (checked,) = differences(repair=True)
    assert (checked.differing, checked.repaired, checked.is_right) == (1, 0, False)


def test_index_that_was_built_for_other_documents_is_told(courses: list[Course]) -> None:
    records.note_build(COURSE, in_use(COURSE.alias)[0], 4, NOW)
    assert differences()[1][0].is_right
    IndexRecord.objects.filter(kind="course").update(definition="of another make")
    assert not differences(repair=True)[1][0].is_right
    with pytest.raises(CommandError, match="1 indexes differ"):
        run("check_index")


def test_check_is_remembered(courses: list[Course]) -> None:
    damage(courses)
    differences()
    record = IndexRecord.objects.get(kind="course")
    assert (record.differing, record.repaired) == (3, 0)
    assert record.checked_at is not None
    differences(repair=True)
    record.refresh_from_db()
    assert (record.differing, record.repaired, record.documents) == (0, 3, 3)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_command_ends_well_when_all_is_right_or_repaired(courses: list[Course]) -> None:
    told = run("check_index")
    assert told.count("no difference") == len(KINDS)
    due = damage(courses)
    told = run("check_index", "--repair", "--models", "course")
    assert all(f"{uuid}: {how}" in told for uuid, how in due.items())
    assert "3 documents, 3 rows, 3 differed, 3 repaired" in told
    assert "no difference" in run("check_index", "--models", "course")


def test_command_fails_when_something_differs(courses: list[Course]) -> None:
    damage(courses)
    with pytest.raises(CommandError, match="1 indexes differ, in 3 documents") as told:
        run("check_index")
    assert told.value.returncode == 1


def test_command_needs_an_index(no_index: Settings) -> None:
    with pytest.raises(CommandError, match="update_index builds it"):
        run("check_index")


def test_queries_do_not_grow_with_the_catalog(
    courses: list[Course], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60):
        differences()
    for number in range(10, 30):
        make_course(f"MITx+{number}", runs=1)
    check([COURSE, COURSE_RUN], tell=lambda _: None)
    with django_assert_max_num_queries(60):
        differences()
    assert Change.objects.exists()
