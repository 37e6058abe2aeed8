"""Validators and conditions: what a client has already is not sent again, and never wrongly so."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from rest_framework.test import APIClient

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    SeatFactory,
    SubjectFactory,
)
from course_discovery.projections.models import Projection, ProjectionBody

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OBJECTS = ("courses/NorthU+PHY101/", "course_runs/course-v1:NorthU+PHY101+1/")
LISTS = ("courses/", "course_runs/", "organizations/", "subjects/", "level_types/")


@pytest.fixture
def clock(db: None) -> Iterator[FrozenDateTimeFactory]:
    """A clock that moves when it is told to."""
    with freeze_time(NOW) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


@pytest.fixture
def run(partner: Partner, clock: FrozenDateTimeFactory) -> CourseRun:
    """A run that starts in ten days, in a catalog of two courses."""
    course = CourseFactory(
        partner=partner,
        key="NorthU+PHY101",
        organizations=[OrganizationFactory(partner=partner, key="NorthU")],
        subjects_in_order=[SubjectFactory(partner=partner, slug="physics", name="Physics")],
    )
    other = CourseFactory(partner=partner, key="SouthU+BIO1")
    CourseRunFactory(course=other, key="course-v1:SouthU+BIO1+1")
    found: CourseRun = CourseRunFactory(
        course=course,
        key="course-v1:NorthU+PHY101+1",
        start=NOW + 10 * DAY,
        end=NOW + 100 * DAY,
        go_live_date=NOW - DAY,
    )
    SeatFactory(course_run=found)
    return found


def get(client: APIClient, path: str, **headers: str) -> Any:
    return client.get(f"/api/v1/{path}", headers=headers)


def etag(client: APIClient, path: str, **headers: str) -> str:
    answer = get(client, path, **headers)
    assert answer.status_code == 200
    return str(answer["ETag"])


def status(client: APIClient, path: str, **headers: str) -> int:
    return int(get(client, path, **headers).status_code)


def title(run: CourseRun) -> None:
    Course.everything.filter(pk=run.course_id).update(title="Renamed")


@pytest.mark.parametrize("path", [*OBJECTS, *LISTS])
def test_what_a_client_has_is_not_sent_again(
    as_alice: APIClient, run: CourseRun, path: str
) -> None:
    tag = etag(as_alice, path)
    assert tag.startswith('"')
    again = get(as_alice, path, if_none_match=f'"other", {tag}')
    assert (again.status_code, again.content) == (304, b"")
    # What a 304 must say: RFC 9110, section 15.4.5.
    assert again["ETag"] == tag
    assert again["Cache-Control"] == "private, no-cache"
    assert {"Accept", "Accept-Language", "Authorization", "Cookie"} <= set(
        again["Vary"].split(", ")
    )
    assert status(as_alice, path, if_none_match="*") == 304
    assert status(as_alice, path, if_none_match='"another"') == 200
    assert status(as_alice, path, if_match=tag) == 200
    assert status(as_alice, path, if_match='"another"') == 412


@pytest.mark.parametrize("path", [*OBJECTS, *LISTS])
def test_no_body_is_read_for_what_a_client_has(
    as_alice: APIClient, run: CourseRun, path: str
) -> None:
    tag = etag(as_alice, path)
    with CaptureQueriesContext(connection) as queries:
        assert status(as_alice, path, if_none_match=tag) == 304
    assert not [each for each in queries if ProjectionBody._meta.db_table in each["sql"]]
    assert len(queries) <= 8


@pytest.mark.parametrize("path", OBJECTS)
def test_objects_know_dates(
    as_alice: APIClient, run: CourseRun, path: str, clock: FrozenDateTimeFactory
) -> None:
    clock.tick(60)
    title(run)
    get(as_alice, path)
    clock.tick(60)
    modified = get(as_alice, path)["Last-Modified"]
    assert parse_http_date(modified) == NOW.timestamp() + 60
    assert status(as_alice, path, if_modified_since=modified) == 304
    assert status(as_alice, path, if_modified_since=http_date(NOW.timestamp())) == 200
    # The tag is asked first (RFC 9110, section 13.2.2).
    assert status(as_alice, path, if_modified_since=modified, if_none_match='"other"') == 200
    title(run)
    clock.tick(60)
    CourseRun.everything.filter(pk=run.pk).update(title_override="Other")
    assert status(as_alice, path, if_modified_since=modified) == 200


@pytest.mark.parametrize("path", LISTS)
def test_lists_do_not_believe_dates(
    as_alice: APIClient, run: CourseRun, path: str, clock: FrozenDateTimeFactory
) -> None:
    get(as_alice, path)
    clock.tick(60)
    answer = get(as_alice, path)
    if answer.json()["count"]:
        assert answer["Last-Modified"]
    # A row that goes leaves the dates of the others as they are.
    assert status(as_alice, path, if_modified_since=http_date(clock().timestamp())) == 200


def test_two_changes_in_one_second_have_two_dates(
    as_alice: APIClient, run: CourseRun, clock: FrozenDateTimeFactory
) -> None:
    path, seen = OBJECTS[0], []
    for name in ("One", "Two", "Three"):
        Course.everything.filter(pk=run.course_id).update(title=name)
        seen.append(get(as_alice, path).get("Last-Modified"))
    # Nothing is dated in the future.
    assert seen[1:] == [None, None]
    clock.tick(60)
    assert get(as_alice, path)["Last-Modified"] != seen[0]


Edit = Callable[[CourseRun, FrozenDateTimeFactory], Any]
EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda run, clock: None, set()),
    "an hour": (lambda run, clock: clock.tick(3600), set()),
    "title of the course": (
        lambda run, clock: title(run),
        {"courses/", "course_runs/", "courses/NorthU+PHY101/",
         "course_runs/course-v1:NorthU+PHY101+1/"},
    ),
    "other course": (
        lambda run, clock: Course.objects.filter(key="SouthU+BIO1").update(title="x"),
        {"courses/", "course_runs/"},
    ),
    "other course is deleted": (
        lambda run, clock: Course.objects.get(key="SouthU+BIO1").delete(),
        {"courses/", "course_runs/"},
    ),
    "write without a change": (lambda run, clock: run.course.save(update_fields=["title"]), set()),
    "boundary": (
        lambda run, clock: clock.tick(11 * DAY),
        {"courses/", "course_runs/", "courses/NorthU+PHY101/",
         "course_runs/course-v1:NorthU+PHY101+1/"},
    ),
    "new subject": (
        lambda run, clock: SubjectFactory(partner=run.course.partner),
        {"subjects/"},
    ),
    "draft": (
        lambda run, clock: CourseFactory(partner=run.course.partner, draft=True),
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_the_validators_of_what_it_touches_alone(
    as_sam: APIClient, run: CourseRun, clock: FrozenDateTimeFactory, name: str
) -> None:
    edit, touched = EDITS[name]
    before = {path: etag(as_sam, path) for path in (*OBJECTS, *LISTS)}
    edit(run, clock)
    changed = {path for path, tag in before.items() if etag(as_sam, path) != tag}
    assert changed == touched
    for path, tag in before.items():
        assert status(as_sam, path, if_none_match=tag) == (200 if path in touched else 304)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("courses/NorthU+PHY101/?exclude_utm=1", {}),
        ("courses/NorthU+PHY101/?fields=key", {}),
        ("courses/northu+phy101/", {}),
        ("courses/NorthU+PHY101/", {"Accept-Language": "es"}),
        ("courses/NorthU+PHY101/", {"Host": "other.example"}),
        ("courses/NorthU+PHY101/", {"Accept": "application/json; indent=4"}),
    ],
)
def test_every_answer_has_a_tag_of_its_own(
    as_alice: APIClient, run: CourseRun, path: str, headers: dict[str, str]
) -> None:
    assert etag(as_alice, path, **headers) != etag(as_alice, OBJECTS[0])


def test_callers_have_tags_of_their_own(
    as_alice: APIClient, as_sam: APIClient, run: CourseRun
) -> None:
    path = OBJECTS[0]
    assert etag(as_alice, path) != etag(as_sam, path)
    # What names nobody is the same for all.
    assert etag(as_alice, "subjects/") == etag(as_sam, "subjects/")


def test_what_a_caller_may_edit_is_part_of_the_tag(
    as_alice: APIClient, alice: User, run: CourseRun
) -> None:
    path, tag = OBJECTS[0], etag(as_alice, OBJECTS[0])
    alice.is_staff = True
    alice.save()
    answer = get(as_alice, path, if_none_match=tag)
    assert answer.status_code == 200
    assert answer.json()["editable"] is True


def test_a_head_answer_has_the_same_validators(as_alice: APIClient, run: CourseRun) -> None:
    assert as_alice.head(f"/api/v1/{OBJECTS[0]}")["ETag"] == etag(as_alice, OBJECTS[0])


def test_pages_for_people_are_not_conditional(as_alice: APIClient, run: CourseRun) -> None:
    answer = get(as_alice, OBJECTS[0], accept="text/html", if_none_match="*")
    assert answer.status_code == 200
    assert "ETag" not in answer


def test_what_does_not_exist_is_not_found_whatever_the_client_has(
    as_alice: APIClient, run: CourseRun
) -> None:
    assert status(as_alice, "courses/NorthU+NOPE/", if_none_match="*") == 404


def test_what_is_not_stored_yet_is_compared_all_the_same(
    as_alice: APIClient, run: CourseRun
) -> None:
    tag = etag(as_alice, OBJECTS[0])
    Projection.objects.all().delete()
    assert status(as_alice, OBJECTS[0], if_none_match=tag) == 304


def test_a_list_is_few_queries(as_sam: APIClient, run: CourseRun) -> None:
    for path in LISTS:
        get(as_sam, path)
        with CaptureQueriesContext(connection) as queries:
            get(as_sam, path)
        # Partner, count, page, projections.
        assert len(queries) <= 4, [each["sql"][:80] for each in queries]


def test_copies_are_kept_up_to_date_with_timestamps(
    as_alice: APIClient, run: CourseRun, clock: FrozenDateTimeFactory
) -> None:
    def keys(path: str) -> list[str]:
        since = (clock() - timedelta(minutes=1)).isoformat() + "Z"
        found = get(as_alice, f"{path}?timestamp={since}").json()
        return [each["key"] for each in found["results"]]

    def look() -> HttpResponseBase:
        clock.tick(3600)
        return as_alice.get("/api/v1/courses/")

    look()
    assert keys("courses/") == []
    run.seats.get().delete()
    assert keys("courses/") == ["NorthU+PHY101"]
    told = as_alice.get("/api/v1/courses/NorthU+PHY101/").json()["data_modified_timestamp"]
    assert told == clock().isoformat() + "Z"
    assert keys("courses/") == ["NorthU+PHY101"]
    look()
    assert keys("courses/") == []
    # Written, but nothing that can be seen: asked for at once it may be among them, not later.
    run.course.save(update_fields=["title"])
    as_alice.get("/api/v1/courses/")
    assert keys("courses/") == []
