"""Courses as course teams see them: `editable=1`."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import run_with_draft, signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    Organization,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    SeatFactory,
)
from course_discovery.publisher.tests.people import edits, person, works_for

URL = "/api/v1/courses/"


@pytest.fixture
def north(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return organization


@pytest.fixture
def south(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(partner=partner, key="SouthU")
    return organization


@pytest.fixture
def courses(north: Organization, south: Organization) -> dict[str, tuple[Course, Course]]:
    """Two courses of North, the second with Carol as its editor, and one of South."""
    made = {
        key: with_draft(organization, key)
        for organization, key in (
            (north, "NorthU+A"), (north, "NorthU+B"), (south, "SouthU+C")
        )
    }  # fmt: skip
    for draft, _official in made.values():
        Course.everything.filter(pk=draft.pk).update(title=f"Draft of {draft.key}")
    return made


@pytest.fixture
def people(
    courses: dict[str, tuple[Course, Course]], north: Organization, south: Organization
) -> dict[str, User]:
    """Bob and Carol work for North, Dave for South; Erin is in a group of no organization."""
    erin = person("erin")
    erin.groups.add(Group.objects.create(name="General Staff"))
    return {
        "alice": person("alice"),
        "bob": works_for(person("bob"), north),
        "carol": edits(works_for(person("carol"), north), courses["NorthU+B"][0]),
        "dave": works_for(person("dave"), south),
        "erin": erin,
        "sam": person("sam", is_staff=True),
        "root": person("root", is_superuser=True),
    }


def keys(client: APIClient, query: str) -> list[str]:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.content
    return [each["key"].rpartition("+")[2] for each in answer.json()["results"]]


@pytest.mark.parametrize(
    ("name", "drafts", "editable"),
    [
        ("alice", None, ""),
        ("root", None, ""),
        ("erin", "", ""),
        ("bob", "AB", "A"),
        ("carol", "AB", "AB"),
        ("dave", "C", "C"),
        ("sam", "ABC", "ABC"),
    ],
)
def test_who_reads_which_courses(
    people: dict[str, User], name: str, drafts: str | None, editable: str
) -> None:
    """Everyone reads what is official; drafts need a group, and those of one's organizations."""
    client = signed_in(people[name])
    official = client.get(URL).json()["results"]
    assert [each["title"] for each in official] == ["NorthU+A", "NorthU+B", "SouthU+C"]
    able = "".join(each["key"][-1] for each in official if each["editable"])
    assert able == editable
    if drafts is None:
        for address in (f"{URL}?editable=1", f"{URL}NorthU+A/?editable=1"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert answer.json() == {"detail": "You do not have permission to perform this action."}
        return
    assert "".join(keys(client, "editable=1")) == drafts
    for key in ("NorthU+A", "NorthU+B", "SouthU+C"):
        answer = client.get(f"{URL}{key}/?editable=1")
        assert answer.status_code == (200 if key[-1] in drafts else 404)
        if key[-1] in drafts:
            assert answer.json()["title"] == f"Draft of {key}"
            assert answer.json()["editable"] is (key[-1] in editable)


def test_anonymous_callers_are_401_before_anything_else(anonymous: APIClient) -> None:
    for query in ("editable=1", "editable=yes", "q=((&editable=1"):
        assert anonymous.get(f"{URL}?{query}").status_code == 401


@pytest.mark.parametrize("verb", ["get", "head", "options"])
def test_safe_verbs_need_no_group(
    people: dict[str, User], courses: dict[str, Any], verb: str
) -> None:
    client = signed_in(people["alice"])
    for address in (URL, f"{URL}NorthU+A/"):
        assert getattr(client, verb)(address).status_code == 200


def test_a_flag_of_zero_is_no_flag(people: dict[str, User]) -> None:
    assert keys(signed_in(people["alice"]), "editable=0") == ["A", "B", "C"]


def test_a_flag_that_is_no_number_is_400(people: dict[str, User]) -> None:
    answer = signed_in(people["alice"]).get(f"{URL}?editable=true")
    assert (answer.status_code, list(answer.json())) == (400, ["editable"])


def test_official_rows_without_a_draft_are_shown_as_they_are(
    people: dict[str, User], north: Organization
) -> None:
    CourseFactory(partner=north.partner, key="NorthU+Z", organizations=[north], title="No draft")
    CourseFactory(partner=north.partner, key="NorthU+Y", organizations=[north], draft=True)
    client = signed_in(people["bob"])
    assert keys(client, "editable=1") == ["A", "B", "Y", "Z"]
    body = client.get(f"{URL}NorthU+Z/?editable=1").json()
    assert (body["title"], body["has_unpublished_changes"]) == ("No draft", False)
    assert client.get(f"{URL}NorthU+Y/").status_code == 404


def test_drafts_of_other_partners_are_not_shown(people: dict[str, User]) -> None:
    stranger = OrganizationFactory(partner=PartnerFactory())
    with_draft(stranger, "Other+X")
    works_for(people["bob"], stranger)
    for name in ("bob", "sam"):
        client = signed_in(people[name])
        assert "X" not in keys(client, "editable=1")
        assert client.get(f"{URL}Other+X/?editable=1").status_code == 404


def test_a_draft_shows_draft_runs(
    people: dict[str, User], courses: dict[str, tuple[Course, Course]]
) -> None:
    draft, official = run_with_draft(courses["NorthU+A"])
    CourseRun.everything.filter(pk=draft.pk).update(title_override="Draft run")
    CourseRunFactory(course=courses["NorthU+A"][0], key="course-v1:NorthU+A+2")
    client = signed_in(people["bob"])
    runs = client.get(f"{URL}NorthU+A/?editable=1").json()["course_runs"]
    assert [run["title"] for run in runs] == ["Draft run", "Draft of NorthU+A"]
    assert [run["is_marketable"] for run in runs] == [False, False]
    (shown,) = client.get(f"{URL}NorthU+A/").json()["course_runs"]
    assert (shown["uuid"], shown["title"]) == (str(official.uuid), "NorthU+A")


class TestUnpublishedChanges:
    """Whether a draft says something else than what is published."""

    def test_it_is_said_of_drafts_only(self, people: dict[str, User]) -> None:
        client = signed_in(people["sam"])
        assert "has_unpublished_changes" not in client.get(f"{URL}NorthU+A/").json()
        assert client.get(f"{URL}NorthU+A/?editable=1").json()["has_unpublished_changes"] is True

    @pytest.mark.parametrize(
        ("value", "found"),
        [("1", "BC"), ("true", "BC"), ("0", "A"), ("False", "A"), ("", "ABC")],
    )
    def test_drafts_are_filtered_by_it(
        self, people: dict[str, User], value: str, found: str
    ) -> None:
        Course.everything.filter(key="NorthU+A", draft=True).update(title="NorthU+A")
        client = signed_in(people["sam"])
        assert "".join(keys(client, f"editable=1&has_unpublished_changes={value}")) == found

    def test_clients_hear_of_it_when_the_official_row_changes(
        self, people: dict[str, User]
    ) -> None:
        client, address = signed_in(people["sam"]), f"{URL}NorthU+A/?editable=1"
        first = client.get(address)
        assert "Last-Modified" not in first
        known = {
            "If-None-Match": first["ETag"],
            "If-Modified-Since": "Fri, 31 Dec 2999 23:59:59 GMT",
        }
        assert client.get(address, headers=known).status_code == 304
        Course.objects.filter(key="NorthU+A").update(title="Draft of NorthU+A")
        for condition in (known, {"If-Modified-Since": known["If-Modified-Since"]}):
            answer = client.get(address, headers=condition)
            assert answer.json()["has_unpublished_changes"] is False

    def test_without_drafts_it_filters_nothing(self, people: dict[str, User]) -> None:
        assert keys(signed_in(people["sam"]), "has_unpublished_changes=1") == ["A", "B", "C"]

    def test_a_bad_value_is_400(self, people: dict[str, User]) -> None:
        answer = signed_in(people["sam"]).get(f"{URL}?editable=1&has_unpublished_changes=perhaps")
        assert (answer.status_code, list(answer.json())) == (400, ["has_unpublished_changes"])


class TestFindingDrafts:
    """`pubq` and `editors`."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [("northu", "AB"), ("draft OF southu", "C"), ("U+b", "B"), ("nothing", ""), ("", "ABC"),
         ("%25", ""), ("_", "")],
    )  # fmt: skip
    def test_a_part_of_key_or_title(self, people: dict[str, User], text: str, found: str) -> None:
        client = signed_in(people["sam"])
        query = text.replace("+", "%2B")
        assert "".join(keys(client, f"editable=1&pubq={query}")) == found

    def test_it_is_for_drafts_only(self, people: dict[str, User]) -> None:
        assert keys(signed_in(people["sam"]), "pubq=nothing") == ["A", "B", "C"]

    def test_a_query_string_does_not_search_drafts(
        self, people: dict[str, User], indexes: Any
    ) -> None:
        client = signed_in(people["sam"])
        for address in (URL, f"{URL}NorthU+A/"):
            answer = client.get(f"{address}?editable=1&q=north")
            assert (answer.status_code, list(answer.json())) == (400, ["q"])
        assert client.get(f"{URL}?editable=1&q=").status_code == 200

    def test_courses_of_editors(self, people: dict[str, User]) -> None:
        carol, bob = people["carol"].pk, people["bob"].pk
        client = signed_in(people["sam"])
        for value, found in {
            str(carol): "B", str(bob): "", f"{bob},{carol}": "B", f" {carol} ,": "B",
            "999999999999": "", "": "ABC", ",": "ABC",
        }.items():  # fmt: skip
            assert "".join(keys(client, f"editable=1&editors={value}")) == found, value
        assert keys(client, f"editors={carol}") == ["B"]

    def test_my_courses_are_those_that_i_may_edit(self, people: dict[str, User]) -> None:
        for name, found in {"bob": "A", "carol": "AB", "dave": "C", "sam": "ABC"}.items():
            client = signed_in(people[name])
            assert "".join(keys(client, "editable=1&editors=me")) == found
            assert "".join(keys(client, "editors=me")) == found
        carol = people["carol"].pk
        assert keys(signed_in(people["bob"]), f"editable=1&editors=me,{carol}") == ["A", "B"]
        assert keys(signed_in(people["alice"]), "editors=me") == []

    @pytest.mark.parametrize("value", ["you", "-1", "1.5", "9" * 30, "٣", "1;2"])
    def test_a_bad_editor_is_400(self, people: dict[str, User], value: str) -> None:
        answer = signed_in(people["sam"]).get(URL, {"editors": value})
        assert (answer.status_code, list(answer.json())) == (400, ["editors"])

    def test_a_course_whose_editor_left_is_everyones(self, people: dict[str, User]) -> None:
        people["carol"].groups.clear()
        assert keys(signed_in(people["bob"]), "editable=1&editors=me") == ["A", "B"]


class TestMissingEntitlement:
    """A draft without an entitlement shows the one that its runs' seats tell; nothing is stored."""

    @pytest.fixture
    def sold(self, courses: dict[str, tuple[Course, Course]]) -> tuple[Course, Course]:
        end = timezone.now() + timedelta(days=90)
        for run in run_with_draft(courses["NorthU+A"], end=end):
            SeatFactory(course_run=run, price=49)
        return courses["NorthU+A"]

    def test_it_is_computed(self, people: dict[str, User], sold: tuple[Course, Course]) -> None:
        client = signed_in(people["bob"])
        expected = {
            "mode": "verified", "price": "49.00", "currency": "USD", "sku": None, "expires": None,
        }  # fmt: skip
        for body in (
            client.get(f"{URL}NorthU+A/?editable=1").json(),
            client.get(f"{URL}?editable=1&keys=NorthU%2BA").json()["results"][0],
        ):
            assert body["entitlements"] == [expected]
        assert CourseEntitlement.everything.count() == 0

    def test_readers_of_the_official_row_do_not_see_it(
        self, people: dict[str, User], sold: tuple[Course, Course]
    ) -> None:
        assert signed_in(people["bob"]).get(f"{URL}NorthU+A/").json()["entitlements"] == []

    def test_one_that_is_there_wins(
        self, people: dict[str, User], sold: tuple[Course, Course]
    ) -> None:
        CourseEntitlementFactory(course=sold[0], price=199)
        (shown,) = signed_in(people["bob"]).get(f"{URL}NorthU+A/?editable=1").json()["entitlements"]
        assert shown["price"] == "199.00"

    def test_runs_that_do_not_tell_give_none(
        self, people: dict[str, User], courses: dict[str, tuple[Course, Course]]
    ) -> None:
        body = signed_in(people["bob"]).get(f"{URL}NorthU+A/?editable=1").json()
        assert body["entitlements"] == []
