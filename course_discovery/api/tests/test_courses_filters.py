"""Filters and orders of the list of courses, each parameter by itself and with a query string."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.v1.course import CourseViewSet
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseType,
    CourseUrlSlug,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.queries.run_status import STATUS_RULES
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    LevelTypeFactory,
    ProgramFactory,
    SeatFactory,
)

URL = "/api/v1/courses/"
DAY = timedelta(days=1)


def listed(client: APIClient, query: str) -> list[str]:
    """The ends of the keys that the list has."""
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["count"] == len(body["results"])
    return [each["key"].rpartition("+")[2] for each in body["results"]]


def course(partner: Partner, name: str, **values: Any) -> Course:
    made: Course = CourseFactory(partner=partner, key=f"NorthU+{name}", **values)
    return made


class TestKeys:
    """`keys` and `uuids`."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner) -> dict[str, Course]:
        return {name: course(partner, name) for name in "ABC"}

    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("NorthU+A,NorthU+C", "AC"),
            ("northu+c", "C"),
            (" NorthU+B , ", "B"),
            ("NorthU+A,nothing", "A"),
            ("nothing", ""),
            ("", "ABC"),
            (",", "ABC"),
        ],
    )
    def test_keys(self, as_alice: APIClient, value: str, found: str) -> None:
        assert "".join(listed(as_alice, f"keys={quote(value)}")) == found

    def test_uuids(self, as_alice: APIClient, courses: dict[str, Course]) -> None:
        a, b = courses["A"].uuid, courses["B"].uuid
        assert listed(as_alice, f"uuids={a},{str(b).upper()}") == ["A", "B"]
        assert listed(as_alice, "uuids=2f2f7c9e-0000-4000-8000-000000000000") == []
        answer = as_alice.get(f"{URL}?uuids={a},zzz")
        assert (answer.status_code, list(answer.json())) == (400, ["uuids"])

    def test_both_hold(self, as_alice: APIClient, courses: dict[str, Course]) -> None:
        assert listed(as_alice, f"uuids={courses['A'].uuid}&keys=NorthU%2BB") == []


class TestTimestamp:
    """`timestamp`: what changed since then."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner) -> None:
        for day in (1, 2, 3):
            moment = datetime(2030, 1, day, tzinfo=UTC)
            course(partner, str(day), data_modified_timestamp=moment)
        course(partner, "never", data_modified_timestamp=None)

    @pytest.mark.parametrize(
        ("moment", "found"),
        [
            ("2030-01-02T00:00:00Z", ["2", "3"]),
            ("2030-01-02", ["2", "3"]),
            ("2030-01-02T00:00:00.000001Z", ["3"]),
            ("2030-01-02T02:00:00+02:00", ["2", "3"]),
            ("2031-01-01T00:00:00Z", []),
            ("", ["1", "2", "3", "never"]),
        ],
    )
    def test_it_takes_moments(self, as_alice: APIClient, moment: str, found: list[str]) -> None:
        assert listed(as_alice, f"timestamp={quote(moment)}") == found

    @pytest.mark.parametrize("moment", ["yesterday", "2030-13-01", "1"])
    def test_anything_else_is_400(self, as_alice: APIClient, moment: str) -> None:
        answer = as_alice.get(f"{URL}?timestamp={moment}")
        assert (answer.status_code, list(answer.json())) == (400, ["timestamp"])


class TestTypes:
    """`course_type`."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner) -> None:
        for slug in ("executive-education-2u", "bootcamp-2u", "audit", "verified-audit"):
            kind, _made = CourseType.objects.get_or_create(slug=slug, defaults={"name": slug})
            course(partner, slug, type=kind)

    @pytest.mark.parametrize(
        ("slug", "found"),
        [
            ("audit", ["audit"]),
            ("bootcamp-2u", ["bootcamp-2u"]),
            ("open-courses", ["audit", "verified-audit"]),
            ("nothing", []),
            ("", ["audit", "bootcamp-2u", "executive-education-2u", "verified-audit"]),
        ],
    )
    def test_types(self, as_alice: APIClient, slug: str, found: list[str]) -> None:
        assert listed(as_alice, f"course_type={slug}") == found

    def test_retired_ones(self, as_alice: APIClient, settings: Any) -> None:
        settings.RETIRED_COURSE_TYPES = ["audit", "bootcamp-2u"]
        assert listed(as_alice, "") == ["executive-education-2u", "verified-audit"]
        assert listed(as_alice, "course_type=audit") == []
        shown = "include_retired_course_types=1"
        assert listed(as_alice, f"course_type=audit&{shown}") == ["audit"]
        assert as_alice.get(f"{URL}NorthU+audit/").status_code == 404
        assert as_alice.get(f"{URL}NorthU+audit/?{shown}").status_code == 200


