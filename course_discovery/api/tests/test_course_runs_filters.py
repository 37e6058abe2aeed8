"""Parameters of the list of runs, each by itself and with a query string."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRunType, RestrictedCourseRun
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    PartnerFactory,
    ProgramFactory,
    SeatFactory,
)

URL = "/api/v1/course_runs/"
PREFIX = "course-v1:NorthU+PHY101+"


@pytest.fixture
def course(partner: Partner) -> Course:
    """A course with runs of every sort."""
    made: Course = CourseFactory(partner=partner, key="NorthU+PHY101", title="Physics")
    now = timezone.now()
    past, future = now - timedelta(days=9), now + timedelta(days=9)
    runs: dict[str, dict[str, Any]] = {
        "open": {"end": future, "start": past, "license": "cc-by-sa"},
        "endless": {"start": None},
        "ended": {"end": past, "start": past - timedelta(days=9)},
        "closed": {"enrollment_end": past, "start": future},
        "hidden": {"hidden": True, "start": now, "license": "CC-BY-SA"},
        "unpublished": {"status": "unpublished", "start": now},
        "free": {"start": now},
    }
    for name, values in runs.items():
        run = CourseRunFactory(course=made, key=PREFIX + name, **values)
        if name != "free":
            SeatFactory(course_run=run)
    secret = CourseRunFactory(course=made, key=f"{PREFIX}secret", title_override="Secret physics")
    RestrictedCourseRun.everything.create(course_run=secret, restriction_type="custom-b2c")
    return made


ALL = "closed ended endless free hidden open unpublished"
WITH_SECRET = "closed ended endless free hidden open secret unpublished"


def listed(client: APIClient, query: str) -> str:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["count"] == len(body["results"])
    return " ".join(each["key"].removeprefix(PREFIX) for each in body["results"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("active=1", "endless free hidden open unpublished"),
        ("active=TRUE", "endless free hidden open unpublished"),
        ("active=0", ALL),
        ("active=", ALL),
        ("marketable=true", "closed ended endless hidden open"),
        ("marketable=1&active=1", "endless hidden open"),
        ("marketable=false", ALL),
        ("hidden=1", "hidden"),
        ("hidden=false", "closed ended endless free open unpublished"),
        ("license=cc-by-sa", "hidden open"),
        ("license=none", ""),
        ("license=", ALL),
        (f"keys={quote(PREFIX)}open,{quote(PREFIX.upper())}FREE", "free open"),
        ("keys=nothing", ""),
        ("keys=", ALL),
        ("include_restricted=custom-b2c", WITH_SECRET),
        ("include_restricted=custom-b2b-enterprise", ALL),
        ("include_restricted=custom-b2b-enterprise,custom-b2c", WITH_SECRET),
        ("include_restricted=custom-b2b-enterprise&include_restricted=custom-b2c", WITH_SECRET),
        ("partner=somebody-else", ALL),
        ("nonsense=1", ALL),
        ("ordering=nonsense", ALL),
        ("ordering=key", ALL),
    ],
)  # fmt: skip
def test_filters(as_alice: APIClient, course: Course, query: str, found: str) -> None:
    assert listed(as_alice, query) == found


@pytest.mark.parametrize(
    ("ordering", "found"),
    [
        ("start", "endless ended open unpublished closed"),
        ("-start", "closed unpublished open ended endless"),
    ],
)
def test_ordering_by_start_has_runs_without_one_first(
    as_alice: APIClient, course: Course, ordering: str, found: str
) -> None:
    keys = ",".join(PREFIX + name for name in found.split())
    assert listed(as_alice, f"keys={quote(keys)}&ordering={ordering}") == found


@pytest.mark.parametrize(
    "parameter",
    ["active", "marketable", "hidden", "editable", "exclude_utm", "include_retired_run_types",
     "include_deleted_programs", "include_unpublished_programs", "include_retired_programs"],
)  # fmt: skip
def test_a_bad_flag_is_400_and_names_it(
    as_alice: APIClient, course: Course, parameter: str
) -> None:
    for address in (URL, f"{URL}{PREFIX}open/"):
        answer = as_alice.get(f"{address}?{parameter}=maybe")
        assert (answer.status_code, list(answer.json())) == (400, [parameter])


def test_retired_types(as_alice: APIClient, course: Course, settings: Any) -> None:
    CourseRunFactory(
        course=course, key=f"{PREFIX}odd", type=CourseRunType.objects.get(slug="empty")
    )
    settings.RETIRED_RUN_TYPES = ["empty"]
    address = f"{URL}{PREFIX}odd/"
    assert listed(as_alice, "") == ALL
    assert as_alice.get(address).status_code == 404
    shown = "include_retired_run_types=1"
    assert "odd" in listed(as_alice, shown)
    assert as_alice.get(f"{address}?{shown}").status_code == 200


class TestPrograms:
    """Programs of a run: those that are active, without those that exclude it."""

    @pytest.fixture(autouse=True)
    def programs(self, course: Course) -> None:
        for status in ("active", "unpublished", "retired", "deleted"):
            ProgramFactory(
                partner=course.partner, title=status, status=status, courses_in_order=[course]
            )
        excluding = ProgramFactory(
            partner=course.partner, title="excluding", courses_in_order=[course]
        )
        excluding.excluded_course_runs.add(course.course_runs.get(key=f"{PREFIX}open"))

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", "active"),
            ("include_unpublished_programs=1", "active unpublished"),
            ("include_retired_programs=1", "active retired"),
            ("include_deleted_programs=1", "active deleted"),
            ("include_deleted_programs=1&include_retired_programs=1", "active retired deleted"),
            ("include_deleted_programs=0", "active"),
        ],
    )
    def test_flags_show_more(self, as_alice: APIClient, query: str, shown: str) -> None:
        body = as_alice.get(f"{URL}{PREFIX}open/?{query}").json()
        assert " ".join(each["title"] for each in body["programs"]) == shown

    def test_another_run_is_in_the_program_that_excludes_one(self, as_alice: APIClient) -> None:
        body = as_alice.get(f"{URL}{PREFIX}free/").json()
        assert [each["title"] for each in body["programs"]] == ["active", "excluding"]

    def test_sparse_fields_reach_into_them(self, as_alice: APIClient) -> None:
        body = as_alice.get(f"{URL}{PREFIX}open/?fields=key,programs,title").json()
        assert body == {
            "key": f"{PREFIX}open", "title": "Physics", "programs": [{"title": "active"}],
        }  # fmt: skip


class TestQueryStrings:
    """`q`: all filters still hold, and the partner."""

    @pytest.fixture(autouse=True)
    def index(self, course: Course, no_index: Any) -> None:
        stranger = CourseFactory(partner=PartnerFactory(), title="Physics")
        SeatFactory(course_run=CourseRunFactory(course=stranger))
        music = CourseFactory(partner=course.partner, key="NorthU+MUS101", title="Music")
        SeatFactory(course_run=CourseRunFactory(course=music, key="course-v1:NorthU+MUS101+1"))
        call_command("update_index", verbosity=0)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=physics", ALL),
            ("q=physics&active=1", "endless free hidden open unpublished"),
            ("q=physics&hidden=1", "hidden"),
            ("q=physics&license=cc-by-sa&hidden=0", "open"),
            ("q=physics&marketable=1&active=1", "endless hidden open"),
            (f"q=physics&keys={quote(PREFIX)}open", "open"),
            ("q=physics&active=1&hidden=0&ordering=start", "endless open unpublished free"),
            ("q=secret", ""),
            ("q=secret&include_restricted=custom-b2c", "secret"),
            ("q=music", "course-v1:NorthU+MUS101+1"),
            ("q=nothing", ""),
            ("q=*&hidden=1", "hidden"),
        ],
    )
    def test_filters_hold(self, as_alice: APIClient, query: str, found: str) -> None:
        assert listed(as_alice, query) == found

    def test_a_bad_query_is_400_with_the_reason(self, as_alice: APIClient) -> None:
        answer = as_alice.get(f"{URL}?q=(((")
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("q: ")


@pytest.mark.parametrize(
    ("query", "length", "following"),
    [
        ("", 7, None),
        ("limit=3", 3, "limit=3&offset=3"),
        ("limit=3&offset=6", 1, None),
        ("page=2&page_size=3", 3, "page=3&page_size=3"),
        ("page_size=3", 7, None),
        ("page=&page_size=3", 7, None),
    ],
)
def test_pages(
    as_alice: APIClient, course: Course, query: str, length: int, following: str | None
) -> None:
    body = as_alice.get(f"{URL}?{query}").json()
    assert (body["count"], len(body["results"])) == (7, length)
    assert (following in body["next"]) if following else body["next"] is None
