"""Members stay true when others change things in between, and when somebody is killed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.catalogs.models import AskedCatalog, Cause, Member, PassedBoundary
from course_discovery.catalogs.operations import filling, following, reasking
from course_discovery.catalogs.operations.catalog import create_catalog
from course_discovery.catalogs.operations.filling import begin, fill
from course_discovery.catalogs.operations.rounds import Overtaken, begin_round, in_round
from course_discovery.catalogs.operations.storing import because
from course_discovery.catalogs.tests.asking import keys, make, told
from course_discovery.core.changes.drain import drain as drain_log
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.sequence import number_changes
from course_discovery.course_metadata.models import Course
from search.documents.kinds import COURSE
from search.indexing import live
from search.queries import SearchUnavailable
from search.queries.stored import matches_after
from search.tests.catalog import DAY, NOW, make_course, make_run

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


@pytest.fixture
def hear(drain_at_now: Drain, indexes: Settings) -> Drain:
    """Hand over what was changed, with empty indexes at the beginning."""
    return drain_at_now


def between(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, act: Drain) -> list[int]:
    """Do something once between a question and the storing of its answer; counts questions."""
    ask, asked = getattr(module, name), []

    def asking(*args: Any, **options: Any) -> Any:
        answer = ask(*args, **options)
        asked.append(1)
        if len(asked) == 1:
            act()
        return answer

    monkeypatch.setattr(module, name, asking)
    return asked


def test_an_answer_from_before_a_change_is_thrown_away(
    hear: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make_course("MITx+1", title="Physics")
    make("title:other")
    hear()

    def change() -> None:
        course.title = "Chemistry"
        course.save()
        hear()

    asked = between(monkeypatch, filling, "matches_after", change)
    catalog = make("title:physics")
    assert keys(catalog) == []
    assert len(asked) == 3  # for courses, for courses again, for runs


def test_changes_overtake_changes(hear: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = make("title:physics")
    course = make_course("MITx+1", title="Physics")

    def change() -> None:
        course.title = "Chemistry"
        course.save()
        live.handle(list(_unread()))
        things = {COURSE: {course.uuid}}
        reasking.ask_about(things, because(Cause.CHANGE), NOW)

    between(monkeypatch, reasking, "matches_among", change)
    hear()
    assert keys(catalog) == []


def _unread() -> Any:
    while number_changes():
        pass
    return Change.objects.order_by("number")


def test_who_begins_anew_goes_on_instead(hear: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    make_course("MITx+1", title="Physics")
    hear()
    catalog = make("title:nothing")

    def other() -> None:
        catalog.query = "title:physics"
        catalog.save()
        fill(begin(catalog, NOW + DAY), Cause.CATALOG)

    first = begin(catalog, NOW)
    between(monkeypatch, filling, "matches_after", other)
    fill(first, Cause.CATALOG)
    assert keys(catalog) == ["MITx+1"]
    assert AskedCatalog.objects.get().query == "title:physics"


def test_only_the_round_that_lasts_is_stored(db: None) -> None:
    number = begin_round()
    with in_round(number):
        pass
    begin_round()
    with pytest.raises(Overtaken), in_round(number):
        pass


def test_changes_that_come_all_the_time_end_in_a_refusal(
    hear: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_course("MITx+1")
    hear()
    ask = matches_after

    def overtaken(*args: Any) -> Any:
        answer = ask(*args)
        begin_round()
        return answer

    monkeypatch.setattr(filling, "matches_after", overtaken)
    with pytest.raises(SearchUnavailable):
        make("*")
    monkeypatch.setattr(filling, "matches_after", ask)
    following.look()
    assert [asked.complete for asked in AskedCatalog.objects.all()] == [True]


def test_who_was_killed_while_asking_is_followed_by_others(hear: Drain) -> None:
    make_course("MITx+1")
    hear()
    with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]):
        catalog = create_catalog(values={"name": "C", "query": "*"}, now=NOW)
        following.look()
        assert keys(catalog) == []  # somebody is asking
    with freeze_time(NOW + filling.SILENCE, ignore=["elastic_transport", "urllib3"]):
        following.look()
        assert keys(catalog) == ["MITx+1"]


def test_what_time_changes_is_asked_about_only_once_it_is_written(indexes: Settings) -> None:
    start = NOW + DAY
    run = make_run(make_course("MITx+1"), start=start, end=NOW + 10 * DAY)
    with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]):
        assert drain_log()
    catalog = make('availability:"Current"')
    with freeze_time(start + timedelta(seconds=1), ignore=["elastic_transport", "urllib3"]):
        # As if the writer was killed between telling and writing.
        following.note_passed(COURSE, [str(run.course.uuid)])
        following.look()
        assert PassedBoundary.objects.count() == 1
        assert keys(catalog) == []
        assert drain_log()
        assert keys(catalog) == ["MITx+1"]
        assert not PassedBoundary.objects.exists()


def test_changes_that_the_search_index_was_not_handed_yet_are_handed_to_it(hear: Drain) -> None:
    catalog = make("title:physics")
    hear()
    make_course("MITx+1", title="Physics")
    following.handle(list(_unread()))
    assert keys(catalog) == ["MITx+1"]


def test_time_that_turns_very_much_asks_for_everything(
    indexes: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasking, "TURNS", 2)
    for number in range(5):
        make_run(make_course(f"MITx+{number}"), start=NOW, end=NOW + DAY)
    with freeze_time(NOW, ignore=["elastic_transport", "urllib3"]):
        assert drain_log()
    catalog = make("end:[* TO now]")
    assert keys(catalog) == []
    with freeze_time(NOW + 2 * DAY, ignore=["elastic_transport", "urllib3"]):
        assert drain_log()
        assert len(keys(catalog)) == 5
    assert {cause for _sign, _key, cause in told(catalog)} == {"time"}


def test_a_deleted_thing_is_lost_although_nobody_can_find_it(hear: Drain) -> None:
    course = make_course("MITx+1", runs=2)
    hear()
    catalog = make("*")
    Course.everything.filter(pk=course.pk).delete()
    hear()
    assert not Member.objects.exists()
    assert [sign for sign, _key, _cause in told(catalog, "course_run")] == ["+", "+", "-", "-"]
