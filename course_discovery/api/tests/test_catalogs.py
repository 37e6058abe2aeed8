"""Catalogs over REST: who may do what, and what is answered."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.api.tests.catalogs import caller, catalog_of
from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.catalogs.models import Catalog
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.tests.factories import PartnerFactory
from search.documents import connection as search_connection
from search.tests.catalog import make_course, restrict
from search.tests.conftest import asked  # noqa: F401 - a fixture

URL = "/api/v1/catalogs/"
Drain = Callable[[], None]


@pytest.fixture(autouse=True)
def index(indexes: Settings) -> Settings:
    return indexes


@pytest.fixture
def courses(partner: Partner, drain: Drain) -> None:
    """Two courses with two runs each, of the partner; one of another."""
    make_course("MITx+1", runs=2, partner=partner, title="Physics")
    make_course("MITx+2", runs=2, partner=partner, title="Chemistry")
    other = PartnerFactory(short_code="other")
    make_course("OtherX+1", runs=1, title="Physics", partner=other)
    drain()


ALL = {"list": 1, "get": 200, "patch": 200, "put": 200, "delete": 204, "post": 201}
NONE = {"list": 0, "get": 403, "patch": 403, "put": 403, "delete": 403, "post": 403}
RIGHTS = {
    "superuser": ALL,
    "staff": ALL | {"list": 0},
    "nobody": NONE,
    "view of this": NONE | {"list": 1, "get": 200},
    "view of group": NONE | {"list": 1, "get": 200},
    "view of all": NONE | {"list": 1, "get": 200},
    "change of this": NONE | {"patch": 200, "put": 200},
    "change of all": NONE | {"patch": 200, "put": 200},
    "delete of this": NONE | {"delete": 204},
    "delete of group": NONE | {"delete": 204},
    "add of all": NONE | {"post": 201},
}


@pytest.mark.parametrize("verb", ["get", "patch", "put", "delete", "post", "list"])
@pytest.mark.parametrize("who", RIGHTS)
def test_who_may_do_what(partner: Partner, who: str, verb: str) -> None:
    catalog = catalog_of()
    client, due = caller(who, catalog), RIGHTS[who][verb]
    body = {"name": "New", "query": "*", "viewers": []}
    if verb == "list":
        assert client.get(URL).json()["count"] == due
        return
    if verb == "post":
        answer = client.post(URL, body)
    else:
        answer = getattr(client, verb)(f"{URL}{catalog.pk}/", *([body] if verb[0] == "p" else []))
    assert answer.status_code == due
    if due == 403:
        detail = "You do not have permission to perform this action."
        assert answer.json() == {"detail": detail}
    assert Catalog.objects.filter(pk=catalog.pk).exists() is (due != 204)


@pytest.mark.parametrize("path", ["courses", "contains", "csv", "changes"])
@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 403), ("view of this", 200), ("staff", 200), ("superuser", 200)]
)
def test_what_hangs_on_a_catalog_is_for_those_who_may_see_it(
    partner: Partner, path: str, who: str, status: int
) -> None:
    catalog = catalog_of()
    assert caller(who, catalog).get(f"{URL}{catalog.pk}/{path}/").status_code == status


@pytest.mark.parametrize("number", ["0", "99", "abc", "9" * 30, "٣", "-1"])
@pytest.mark.parametrize("path", ["", "courses/", "contains/", "csv/", "changes/"])
def test_an_unknown_catalog_is_not_found_whoever_asks(
    as_alice: APIClient, number: str, path: str
) -> None:
    answer = as_alice.get(f"{URL}{number}/{path}")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_who_is_not_signed_in_gets_nothing(anonymous: APIClient) -> None:
    catalog = catalog_of()
    for path in ("", f"{catalog.pk}/", f"{catalog.pk}/courses/", f"{catalog.pk}/csv/"):
        assert anonymous.get(f"{URL}{path}").status_code == 401
    assert anonymous.post(URL, {"name": "x", "query": "*"}).status_code == 401


def test_a_catalog_is_made_changed_and_deleted(as_sam: APIClient, courses: None) -> None:
    body = {"name": "New", "query": "title:physics", "viewers": ["maria", "fresh"], "id": 77}
    made = as_sam.post(URL, body)
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.json() == {
        "id": number,
        "name": "New",
        "query": "title:physics",
        "courses_count": 1,
        "viewers": ["fresh", "maria"],
    }
    fresh = User.objects.get(username="fresh")
    assert not fresh.has_usable_password()
    assert as_sam.get(f"{URL}{number}/").json() == made.json()
    patched = as_sam.patch(f"{URL}{number}/", {"query": "*", "viewers": ["maria"]}).json()
    assert patched == made.json() | {"query": "*", "courses_count": 2, "viewers": ["maria"]}
    assert as_sam.patch(f"{URL}{number}", {"name": "Other"}).json()["name"] == "Other"
    assert as_sam.delete(f"{URL}{number}/").status_code == 204
    assert as_sam.get(f"{URL}{number}/").status_code == 404


def test_what_a_body_may_not_tell_is_ignored(as_sam: APIClient) -> None:
    body = {"name": "N", "query": "*", "include_archived": True, "program_query": "*", "x": 1}
    number = as_sam.post(URL, body).json()["id"]
    stored = Catalog.objects.get(pk=number)
    assert (stored.include_archived, stored.program_query) == (False, "")


@pytest.mark.parametrize(
    ("body", "viewers"),
    [
        ({}, []),
        ({"viewers": []}, []),
        ({"viewers": ["b", "a", "b", " "]}, ["a", "b"]),
        ({"viewers": "b, a"}, ["a", "b"]),
        ({"viewers": ""}, []),
    ],
)
@pytest.mark.parametrize("form", ["json", "multipart"])
def test_viewers_are_a_list_or_a_text_with_commas(
    as_sam: APIClient, body: dict[str, Any], viewers: list[str], form: str
) -> None:
    answer = as_sam.post(URL, {"name": "N", "query": "*", **body}, format=form)
    assert (answer.status_code, answer.json()["viewers"]) == (201, viewers)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"query": "x", "viewers": ["ghost"]}, "name"),
        ({"name": "x", "viewers": ["ghost"]}, "query"),
        ({"name": "", "query": "x", "viewers": ["ghost"]}, "name"),
        ({"name": "x" * 256, "query": "x", "viewers": ["ghost"]}, "name"),
        ({"name": "x", "query": "x", "viewers": [7]}, "viewers"),
        ({"name": "x", "query": "x", "viewers": {"a": 1}}, "viewers"),
        ({"name": "x", "query": "x", "viewers": None}, "viewers"),
        ({"name": "x", "query": "x", "viewers": ["ghost", "a b"]}, "viewers"),
        ({"name": "x", "query": "x", "viewers": ["ghost", "a" * 151]}, "viewers"),
        ({"name": "x", "query": "x", "viewers": ["ghost", "\x00"]}, "viewers"),
        ({"name": "x", "query": "x", "viewers": [f"g{n}" for n in range(1001)]}, "viewers"),
    ],
)
def test_a_refused_body_makes_nothing(as_sam: APIClient, body: dict[str, Any], field: str) -> None:
    answer = as_sam.post(URL, body)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Catalog.objects.exists()
    assert not User.objects.filter(username="ghost").exists()


def test_a_change_makes_no_users(as_sam: APIClient) -> None:
    catalog = catalog_of(viewers=["maria"])
    answer = as_sam.patch(f"{URL}{catalog.pk}/", {"name": "Other", "viewers": ["nobodyhere"]})
    assert answer.status_code == 400
    assert answer.json() == {"viewers": ["Object with username=nobodyhere does not exist."]}
    assert as_sam.get(f"{URL}{catalog.pk}/").json()["viewers"] == ["maria"]
    assert Catalog.objects.get().name == "Catalog"


def test_viewers_are_who_has_a_right_of_their_own_and_only_that_to_see_is_taken(
    as_sam: APIClient,
) -> None:
    catalog = catalog_of(viewers=["maria"])
    for who in ("change of this", "view of group", "superuser"):
        caller(who, catalog)
    shown = as_sam.patch(f"{URL}{catalog.pk}/", {"viewers": []}).json()["viewers"]
    assert shown == ["change of this"]


def test_staff_asks_for_the_catalogs_of_a_user(as_sam: APIClient, as_alice: APIClient) -> None:
    catalog_of(viewers=["maria"])
    catalog_of()
    assert [row["viewers"] for row in as_sam.get(URL, {"username": "maria"}).json()["results"]] == [
        ["maria"]
    ]
    unknown = as_sam.get(URL, {"username": "ghost"})
    detail = "No user with the username [ghost] exists."
    assert (unknown.status_code, unknown.json()) == (404, {"detail": detail})
    refused = as_alice.get(URL, {"username": "maria"})
    assert (refused.status_code, refused.json()) == (
        403,
        {
            "detail": "Only staff users are permitted to filter by username. "
            "Remove the username parameter."
        },
    )


def test_a_bad_query_breaks_no_list_and_is_told(as_sam: APIClient, courses: None) -> None:
    broken, good = catalog_of("title:((unbalanced"), catalog_of("title:physics")
    caller("view of all", good)
    client = caller("superuser", good)
    first, second = client.get(URL).json()["results"]
    assert first["courses_count"] == 0
    assert "character" in first["query_error"]
    assert (second["courses_count"], "query_error" in second) == (1, False)
    for path in ("courses/", "csv/", "contains/?course_id=a", "contains/?course_run_id=a"):
        answer = as_sam.get(f"{URL}{broken.pk}/{path}")
        assert answer.status_code == 400
        assert first["query_error"] in answer.json()["detail"]


def test_the_list_costs_the_same_for_one_catalog_and_for_many(
    partner: Partner,
    courses: None,
    asked: list[Any],  # noqa: F811
) -> None:
    catalog = catalog_of(viewers=["maria"])
    client = caller("superuser", catalog)

    def cost() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    few = cost()
    for number in range(10):
        catalog_of(f"title:physics OR title:t{number}", viewers=["maria", f"viewer{number}"])
    asked.clear()
    assert cost() == few <= 9
    assert asked == []  # what is stored is not asked for


def test_catalogs_that_nobody_asked_for_are_counted_at_once(
    partner: Partner,
    courses: None,
    asked: list[Any],  # noqa: F811
) -> None:
    for number in range(3):
        Catalog.objects.create(name=f"C{number}", query="title:physics")
    Catalog.objects.create(name="Broken", query="(((")
    client = caller("superuser", Catalog.objects.earliest("pk"))
    asked.clear()
    rows = client.get(URL).json()["results"]
    assert [row["courses_count"] for row in rows] == [1, 1, 1, 0]
    assert [target for _method, target, _body in asked] == ["/_msearch"]


def test_without_search_catalogs_are_stored_and_tell_that_nothing_is_known(
    as_sam: APIClient, index: Settings, unused_tcp_port: int, courses: None
) -> None:
    url = index.SEARCH_URL
    index.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    search_connection.reset()
    made = as_sam.post(URL, {"name": "N", "query": "*"})
    assert (made.status_code, made.json()["courses_count"]) == (201, 0)
    assert "does not answer" in made.json()["query_error"]
    away = as_sam.get(f"{URL}{made.json()['id']}/courses/")
    assert (away.status_code, "Retry-After" in away) == (503, True)
    index.SEARCH_URL = url
    search_connection.reset()
    assert as_sam.get(f"{URL}{made.json()['id']}/courses/").status_code == 200
    assert as_sam.get(f"{URL}{made.json()['id']}/").json()["courses_count"] == 2


def test_contains_tells_of_courses_and_runs_in_one_map(as_sam: APIClient, courses: None) -> None:
    catalog = catalog_of("title:physics")
    url = f"{URL}{catalog.pk}/contains/"
    run = "course-v1:MITx+1+1T2030"
    query = {
        "course_id": "mitx+1,MITx+2,OtherX+1,no\x00",
        "course_run_id": f"{run},course-v1:MITx+2+1T2030",
    }
    assert as_sam.get(url, query).json() == {
        "courses": {
            "mitx+1": True,
            "MITx+2": False,
            "OtherX+1": False,
            "no\x00": False,
            run: True,
            "course-v1:MITx+2+1T2030": False,
        }
    }
    assert as_sam.get(url).json() == {"courses": {}}


def test_contains_asks_for_any_number_of_keys(as_sam: APIClient, courses: None) -> None:
    catalog = catalog_of("title:physics")
    keys = [f"course-v1:MITx+1+{number}T2030" for number in range(1500)]
    found = as_sam.get(f"{URL}{catalog.pk}/contains/", {"course_run_id": ",".join(keys)}).json()[
        "courses"
    ]
    assert [key for key in keys if found[key]] == keys[1:3]


def test_restricted_runs_are_contained_for_those_who_ask(
    as_sam: APIClient, partner: Partner, drain: Drain
) -> None:
    course = make_course("MITx+1", runs=1, partner=partner)
    restrict(course.course_runs.get())
    drain()
    catalog = catalog_of()
    query = {"course_run_id": "course-v1:MITx+1+1T2030"}
    for shown, contained in (("", False), ("custom-b2c", True), ("other", False)):
        url = f"{URL}{catalog.pk}/contains/"
        assert list(
            as_sam.get(url, query | {"include_restricted": shown}).json()["courses"].values()
        ) == [contained]


def test_what_was_gained_and_lost_is_listed(
    as_sam: APIClient, courses: None, partner: Partner, drain: Drain
) -> None:
    catalog = catalog_of("title:physics")
    url = f"{URL}{catalog.pk}/changes/"
    rows = as_sam.get(url).json()["results"]
    assert [(row["operation"], row["kind"]) for row in rows] == [
        ("gained", "course"), ("gained", "course_run"), ("gained", "course_run"),
    ]  # fmt: skip
    assert rows[0]["key"] == "MITx+1"
    assert {row["cause"] for row in rows} == {"catalog"}
    last = rows[-1]["number"]
    assert as_sam.get(url, {"since": last}).json()["count"] == 0
    course = make_course("MITx+3", partner=partner, title="Physics")
    drain()
    (gained,) = as_sam.get(url, {"since": last}).json()["results"]
    assert list(gained) == [
        "number", "operation", "kind", "uuid", "key", "restriction_type", "at", "cause", "change",
    ]  # fmt: skip
    assert (gained["uuid"], gained["cause"]) == (str(course.uuid), "change")
    assert gained["change"] > 0
    assert as_sam.get(url, {"since": gained["at"]}).json()["count"] == 0
    assert as_sam.get(url, {"since": rows[-1]["at"]}).json()["count"] == 1
    assert as_sam.get(url, {"since": "9" * 19}).json()["count"] == 0
    assert as_sam.get(url, {"limit": 2}).json()["next"]


@pytest.mark.parametrize("since", ["x", "-1", "2030-01-01", "2030-01-01T00:00:00", "2030-99-99T"])
def test_since_is_a_number_or_a_moment(as_sam: APIClient, since: str) -> None:
    answer = as_sam.get(f"{URL}{catalog_of().pk}/changes/", {"since": since})
    assert (answer.status_code, list(answer.json())) == (400, ["since"])


def test_pages_of_the_list(as_sam: APIClient) -> None:
    made = [catalog_of() for _ in range(3)]
    client = caller("superuser", made[0])
    body = client.get(URL, {"page": 1, "page_size": 2}).json()
    assert list(body) == ["count", "next", "previous", "results"]
    assert (body["count"], len(body["results"])) == (3, 2)
    assert [row["id"] for row in client.get(body["next"]).json()["results"]] == [made[2].pk]
    assert client.get(URL, {"page": 9}).status_code == 404
    assert client.get(URL, {"limit": 1, "offset": 9}).json()["results"] == []


@needs_samples
@pytest.mark.parametrize("name", ["catalog_detail", "catalogs_list", "catalog_create"])
def test_answers_are_those_recorded(as_sam: APIClient, courses: None, name: str) -> None:
    recorded = json.loads(sample_path(name).read_text(encoding="utf-8"))["body"]
    catalog = catalog_of("title:physics", viewers=["maria"])
    if name == "catalogs_list":
        ours = as_sam.get(URL, {"username": "maria"}).json()
        recorded.pop("_results_in_page")
        assert list(ours) == list(recorded)
        ours, recorded = ours["results"][0], recorded["results"][0]
    elif name == "catalog_create":
        ours = as_sam.post(URL, {"name": "N", "query": "*"}).json()
    else:
        ours = as_sam.get(f"{URL}{catalog.pk}/").json()
    assert list(ours) == list(recorded)
    assert [type(value) for value in ours.values()] == [type(v) for v in recorded.values()]