class TestStatuses:
    """`course_run_statuses`."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner) -> None:
        past, future = timezone.now() - DAY, timezone.now() + DAY
        runs: dict[str, dict[str, Any]] = {
            "legal": {"status": "review_by_legal"},
            "internal": {"status": "review_by_internal", "end": past},
            "reviewed": {"status": "reviewed"},
            "published": {"status": "published", "end": past},
            "new": {"status": "unpublished", "end": future},
            "endless": {"status": "unpublished"},
            "old": {"status": "unpublished", "end": past},
            "hidden": {"status": "published", "hidden": True},
        }
        for name, values in runs.items():
            CourseRunFactory(
                course=course(partner, name), key=f"course-v1:NorthU+{name}+1", **values
            )
        course(partner, "none")

    @pytest.mark.parametrize(
        ("statuses", "found"),
        [
            ("review_by_legal", "legal"),
            ("review_by_internal", "internal"),
            ("reviewed", "reviewed"),
            ("published", "published"),
            ("unpublished", "endless new old"),
            ("in_review", "internal legal"),
            ("unsubmitted", "endless new"),
            ("archived", "old"),
            ("archived,in_review", "internal legal old"),
            (" reviewed , published ", "published reviewed"),
            ("", "endless hidden internal legal new none old published reviewed"),
        ],
    )
    def test_statuses(self, as_alice: APIClient, statuses: str, found: str) -> None:
        assert listed(as_alice, f"course_run_statuses={statuses}") == found.split()

    def test_each_status_finds_what_courses_say_of_themselves(self, as_alice: APIClient) -> None:
        for name in ("reviewed", "published", "archived", "review_by_legal"):
            bodies = as_alice.get(f"{URL}?course_run_statuses={name}").json()["results"]
            assert [body["course_run_statuses"] for body in bodies] == [[name]]

    def test_restricted_runs_do_not_count_unless_named(self, as_alice: APIClient) -> None:
        run = CourseRun.objects.get(status="reviewed")
        RestrictedCourseRun.everything.create(course_run=run, restriction_type="custom-b2c")
        query = "course_run_statuses=reviewed"
        assert listed(as_alice, query) == []
        assert listed(as_alice, f"{query}&include_restricted=custom-b2b-enterprise") == []
        assert listed(as_alice, f"{query}&include_restricted=custom-b2c") == ["reviewed"]

    def test_an_unknown_one_is_400_and_names_those_there_are(self, as_alice: APIClient) -> None:
        answer = as_alice.get(f"{URL}?course_run_statuses=published,finished")
        assert answer.status_code == 400
        (reason,) = answer.json()["course_run_statuses"]
        assert "'finished'" in reason
        assert all(name in reason for name in STATUS_RULES)


class TestOrdering:
    """`ordering` by any field that has a column."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner) -> None:
        levels = [LevelTypeFactory(sort_value=value) for value in (9, 8)]
        rows: list[tuple[str, dict[str, Any]]] = [
            ("c", {"title": "apple", "enrollment_count": 5, "level_type": levels[0]}),
            ("B", {"title": "Banana", "enrollment_count": 7, "level_type": levels[1]}),
            ("a", {"title": None, "enrollment_count": 5, "level_type": None}),
        ]
        for name, values in rows:
            course(partner, name, **values)

    @pytest.mark.parametrize(
        ("ordering", "found"),
        [
            ("", "aBc"),
            ("key", "aBc"),
            ("-key", "cBa"),
            ("title", "acB"),
            ("-title", "Bca"),
            ("enrollment_count,title", "acB"),
            ("-enrollment_count,-title", "Bca"),
            ("level_type", "aBc"),
            ("-level_type", "cBa"),
            ("nonsense,title", "acB"),
            ("nonsense", "aBc"),
            ("course_runs", "aBc"),
            ("type__partner", "aBc"),
            ("--title", "aBc"),
            ("?", "aBc"),
        ],
    )
    def test_orders(self, as_alice: APIClient, ordering: str, found: str) -> None:
        assert "".join(listed(as_alice, f"ordering={ordering}")) == found

    @pytest.mark.parametrize("name", sorted(CourseViewSet.ordering_columns))
    def test_every_column_orders_both_ways(self, as_alice: APIClient, name: str) -> None:
        assert sorted(listed(as_alice, f"ordering={name}")) == ["B", "a", "c"]
        assert sorted(listed(as_alice, f"ordering=-{name}")) == ["B", "a", "c"]


