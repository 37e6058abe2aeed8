"""Building indexes: what update_index promises."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import Settings

from course_discovery.core.changes import recording
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import CourseFactory
from search.documents.connection import client
from search.documents.kinds import COURSE, COURSE_RUN, KINDS
from search.indexing import building, builds, writing
from search.indexing.comparing import count
from search.indexing.names import in_use, indexes_of, physical_name
from search.indexing.writing import write_uuids
from search.models import IndexBuild
from search.tests.catalog import NOW, make_course

pytestmark = pytest.mark.django_db


def build(*arguments: str) -> str:
    out = StringIO()
    call_command("update_index", *arguments, stdout=out)
    return out.getvalue()


def make_courses(number: int) -> None:
    for _ in range(number):
        CourseFactory()


def title_of(course: Course) -> str:
    return str(client().get(index=COURSE.alias, id=str(course.uuid))["_source"]["title"])


def test_first_build_of_an_empty_cluster_needs_no_flag(no_index: Settings) -> None:
    course = make_course(runs=2)
    build()
    assert [count(kind.alias) for kind in (COURSE, COURSE_RUN)] == [1, 2]
    assert title_of(course) == course.title
    (index,) = in_use(COURSE.alias)
    made = client().indices.get_settings(index=index)[index]["settings"]["index"]
    assert made["max_result_window"] == str(no_index.MAX_RESULT_WINDOW)


def test_build_after_empty_indexes_needs_no_flag(indexes: Settings) -> None:
    make_courses(3)
    build()
    assert count(COURSE.alias) == 3


def test_build_of_nothing_is_an_empty_index(no_index: Settings) -> None:
    build()
    assert not any(count(kind.alias) for kind in KINDS)
    assert all(in_use(kind.alias) for kind in KINDS)


def test_build_replaces_what_is_in_use(indexes: Settings) -> None:
    course = make_course()
    build()
    before = in_use(COURSE.alias)
    Course.everything.filter(pk=course.pk).update(title="Another title")
    build()
    assert in_use(COURSE.alias) != before
    assert title_of(course) == "Another title"
    assert not IndexBuild.objects.exists()


def test_only_the_named_models_are_built(indexes: Settings) -> None:
    before = [in_use(kind.alias) for kind in KINDS]
    build("--models", "course_metadata.CourseRun")
    assert in_use(COURSE.alias) == before[0]
    assert in_use(COURSE_RUN.alias) != before[1]


@pytest.mark.parametrize("arguments", [("--models", "nonsense"), ("--using", "elsewhere")])
def test_unknown_names_are_refused(no_index: Settings, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=arguments[1]):
        build(*arguments)


def test_options_of_deployments_are_taken(no_index: Settings) -> None:
    told = build(
        "--no-parallel", "--refresh", "--no-count", "--using", "default", "--disable-change-limit"
    )
    assert "documents," not in told
    build("--parallel", "-u", "default", "--models", "course", "course_run")


def test_progress_is_told_in_plain_lines(no_index: Settings) -> None:
    make_courses(2)
    told = build().splitlines()
    assert told[0].startswith(f"Indexing 2 course documents into {COURSE.alias}_")
    assert [line for line in told if line.endswith(": 2 documents, 0 before")]


def test_index_that_shrank_too_much_is_not_used(indexes: Settings) -> None:
    make_courses(10)
    build()
    before = [in_use(kind.alias) for kind in KINDS]
    Course.objects.first().delete()  # type: ignore[union-attr]
    with pytest.raises(CommandError, match=r"has 9 documents .* has 10.*10% is refused"):
        build()
    assert [in_use(kind.alias) for kind in KINDS] == before
    assert not IndexBuild.objects.exists()
    assert indexes_of(COURSE.alias)[-1] == before[0][0]
    build("--disable-change-limit")
    assert count(COURSE.alias) == 9


def test_small_change_of_size_is_used(indexes: Settings) -> None:
    make_courses(20)
    build()
    Course.objects.first().delete()  # type: ignore[union-attr]
    build()
    assert count(COURSE.alias) == 19


def test_index_that_disagrees_with_the_database_is_not_used(
    indexes: Settings, monkeypatch: pytest.MonkeyPatch, drain: Callable[[], None]
) -> None:
    make_courses(3)
    drain()
    before = in_use(COURSE.alias)
    monkeypatch.setattr(building, "write_rows", lambda kind, *_: write_uuids(kind, [], [], NOW))
    monkeypatch.setattr(building, "write_uuids", lambda *_: None)
    with pytest.raises(CommandError, match="3 documents"):
        build("--models", "course", "--disable-change-limit")
    assert in_use(COURSE.alias) == before


def test_documents_lost_on_the_way_are_mended(
    no_index: Settings, monkeypatch: pytest.MonkeyPatch, drain: Callable[[], None]
) -> None:
    make_courses(3)
    drain()
    monkeypatch.setattr(building, "write_rows", lambda kind, *_: write_uuids(kind, [], [], NOW))
    build()
    assert count(COURSE.alias) == 3


def during_fill(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Let something happen after the first batch has been written."""
    fill = writing.write_rows

    def fill_and_act(*arguments: object) -> object:
        written = fill(*arguments)  # type: ignore[arg-type]
        act()
        return written

    monkeypatch.setattr(building, "write_rows", fill_and_act)


