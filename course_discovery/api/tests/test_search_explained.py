"""`explain=1`: each hit of a search says why it is there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from search.queries.boosts import DECAY
from search.queries.reasons import share
from search.tests.catalog import make_course, make_program, make_run

V2 = "/api/v2/search/all/"
PATHS = (
    "/api/v1/search/all/", "/api/v1/search/limited/", "/api/v1/search/courses/",
    "/api/v1/search/course_runs/", "/api/v1/search/programs/", V2,
)  # fmt: skip


@pytest.fixture
def catalog(no_index: Any, partner: Partner) -> None:
    """A course with runs of several sorts, and a program."""
    course = make_course("MITx+6.00x", partner=partner, runs=2, title="History of Python")
    start, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 6, 1, tzinfo=UTC)
    make_run(course, "course-v1:MITx+6.00x+OLD", pacing_type="self_paced", start=start, end=end)
    make_program(course, partner=partner, title="All of History")
    call_command("update_index", verbosity=0)


def rows(client: APIClient, path: str, **parameters: Any) -> list[Any]:
    response = client.get(path, parameters)
    assert response.status_code == 200, response.content
    return response.json()["results"]


@pytest.mark.parametrize("path", PATHS)
def test_each_hit_says_which_fields_have_the_words(
    as_alice: APIClient, catalog: None, path: str
) -> None:
    found = rows(as_alice, path, q="history", explain="1")
    assert found
    for row in found:
        assert {"title", "text"} <= set(row["explanation"]["fields"])
        assert row["explanation"]["words"][0].startswith("The words are in: ")
        # What is not asked for is not there, and nothing else changes.
        del row["explanation"]
    assert found == rows(as_alice, path, q="history")


def test_field_that_is_asked_is_the_one_that_is_named(as_alice: APIClient, catalog: None) -> None:
    (found,) = rows(as_alice, PATHS[2], q="title:=python", explain="true")
    assert found["explanation"]["fields"] == ["title"]


def test_boosts_and_decay_add_up_to_the_score(as_alice: APIClient, catalog: None) -> None:
    found = rows(as_alice, V2, ordering="relevance", explain="1")
    assert len(found) > 3
    for row in found:
        why = row["explanation"]
        added = sum(each["weight"] for each in why["boosts"])
        added += why["decay"]["weight"] * why["decay"]["share"]
        # Everything matches, which counts 1.
        assert row["sort"][0] == pytest.approx(1 + added, abs=0.01), row["aggregation_uuid"]


def test_words_are_plain(as_alice: APIClient, catalog: None) -> None:
    found = rows(as_alice, PATHS[3], explain="1")
    old = next(row for row in found if row["key"].endswith("OLD"))["explanation"]
    assert "+5: self-paced." in old["words"]
    assert old["words"][-1] == f"+0.0 of {DECAY.weight}: {DECAY.says}."


@pytest.mark.parametrize("value", ["yes", "2", "-1"])
def test_what_is_neither_true_nor_false_is_400(
    as_alice: APIClient, catalog: None, value: str
) -> None:
    response = as_alice.get(PATHS[0], {"explain": value})
    assert response.status_code == 400
    assert "explain" in response.content.decode()


def test_nothing_found_explains_nothing(as_alice: APIClient, catalog: None) -> None:
    assert rows(as_alice, PATHS[2], q="nothing of the kind", explain="1") == []


def test_decay_is_a_gaussian_curve_of_the_nearest_date() -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    month = timedelta(days=30)
    assert share([], now) == 1
    assert share([now], now) == 1
    assert share([now + month], now) == pytest.approx(0.95)
    assert share([now - month, now + 9 * month], now) == pytest.approx(0.95)
    assert share([now + 2 * month], now) == pytest.approx(0.95**4)