class TestQueryStrings:
    """`q`: all filters still hold; the flags of nested runs and programs do not count."""

    @pytest.fixture(autouse=True)
    def courses(self, partner: Partner, no_index: Any) -> None:
        for name, title in (("A", "Physics of waves"), ("B", "Physics of heat"), ("C", "Music")):
            made = course(partner, name, title=title)
            run = CourseRunFactory(course=made, key=f"course-v1:NorthU+{name}+1")
            SeatFactory(course_run=run)
            CourseRunFactory(course=made, key=f"course-v1:NorthU+{name}+2", hidden=True)
        secret = CourseRunFactory(course=made, key="course-v1:NorthU+C+3")
        RestrictedCourseRun.everything.create(course_run=secret, restriction_type="custom-b2c")
        deleted = ProgramFactory(partner=partner, status="deleted", courses_in_order=[made])
        assert deleted.courses.count() == 1
        call_command("update_index", verbosity=0)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=physics", "AB"),
            ("q=physics&keys=NorthU%2BB,NorthU%2BC", "B"),
            ("q=physics&course_type=bootcamp-2u", ""),
            ("q=physics&timestamp=2999-01-01", ""),
            ("q=physics&course_run_statuses=reviewed", ""),
            ("q=physics&course_run_statuses=published", "AB"),
            ("q=physics&ordering=-title", "AB"),
            ("q=physics&ordering=title", "BA"),
            ("q=physics and waves", "A"),
            ("q=physics not waves", "B"),
            ("q=*", "ABC"),
            ("q= ", "ABC"),
            ("q=nothing", ""),
        ],
    )
    def test_filters_hold(self, as_alice: APIClient, query: str, found: str) -> None:
        assert "".join(listed(as_alice, query)) == found

    @pytest.mark.parametrize("q", ["music", "*", "key:NorthU%2BC"])
    @pytest.mark.parametrize(
        "flag",
        ["", "&marketable_course_runs_only=1", "&published_course_runs_only=1",
         "&marketable_enrollable_course_runs_with_archived=1", "&include_hidden_course_runs=0"],
    )  # fmt: skip
    def test_flags_of_nested_runs_do_not_count(
        self, as_alice: APIClient, q: str, flag: str
    ) -> None:
        (found,) = as_alice.get(f"{URL}?keys=NorthU%2BC&q={q}{flag}").json()["results"]
        assert [key[-1] for key in found["course_run_keys"]] == ["1", "2"]
        assert len(found["programs"]) == 1

    def test_restricted_runs_stay_hidden(self, as_alice: APIClient) -> None:
        query = f"{URL}?q=music&include_restricted=custom-b2c"
        (found,) = as_alice.get(query).json()["results"]
        assert [key[-1] for key in found["course_run_keys"]] == ["1", "2", "3"]

    @pytest.mark.parametrize("q", ["title:((", "((", '"', "start:[a TO"])
    def test_a_bad_query_is_400_with_the_reason(self, as_alice: APIClient, q: str) -> None:
        answer = as_alice.get(URL, {"q": q})
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("q: ")


def test_filters_hold_for_details_too(as_alice: APIClient, partner: Partner) -> None:
    made = course(partner, "A")
    CourseUrlSlug.objects.create(course=made, partner=partner, url_slug="a", is_active=True)
    assert as_alice.get(f"{URL}NorthU+A/?keys=NorthU%2BA").status_code == 200
    assert as_alice.get(f"{URL}NorthU+A/?keys=NorthU%2BB").status_code == 404
    answer = as_alice.get(f"{URL}NorthU+A/?uuids=zzz")
    assert (answer.status_code, list(answer.json())) == (400, ["uuids"])
