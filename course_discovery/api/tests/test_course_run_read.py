"""Reading course runs."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, CourseRunType, RestrictedCourseRun
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    PartnerFactory,
    SeatFactory,
)

URL = "/api/v1/course_runs/"
KEY = "course-v1:NorthU+PHY101+1T2030"


@pytest.fixture
def run(partner: Partner) -> CourseRun:
    course = CourseFactory(partner=partner, key="NorthU+PHY101", title="Waves")
    return CourseRunFactory(course=course, key=KEY, license="all-rights-reserved")


@pytest.mark.parametrize("key", [KEY, quote(KEY, safe=""), KEY.lower(), "old/style/key"])
def test_a_run_is_found_by_its_key_however_it_is_written(
    as_alice: APIClient, run: CourseRun, key: str
) -> None:
    CourseRunFactory(course=run.course, key="Old/Style/Key")
    for end in ("", "/"):
        answer = as_alice.get(f"{URL}{key}{end}")
        assert answer.status_code == 200
        assert answer.json()["course"] == "NorthU+PHY101"


def test_overrides_win_over_the_course(as_alice: APIClient, run: CourseRun) -> None:
    assert as_alice.get(f"{URL}{KEY}/").json()["title"] == "Waves"
    run.title_override = "Waves, again"
    run.save()
    assert as_alice.get(f"{URL}{KEY}/").json()["title"] == "Waves, again"


def test_restricted_runs_are_hidden_unless_named(as_alice: APIClient, run: CourseRun) -> None:
    RestrictedCourseRun.everything.create(course_run=run, restriction_type="custom-b2c")
    assert as_alice.get(URL).json()["count"] == 0
    assert as_alice.get(f"{URL}{KEY}/").status_code == 404
    shown = as_alice.get(f"{URL}{KEY}/?include_restricted=custom-b2c")
    assert shown.json()["restriction_type"] == "custom-b2c"
    assert as_alice.get(f"{URL}?include_restricted=custom-b2b-enterprise").json()["count"] == 0


def test_filters(as_alice: APIClient, run: CourseRun) -> None:
    past = timezone.now() - timedelta(days=1)
    hidden = CourseRunFactory(course=run.course, key="course-v1:NorthU+PHY101+h", hidden=True)
    CourseRunFactory(course=run.course, key="course-v1:NorthU+PHY101+e", end=past)
    SeatFactory(course_run=hidden)
    for query, count in {
        "": 3, "hidden=true": 1, "hidden=0": 2, "active=1": 2, "active=false": 3,
        "marketable=True": 1, "marketable=0": 3, "license=ALL-rights-reserved": 1,
        f"keys={quote(KEY)},{quote(hidden.key)}": 2, "keys=": 3, "keys=nothing": 0,
    }.items():  # fmt: skip
        assert as_alice.get(f"{URL}?{query}").json()["count"] == count, query


@pytest.mark.parametrize("query", ["hidden=maybe", "active=2", "marketable=x"])
def test_a_bad_truth_value_is_400(as_alice: APIClient, run: CourseRun, query: str) -> None:
    answer = as_alice.get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()) == [query.partition("=")[0]]


def test_ordering_by_start(as_alice: APIClient, run: CourseRun) -> None:
    now = timezone.now()
    run.start = now
    run.save()
    CourseRunFactory(course=run.course, key="course-v1:A+A+A", start=now + timedelta(days=1))
    for ordering, first in {
        "start": KEY,
        "-start": "course-v1:A+A+A",
        "": "course-v1:A+A+A",
    }.items():
        assert as_alice.get(f"{URL}?ordering={ordering}").json()["results"][0]["key"] == first


def test_only_the_partners_runs_of_current_types(
    as_alice: APIClient, run: CourseRun, settings: pytest.FixtureRequest
) -> None:
    CourseRunFactory(course=CourseFactory(partner=PartnerFactory()))
    CourseRunFactory(
        course=run.course, key="course-v1:A+A+A", type=CourseRunType.objects.get(slug="empty")
    )
    assert as_alice.get(URL).json()["count"] == 2
    settings.RETIRED_RUN_TYPES = ["verified-audit"]  # type: ignore[attr-defined]
    assert as_alice.get(URL).json()["count"] == 1
    assert as_alice.get(f"{URL}?include_retired_run_types=1").json()["count"] == 2


@pytest.mark.parametrize(
    "key", ["course-v1:a+b+c", "course-v1:a+b", "x", "a/b/c/d", "%00", "ü+ü+ü"]
)
def test_an_unknown_key_is_404_in_json(as_alice: APIClient, run: CourseRun, key: str) -> None:
    answer = as_alice.get(f"{URL}{key}/")
    assert answer.status_code == 404
    assert answer.json()["detail"]
