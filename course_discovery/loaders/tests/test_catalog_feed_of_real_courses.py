"""A real table of courses, as a feed. Needs REFERENCE_DIR, where the table lies."""

import csv
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import refusals

Line = dict[str, Any]


@pytest.fixture
def table() -> list[dict[str, str]]:
    folder = os.environ.get("REFERENCE_DIR")
    if not folder:
        pytest.skip("REFERENCE_DIR is not set")
    path = Path(folder) / "data" / "harvard_mit_courses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_line(row: dict[str, str]) -> Line:
    day = datetime.strptime(row["Launch Date"], "%m/%d/%Y")
    honor = row["Honor Code Certificates"] == "1"
    key = f"{row['Institution']}+{row['Course Number']}"
    return {
        "kind": "course_run",
        "key": f"course-v1:{key}+{day:%Y_%m_%d}",
        "title": row["Course Title"],
        "start": f"{day:%Y-%m-%d}T00:00:00Z",
        "pacing_type": "instructor_paced",
        "content_language": "en",
        "seats": [{"type": "honor" if honor else "audit", "price": 0}],
    }


def course_line(row: dict[str, str]) -> Line:
    return {
        "kind": "course",
        "key": f"{row['Institution']}+{row['Course Number']}",
        "title": row["Course Title"],
        "organizations": [row["Institution"]],
    }


def test_every_run_arrives_and_every_other_row_is_explained(
    table: list[dict[str, str]], load_feed: Callable[..., LoadedSource]
) -> None:
    assert len(table) == 290
    runs = [run_line(row) for row in table]
    courses = list({row["key"]: row for row in map(course_line, table)}.values())
    organizations = [
        {"kind": "organization", "key": key} for key in sorted({r["Institution"] for r in table})
    ]
    # Runs first: the order of the lines does not matter.
    lines = [*runs, *courses, *organizations]
    source = load_feed(*lines)
    assert source.state == "done"
    assert CourseRun.objects.count() == CourseRun.everything.count() == 286
    assert Course.objects.count() == len(courses) - 1
    assert Organization.objects.count() == 2
    assert not CourseRun.objects.filter(type__slug="empty").exists()
    assert not Course.objects.filter(type__slug="empty").exists()

    told = refusals(source)
    twice = [line for line, _key, reason in told if reason.startswith("the same key as in line")]
    spaces = {key for _line, key, reason in told if "key" in reason and " " in key}
    keys = {number: line["key"] for number, line in enumerate(lines, start=1)}
    assert [keys.get(line or 0) for line in twice] == ["course-v1:MITx+7.00x+2014_06_17"]
    assert spaces == {
        "course-v1:MITx+JPAL 101x+2014_04_01", "course-v1:MITx+JPAL 101x+2014_10_01",
        "course-v1:MITx+JPAL 101x+2015_04_01", "MITx+JPAL 101x",
    }  # fmt: skip
    assert len(told) == 5

    again = load_feed(*lines)
    assert (again.created, again.updated, again.unchanged) == (0, 0, source.created)