def test_edit_during_a_build_reaches_the_old_and_the_new_index(
    indexes: Settings, monkeypatch: pytest.MonkeyPatch, drain: Callable[[], None]
) -> None:
    course = make_course()
    build()
    (old,) = in_use(COURSE.alias)
    seen = []

    def edit() -> None:
        Course.objects.filter(pk=course.pk).update(title="Edited meanwhile")
        drain()
        seen.append(title_of(course))

    during_fill(monkeypatch, edit)
    build("--models", "course")
    assert seen == ["Edited meanwhile"]
    assert title_of(course) == "Edited meanwhile"
    assert in_use(COURSE.alias) != [old]


def test_edit_that_nobody_drained_is_in_the_new_index(
    no_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make_course()

    def edit() -> None:
        Course.objects.filter(pk=course.pk).update(title="Edited")

    monkeypatch.setattr(building, "_agree", lambda *_: None)
    during_fill(monkeypatch, edit)
    build("--models", "course")
    assert title_of(course) == "Edited"


def test_course_deleted_during_a_build_is_not_in_the_new_index(
    no_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_courses(2)

    def delete() -> None:
        Course.objects.all()[:1].get().delete()

    monkeypatch.setattr(building, "_agree", lambda *_: None)
    during_fill(monkeypatch, delete)
    build("--models", "course")
    assert count(COURSE.alias) == Course.objects.count() < 2


def test_rebuilt_entry_during_a_build_is_applied(
    no_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make_course()

    def load() -> None:
        # What a very large load leaves: changed rows, and one entry for all of them.
        Change.objects.all().delete()
        with transaction.atomic():
            QuerySet.update(Course.objects.filter(pk=course.pk), title="Loaded")
            recording.record([Identity("course", course.uuid, "*")], Change.REBUILD)

    monkeypatch.setattr(building, "_agree", lambda *_: None)
    during_fill(monkeypatch, load)
    build("--models", "course")
    assert title_of(course) == "Loaded"


def test_older_write_never_replaces_a_newer_one(
    indexes: Settings, drain: Callable[[], None]
) -> None:
    course = make_course()
    drain()
    (index,) = in_use(COURSE.alias)
    version = client().get(index=index, id=str(course.uuid))["_version"]
    client().index(
        index=index, id=str(course.uuid), document={"title": "Newer"},
        version=version + 1000, version_type="external_gte",
    )  # fmt: skip
    written = write_uuids(COURSE, [str(course.uuid)], [index], timezone.now())
    assert written.count == 0
    assert not written.refused
    assert client().get(index=index, id=str(course.uuid))["_source"]["title"] == "Newer"


def test_three_old_indexes_are_kept(indexes: Settings) -> None:
    for _ in range(6):
        build("--models", "course")
    kept = indexes_of(COURSE.alias)
    assert len(kept) == 4
    assert in_use(COURSE.alias) == kept[-1:]


def test_unused_indexes_are_removed_oldest_first(indexes: Settings) -> None:
    now = datetime(2001, 1, 1, tzinfo=UTC)
    old = [physical_name(COURSE.alias, now + timedelta(days=day), ()) for day in range(5)]
    for name in reversed(old):
        client().indices.create(index=name)
    out = StringIO()
    call_command("remove_unused_indexes", stdout=out)
    assert indexes_of(COURSE.alias) == [*old[2:], *in_use(COURSE.alias)]
    assert out.getvalue().splitlines() == [
        f"Deleted {old[0]}", f"Deleted {old[1]}", "2 old indexes deleted",
    ]  # fmt: skip


def test_names_that_share_a_second_are_counted() -> None:
    first = physical_name("course", NOW, ())
    assert first == "course_20300101_000000"
    assert physical_name("course", NOW, {first}) == f"{first}_2"
    assert physical_name("course", NOW, {first, f"{first}_2"}) == f"{first}_3"


def test_indexes_of_course_are_not_those_of_course_run(indexes: Settings) -> None:
    assert indexes_of(COURSE.alias) == in_use(COURSE.alias)


def test_dead_build_is_cleared_and_a_live_one_is_not(indexes: Settings) -> None:
    now = timezone.now()
    live, dead = (builds.begin(COURSE, now) for _ in range(2))
    IndexBuild.objects.filter(pk=dead.pk).update(alive_at=now - timedelta(hours=1))
    assert builds.clear_dead(KINDS, now) == [dead.index]
    assert live.index in indexes_of(COURSE.alias)
    assert dead.index not in indexes_of(COURSE.alias)


def test_build_of_another_machine_is_dead_after_silence_only(indexes: Settings) -> None:
    now = timezone.now()
    build = builds.begin(COURSE, now)
    IndexBuild.objects.update(host="elsewhere", process=1)
    assert builds.clear_dead(KINDS, now) == []
    assert builds.clear_dead(KINDS, now + timedelta(hours=1)) == [build.index]
    assert socket.gethostname() != "elsewhere"


def test_index_being_built_is_no_old_index(indexes: Settings) -> None:
    begun = builds.begin(COURSE, datetime(2001, 1, 1, tzinfo=UTC))
    indexes.ELASTICSEARCH_DSL_INDEX_RETENTION_LIMIT = 0
    call_command("remove_unused_indexes", stdout=StringIO())
    assert begun.index in indexes_of(COURSE.alias)


def test_alias_that_leads_to_two_indexes_is_put_right(indexes: Settings) -> None:
    other = builds.begin(COURSE, timezone.now())
    client().indices.update_aliases(
        actions=[{"add": {"index": other.index, "alias": COURSE.alias}}]
    )
    assert len(in_use(COURSE.alias)) == 2
    build()
    assert len(in_use(COURSE.alias)) == 1


def test_install_creates_what_is_missing_and_keeps_the_rest(no_index: Settings) -> None:
    call_command("install_es_indexes", stdout=StringIO())
    before = [in_use(kind.alias) for kind in KINDS]
    out = StringIO()
    call_command("install_es_indexes", stdout=out)
    assert out.getvalue() == "All search indexes exist\n"
    assert [in_use(kind.alias) for kind in KINDS] == before
    assert all(before)


@pytest.mark.parametrize("command", ["update_index", "remove_unused_indexes", "install_es_indexes"])
def test_commands_tell_in_one_line_that_nobody_answers(
    no_index: Settings, command: str, unused_tcp_port: int
) -> None:
    no_index.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    with pytest.raises(CommandError, match="does not answer") as told:
        call_command(command, stdout=StringIO())
    assert told.value.returncode == 1
    assert "\n" not in str(told.value)
