"""A catalog as CSV."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from rest_framework.test import APIClient

from course_discovery.api.tests.catalogs import catalog_of
from course_discovery.api.tests.clients.catalog import DAY, restricted, sold_course, sold_run
from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.v1.catalog_csv import COLUMNS, lines
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, SeatType
from course_discovery.course_metadata.tests.factories import SeatFactory

Drain = Callable[[], None]


@pytest.fixture(autouse=True)
def index(indexes: Settings) -> Settings:
    return indexes


def table(client: APIClient, catalog: Any, query: str = "") -> list[dict[str, str]]:
    """The rows of the table."""
    answer: Any = client.get(f"/api/v1/catalogs/{catalog.pk}/csv/{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def course(partner: Partner) -> Course:
    return sold_course(partner, "NorthU+PHY101", title="=1+1", short_description='<p>A, "b"\nc</p>')


def test_a_run_by_columns(as_sam: APIClient, course: Course, drain: Drain) -> None:
    run = sold_run(course, "1T2030", max_effort=9)
    for hours, provider in ((3, "asu"), (4, "")):
        SeatFactory(
            course_run=run, type_id="credit", price=hours, credit_hours=hours,
            credit_provider=provider,
        )  # fmt: skip
    drain()
    (row,) = table(as_sam, catalog_of())
    assert tuple(row) == COLUMNS
    assert len(COLUMNS) == 49
    stored = as_sam.get(f"/api/v1/course_runs/{run.key}/").json()
    same = ("key", "start", "end", "pacing_type", "modified", "marketing_url", "content_language")
    assert {name: row[name] for name in same} == {name: stored[name] for name in same}
    assert row["title"] == "'=1+1"
    assert row["short_description"] == '<p>A, "b"\nc</p>'
    assert (row["owners"], row["sponsors"], row["subjects"]) == ("NorthU", "", "Physics")
    assert (row["max_effort"], row["course_key"]) == ("9", "NorthU+PHY101")
    assert row["image.src"] == "https://img.example.com/waves.png"
    assert (row["seats.audit.type"], row["seats.honor.type"]) == ("audit", "")
    assert (row["seats.verified.price"], row["seats.verified.currency"]) == ("49.00", "USD")
    assert row["seats.credit.price"] == "3.00,4.00"
    assert row["seats.credit.credit_hours"] == "3,4"
    assert row["seats.credit.credit_provider"] == "asu,"
    assert row["seats.credit.type"] == "credit"
    assert "utm_source=sam" in row["marketing_url"]


def test_active_marketable_runs_that_are_not_restricted(
    as_sam: APIClient, course: Course, drain: Drain
) -> None:
    now = timezone.now()
    sold_run(course, "open")
    sold_run(course, "hidden", hidden=True)
    sold_run(course, "later", enrollment_start=now + DAY)
    sold_run(course, "over", end=now - DAY)
    sold_run(course, "bare", status="unpublished")
    restricted(sold_run(course, "B2B"))
    drain()
    catalog = catalog_of()

    def runs(query: str = "") -> list[str]:
        return sorted(row["key"].rpartition("+")[2] for row in table(as_sam, catalog, query))

    assert runs() == ["hidden", "later", "open"]
    shown = runs("?include_restricted=custom-b2b-enterprise")
    assert shown == ["B2B", "hidden", "later", "open"]
    assert table(as_sam, catalog_of("title:nothing")) == []


@pytest.mark.parametrize("slug", ["paid-executive-education", "unheard-of"])
def test_seats_of_other_types_are_no_fault(
    as_sam: APIClient, course: Course, drain: Drain, slug: str
) -> None:
    SeatType.objects.get_or_create(slug=slug, defaults={"name": slug})
    SeatFactory(course_run=sold_run(course, "open"), type_id=slug, price=2000)
    drain()
    (row,) = table(as_sam, catalog_of())
    assert row["seats.verified.price"] == "49.00"


@pytest.mark.parametrize("accept", ["*/*", "text/csv", "application/json", "text/*"])
def test_the_answer_is_a_file_whatever_is_accepted(as_sam: APIClient, accept: str) -> None:
    catalog = catalog_of()
    with freeze_time("2030-01-02T03:04:05Z"):
        answer = as_sam.get(f"/api/v1/catalogs/{catalog.pk}/csv/", headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv")
    name = f"catalog_{catalog.pk}_2030-01-02-03-04.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.streaming


def test_refusals_are_told_to_those_who_take_only_tables(as_alice: APIClient) -> None:
    url, headers = f"/api/v1/catalogs/{catalog_of().pk}/csv/", {"Accept": "text/csv"}
    refused = as_alice.get(url, headers=headers)
    detail = "You do not have permission to perform this action."
    assert (refused.status_code, refused.content) == (403, f"detail\r\n{detail}\r\n".encode())
    missing = as_alice.get("/api/v1/catalogs/0/csv/", headers=headers)
    assert (missing.status_code, missing.content) == (404, b"detail\r\nNot found.\r\n")


def test_rows_are_read_while_they_are_sent(
    as_sam: APIClient, partner: Partner, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_discovery.api.v1.catalog_runs.BATCH", 2)
    for number in range(5):
        sold_run(sold_course(partner, f"NorthU+{number}"), "open")
    drain()
    answer: Any = as_sam.get(f"/api/v1/catalogs/{catalog_of().pk}/csv/")
    made = iter(answer.streaming_content)
    with CaptureQueriesContext(connection) as queries:
        next(made)
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        first = next(made)
    assert b"NorthU+0" in first
    assert len(queries) == 2
    rest = list(made)
    assert [f"NorthU+{number}".encode() in line for number, line in enumerate(rest, 1)] == [
        True
    ] * 4


@given(st.text(max_size=30))
def test_no_cell_starts_a_formula_and_none_is_lost(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO("".join(lines([dict.fromkeys(COLUMNS, text)])), newline=""))
    assert set(row) == set(COLUMNS)
    (cell,) = set(row.values())
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")


@needs_samples
def test_the_columns_are_those_recorded(as_sam: APIClient) -> None:
    recorded = json.loads(sample_path("catalog_csv").read_text(encoding="utf-8"))["body"]
    assert ",".join(COLUMNS) == recorded["_first_lines"][0]
