"""Catalogs hold what their queries match, whatever happens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from freezegun import freeze_time

from course_discovery.catalogs.models import AskedCatalog, Catalog, Member, MemberChange
from course_discovery.catalogs.operations import filling, following
from course_discovery.catalogs.operations.catalog import delete_catalog
from course_discovery.catalogs.tests.asking import keys, make, requery, told
from course_discovery.core.changes.drain import drain as drain_log
from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.tests.factories import ProgramFactory
from search.tests.catalog import DAY, NOW, make_course, make_run, restrict

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


@pytest.fixture
def hear(drain_at_now: Drain, indexes: Any) -> Drain:
    """Hand over what was changed, with empty indexes at the beginning."""
    return drain_at_now


def reason(told: MemberChange) -> Change:
    """The change that a gain or a loss names."""
    assert told.change is not None
    return Change.objects.get(number=told.change)


def test_a_new_catalog_has_what_its_query_matches(hear: Drain) -> None:
    make_course("MITx+1", runs=2, title="Physics")
    make_course("MITx+2", title="Chemistry")
    hear()
    catalog = make("title:physics")
    assert keys(catalog) == ["MITx+1"]
    assert keys(catalog, "course_run") == ["course-v1:MITx+1+1T2030", "course-v1:MITx+1+2T2030"]
    assert keys(make("*")) == ["MITx+1", "MITx+2"]
    assert told(catalog) == [("+", "MITx+1", "catalog")]


def test_a_catalog_made_past_the_operations_is_filled_by_the_log(hear: Drain) -> None:
    make_course("MITx+1")
    catalog = Catalog.objects.create(name="Bare", query="*")
    hear()
    assert keys(catalog) == ["MITx+1"]
    Catalog.objects.filter(pk=catalog.pk).update(query="title:nothing")
    hear()
    assert keys(catalog) == []


def test_another_query_gains_and_loses(hear: Drain) -> None:
    make_course("MITx+1", title="Physics")
    make_course("MITx+2", title="Chemistry")
    hear()
    catalog = make("title:physics")
    requery(catalog, "title:chemistry")
    assert keys(catalog) == ["MITx+2"]
    assert told(catalog)[1:] == [("-", "MITx+1", "catalog"), ("+", "MITx+2", "catalog")]
    assert reason(MemberChange.objects.latest("pk")).kind == "catalog"


def test_changes_of_courses_are_gains_and_losses_by_those_changes(hear: Drain) -> None:
    hear()
    catalog = make("title:physics")
    course = make_course("MITx+1", title="Physics")
    hear()
    assert keys(catalog) == ["MITx+1"]
    course.title = "Chemistry"
    course.save()
    hear()
    assert keys(catalog) == []
    course.title = "Physics"
    course.save()
    hear()
    type(course).everything.filter(pk=course.pk).delete()
    hear()
    assert keys(catalog) == []
    assert told(catalog) == [(sign, "MITx+1", "change") for sign in "+-+-"]
    reasons = [reason(each) for each in MemberChange.objects.order_by("pk")]
    assert [(each.kind, each.key) for each in reasons] == [("course", "MITx+1")] * 4
    assert reasons[-1].operation == Change.DELETE


def test_each_thing_is_told_with_the_change_that_touched_it(hear: Drain) -> None:
    hear()
    catalog = make("org:(MITx) AND title:physics")
    courses = [make_course(f"MITx+{number}", title="Physics") for number in range(5)]
    hear()
    for each in MemberChange.objects.filter(catalog=catalog, kind="course"):
        change = reason(each)
        touched = {str(change.uuid)} | {
            str(other.uuid) for other in courses if change.kind != "course"
        }
        assert str(each.uuid) in touched
    organization = courses[0].authoring_organizations.get()
    organization.name = "Renamed"
    organization.save()
    before = MemberChange.objects.count()
    hear()
    assert MemberChange.objects.count() == before


def test_what_others_show_changes_members_too(hear: Drain) -> None:
    course = make_course("MITx+1")
    hear()
    catalog = make('organizations:"Institute"')
    organization = course.authoring_organizations.get()
    organization.name = "Institute"
    organization.save()
    hear()
    assert keys(catalog) == ["MITx+1"]
    assert reason(MemberChange.objects.get(kind="course")).kind == "organization"


def test_a_run_that_becomes_restricted_is_lost_to_most_and_kept_for_some(hear: Drain) -> None:
    course = make_course("MITx+1", runs=1)
    hear()
    catalog = make("*")
    restrict(course.course_runs.get())
    hear()
    member = Member.objects.get(catalog=catalog, kind="course_run")
    assert member.restriction_type == "custom-b2c"
    assert [sign for sign, _key, _cause in told(catalog, "course_run")] == ["+", "-", "+"]


def test_a_rebuilt_index_is_asked_again(hear: Drain) -> None:
    make_course("MITx+1", title="Physics")
    hear()
    catalog = make("title:physics")
    Member.objects.all().delete()  # as if the index before had not found it
    following.look()
    assert keys(catalog) == []
    call_command("update_index", disable_change_limit=True, verbosity=0)
    following.look()
    assert keys(catalog) == ["MITx+1"]
    assert told(catalog)[-1] == ("+", "MITx+1", "index")


def test_an_entry_that_everything_was_rebuilt_asks_for_everything(hear: Drain) -> None:
    make_course("MITx+1")
    hear()
    catalog = make("*")
    Member.objects.all().delete()
    following.handle([Change(number=0, operation=Change.REBUILD, kind="everything")])
    assert keys(catalog) == ["MITx+1"]


@pytest.mark.parametrize("stretch", [1, 2, 3, 1000])
def test_all_members_are_found_whatever_a_stretch_holds(
    hear: Drain, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(filling, "STRETCH", stretch)
    courses = [make_course(f"MITx+{number}", title="Physics") for number in range(5)]
    hear()
    catalog = make("title:physics")
    assert keys(catalog) == [each.key for each in courses]
    requery(catalog, "key.raw:MITx\\+3 OR title:nothing")
    assert keys(catalog) == ["MITx+3"]
    requery(catalog, "title:nothing")
    assert keys(catalog) == []
    requery(catalog, "*")
    assert keys(catalog) == [each.key for each in courses]
    signs = [sign for sign, _key, _cause in told(catalog)]
    assert (signs.count("+"), signs.count("-")) == (10, 5)


@pytest.mark.parametrize("query", ["title:((unbalanced", "a OR", "start:[x TO y]"])
def test_a_bad_query_has_no_members_and_says_why(hear: Drain, query: str) -> None:
    make_course("MITx+1")
    hear()
    catalog = make("*")
    requery(catalog, query)
    asked = AskedCatalog.objects.get(pk=catalog.pk)
    assert asked.complete
    assert "character" in asked.error
    assert keys(catalog) == []
    make_course("MITx+2")
    hear()
    assert keys(catalog) == []
    requery(catalog, "*")
    assert keys(catalog) == ["MITx+1", "MITx+2"]


def test_programs_match_the_query_for_programs(hear: Drain) -> None:
    course = make_course("MITx+1")
    program = ProgramFactory(partner=course.partner, title="Physics", courses_in_order=[course])
    ProgramFactory(partner=course.partner, title="Chemistry")
    hear()
    catalog = make("title:nothing", program_query="title:physics")
    assert keys(catalog, "program") == [str(program.uuid)]
    assert keys(make("*"), "program") == []
    program.title = "Chemistry"
    program.save()
    hear()
    assert keys(catalog, "program") == []


def test_deleting_a_catalog_takes_all_that_is_known_of_it(hear: Drain) -> None:
    make_course("MITx+1")
    hear()
    catalog = make("*")
    delete_catalog(pk=catalog.pk)
    assert not Member.objects.exists()
    assert not MemberChange.objects.exists()
    hear()
    assert not AskedCatalog.objects.exists()


def drain_at(moment: datetime) -> None:
    with freeze_time(moment, ignore=["elastic_transport", "urllib3"]):
        assert drain_log()


def test_a_boundary_that_passes_gains_and_loses(indexes: Any) -> None:
    course = make_course("MITx+1")
    make_run(course, start=NOW + DAY, end=NOW + 10 * DAY)
    drain_at(NOW)
    catalog = make('availability:"Current"')
    assert keys(catalog) == []
    drain_at(NOW + DAY + timedelta(seconds=1))
    assert keys(catalog) == ["MITx+1"]
    drain_at(NOW + 10 * DAY + timedelta(seconds=1))
    assert keys(catalog) == []
    assert told(catalog) == [("+", "MITx+1", "time"), ("-", "MITx+1", "time")]
    assert set(MemberChange.objects.values_list("change", flat=True)) == {None}


def test_a_query_that_speaks_of_now_moves_with_the_clock(indexes: Any) -> None:
    course = make_course("MITx+1")
    make_run(course, start=NOW, end=NOW + 10 * DAY + timedelta(hours=5))
    drain_at(NOW)
    soon = make("end:[now TO now+2d]")
    over = make("end:<now-1d")
    assert (keys(soon), keys(over)) == ([], [])
    drain_at(NOW + 9 * DAY)
    assert (keys(soon), keys(over)) == (["MITx+1"], [])
    drain_at(NOW + 11 * DAY)
    assert (keys(soon), keys(over)) == ([], [])
    drain_at(NOW + 12 * DAY)
    assert (keys(soon), keys(over)) == ([], ["MITx+1"])
    assert told(soon) == [("+", "MITx+1", "time"), ("-", "MITx+1", "time")]


def test_without_an_index_catalogs_wait_for_one(no_index: Any, drain_at_now: Drain) -> None:
    make_course("MITx+1")
    catalog = Catalog.objects.create(name="Early", query="*")
    drain_at_now()
    assert keys(catalog) == []
    call_command("update_index", verbosity=0)
    drain_at_now()
    following.look()
    assert keys(catalog) == ["MITx+1"]


def test_documents_that_were_repaired_are_asked_about(hear: Drain) -> None:
    course = make_course("MITx+1")
    hear()
    catalog = make("title:physics")
    type(course).everything.filter(pk=course.pk).update(title="Physics")
    Change.objects.all().delete()  # as if the index had never heard of it
    call_command("check_index", repair=True, verbosity=0)
    following.look()
    assert keys(catalog) == ["MITx+1"]
    assert told(catalog) == [("+", "MITx+1", "time")]


def test_an_index_that_was_filled_anew_is_asked_again(hear: Drain) -> None:
    make_course("MITx+1")
    hear()
    catalog = make("*")
    Member.objects.all().delete()
    call_command("search_index", "--populate", "-f", verbosity=0)
    following.look()
    assert keys(catalog) == ["MITx+1"]
