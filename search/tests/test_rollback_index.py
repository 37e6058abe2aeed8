"""Going back to older indexes, and managing indexes by hand."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from pytest_django import Settings

from course_discovery.course_metadata.models import Course
from course_discovery.projections.models import Projection
from search.documents.connection import client
from search.documents.kinds import COURSE, COURSE_RUN, KINDS
from search.indexing.comparing import count
from search.indexing.names import in_use, indexes_of
from search.models import IndexRecord
from search.tests.catalog import make_course

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def title_of(course: Course) -> str:
    return str(client().get(index=COURSE.alias, id=str(course.uuid))["_source"]["title"])


@pytest.fixture
def course(indexes: Settings, drain: Drain) -> Course:
    """A course with a run; the older of its two indexes has not heard that it was renamed."""
    made = make_course(runs=1)
    run("update_index")
    drain()
    # Past the change log, which would tell the older index too.
    QuerySet.update(Course.objects.filter(pk=made.pk), title="Renamed")
    Projection.objects.all().delete()
    run("update_index")
    return made


def test_all_indexes_go_back_and_are_brought_up_to_date(course: Course) -> None:
    before = {kind: in_use(kind.alias) for kind in KINDS}
    told = run("rollback_index")
    for kind in (COURSE, COURSE_RUN):
        known = indexes_of(kind.alias)
        assert in_use(kind.alias) == [known[known.index(before[kind][0]) - 1]]
    assert title_of(course) == "Renamed"
    assert "1 documents brought up to date" in told
    record = IndexRecord.objects.get(kind="course")
    assert record.index == in_use(COURSE.alias)[0]
    assert record.rolled_back_at
    assert record.differing == 0


def test_one_index_goes_back_as_it_is(course: Course, drain: Drain) -> None:
    runs = in_use(COURSE_RUN.alias)
    run("rollback_index", "--models", "course", "--as-it-is")
    assert title_of(course) == course.title != "Renamed"
    assert in_use(COURSE_RUN.alias) == runs
    course.title = "Edited"
    course.save()
    drain()
    assert title_of(course) == "Edited"


def test_way_back_ends_at_the_oldest_that_has_documents(course: Course) -> None:
    run("rollback_index", "--models", "course")
    oldest = in_use(COURSE.alias)
    with pytest.raises(CommandError, match=r"no index .* was kept.*Nothing was changed"):
        run("rollback_index", "--models", "course")
    assert in_use(COURSE.alias) == oldest
    run("update_index")
    assert in_use(COURSE.alias) == indexes_of(COURSE.alias)[-1:]
    assert IndexRecord.objects.get(kind="course").rolled_back_at is None


def test_nothing_goes_back_unless_all_can(course: Course) -> None:
    for name in indexes_of(COURSE_RUN.alias)[:-1]:
        client().indices.delete(index=name)
    before = in_use(COURSE.alias)
    with pytest.raises(CommandError, match=COURSE_RUN.alias):
        run("rollback_index")
    assert in_use(COURSE.alias) == before


def test_index_that_one_went_back_from_may_be_removed(course: Course, indexes: Settings) -> None:
    run("rollback_index", "--models", "course")
    used = in_use(COURSE.alias)
    indexes.ELASTICSEARCH_DSL_INDEX_RETENTION_LIMIT = 0
    run("remove_unused_indexes")
    assert indexes_of(COURSE.alias) == used
    assert title_of(course) == "Renamed"


def test_create_makes_what_is_missing(no_index: Settings) -> None:
    assert run("search_index", "--create", "-f").count("Created ") == len(KINDS)
    assert all(len(in_use(kind.alias)) == 1 for kind in KINDS)
    before = [in_use(kind.alias) for kind in KINDS]
    assert run("search_index", "--create") == "All search indexes exist\n"
    assert [in_use(kind.alias) for kind in KINDS] == before


def test_populate_fills_the_index_in_use(indexes: Settings) -> None:
    make_course(runs=1)
    used = in_use(COURSE.alias)
    told = run("search_index", "--populate", "--models", "course", "--refresh", "--parallel")
    assert f"{COURSE.alias}: 1 documents written" in told
    assert in_use(COURSE.alias) == used
    assert [count(kind.alias) for kind in (COURSE, COURSE_RUN)] == [1, 0]


def test_populate_removes_what_has_no_row(course: Course, drain: Drain) -> None:
    client().index(
        index=in_use(COURSE.alias)[0], id="00000000-0000-0000-0000-000000000000",
        document={"uuid": "00000000-0000-0000-0000-000000000000"},
        version=1, version_type="external_gte", refresh=True,
    )  # fmt: skip
    run("search_index", "--populate")
    assert count(COURSE.alias) == 1


def test_populate_needs_an_index(no_index: Settings) -> None:
    with pytest.raises(CommandError, match="--create makes one"):
        run("search_index", "--populate")


def test_rebuild_is_never_without_an_index(
    course: Course, asked: list[tuple[str, str, Any]]
) -> None:
    before = in_use(COURSE.alias)
    told = run("search_index", "--rebuild", "-f", "--no-count", "--disable-change-limit")
    assert in_use(COURSE.alias) != before
    assert f"{COURSE.alias} is {in_use(COURSE.alias)[0]} now\n" in told
    aliases = [body["actions"] for _, target, body in asked if target.startswith("/_aliases")]
    assert len(aliases) == 1


def test_delete_asks_first(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["", "n", "y"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    for _ in range(2):
        assert run("search_index", "--delete", "--models", "course") == "Nothing was deleted\n"
    assert indexes_of(COURSE.alias)
    run("search_index", "--delete", "--models", "course")
    assert indexes_of(COURSE.alias) == []
    assert indexes_of(COURSE_RUN.alias)
    assert not IndexRecord.objects.filter(kind="course").exists()


def test_delete_does_not_ask_when_forced(course: Course) -> None:
    run("search_index", "--delete", "-f")
    assert not any(indexes_of(kind.alias) for kind in KINDS)


@pytest.mark.parametrize("arguments", [(), ("--create", "--delete"), ("--create", "--models", "x")])
def test_arguments_that_say_nothing_clear_are_refused(
    no_index: Settings, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError):
        run("search_index", *arguments)
