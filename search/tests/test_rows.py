"""Result rows: what of a hit is served, from the document alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from search.documents.kinds import COURSE, COURSE_RUN
from search.queries.page import Hit, find_one
from search.queries.rows import Flags, limited_row, result_row
from search.tests.catalog import DAY, NOW, make_course, make_run, restrict
from search.tests.finding import asking, listed

pytestmark = pytest.mark.django_db
MIT = "MITx+6.00x"


@pytest.fixture
def course(indexes: Settings, drain_at_now: Callable[[], None]) -> Course:
    course = make_course(MIT, title="Python", outcome="<p>Much</p>")
    run = f"course-v1:{MIT}+"
    make_run(
        course, run + "current", start=NOW - DAY, end=NOW + 9 * DAY, language_id="en",
        go_live_date=NOW, fixed_price_usd=10, min_effort=2, max_effort=4, weeks_to_complete=5,
    )  # fmt: skip
    make_run(course, run + "ended", start=NOW - 9 * DAY, end=NOW - DAY, language_id="es")
    make_run(
        course, run + "unpublished", start=NOW - 8 * DAY, end=NOW - DAY, language_id="fr",
        status=CourseRunStatus.UNPUBLISHED,
    )  # fmt: skip
    restrict(make_run(course, run + "restricted", start=NOW))
    drain_at_now()
    return course


def row(identifier: str = MIT, *, placed: bool = False, **parameters: Any) -> dict[str, Any]:
    asked = asking(**parameters)
    return result_row(hit(identifier), Flags.of(listed(parameters), asked), placed=placed)


def hit(identifier: str) -> Hit:
    kind = COURSE_RUN if identifier.startswith("course-v1") else COURSE
    found = find_one(asking([kind], include_restricted="custom-b2c"), identifier)
    assert found is not None
    return found


def runs(**parameters: Any) -> list[str]:
    return [run["key"].rpartition("+")[2] for run in row(**parameters)["course_runs"]]


def test_row_is_served_without_the_database(course: Course) -> None:
    found = hit(MIT)
    with CaptureQueriesContext(connection) as queries:
        result_row(found, Flags(NOW))
    assert len(queries) == 0


def test_course_shows_every_run_but_restricted_ones(course: Course) -> None:
    assert runs() == ["ended", "unpublished", "current"]
    assert runs(include_restricted="custom-b2c") == [
        "ended",
        "unpublished",
        "current",
        "restricted",
    ]
    assert runs(include_restricted="custom-b2b-enterprise") == runs()


def test_ended_runs_are_left_out_unless_asked_for(course: Course) -> None:
    assert runs(exclude_expired_course_run="0") == ["current"]
    assert runs(exclude_expired_course_run="") == ["ended", "unpublished", "current"]
    kept = runs(exclude_expired_course_run="true", status="published")
    assert kept == ["ended", "current"]


def test_languages_and_seats_are_those_of_the_runs_that_are_shown(course: Course) -> None:
    assert row()["languages"] == ["English", "French", "Spanish"]
    assert row(exclude_expired_course_run="1")["languages"] == ["English"]
    assert row(exclude_expired_course_run="1")["seat_types"] == ["verified"]
    # Ended runs may be shown all the same, but nobody can take them any more.
    kept = row(exclude_expired_course_run="1", status="published")
    assert (len(kept["course_runs"]), kept["languages"]) == (2, ["English"])


def test_detail_fields_are_shown_when_asked_for(course: Course) -> None:
    plain, detailed = row(), row(detail_fields="1")
    assert {*detailed} - {*plain} == {"outcome", "level_type", "modified"}
    assert {*detailed["course_runs"][0]} - {*plain["course_runs"][0]} == {
        "staff",
        "content_language",
    }
    assert detailed["outcome"] == "<p>Much</p>"
    assert detailed["modified"].endswith("+00:00")


def test_dates_are_written_in_the_two_known_forms(course: Course) -> None:
    run = row(f"course-v1:{MIT}+current")
    assert run["go_live_date"] == "2030-01-01T00:00:00+00:00"
    assert run["end"] == "2030-01-10T00:00:00Z"
    nested = row()["course_runs"][2]
    assert nested["go_live_date"] == "2030-01-01T00:00:00Z"
    assert len(nested["modified"]) == len("2030-01-01T00:00:00Z")


def test_nested_run_tells_prices_and_hours(course: Course) -> None:
    ended, _, current = row()["course_runs"]
    assert current["first_enrollable_paid_seat_price"] == 49
    assert current["fixed_price_usd"] == 10.0
    assert ended["fixed_price_usd"] is None
    assert (current["estimated_hours"], ended["estimated_hours"]) == (15.0, 0)
    assert current["enrollment_mode"] == "verified"


def test_version_2_tells_the_place(course: Course) -> None:
    placed = row(placed=True)
    assert list(placed)[-2:] == ["aggregation_uuid", "sort"]
    assert placed["aggregation_uuid"] == f"course:{course.uuid}"


def test_limited_row_has_few_keys_and_no_empty_ones(course: Course) -> None:
    assert limited_row(hit(MIT)) == {
        "partner": "edX",
        "subject_uuids": [str(course.subjects.get().uuid)],
        "uuid": str(course.uuid),
        "key": MIT,
        "aggregation_key": f"course:{MIT}",
        "content_type": "course",
    }
    assert "authoring_organization_uuids" in limited_row(hit(f"course-v1:{MIT}+current"))
