"""Result rows have the keys, their order, and the types that clients know."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models import Course, Organization
from course_discovery.course_metadata.models.course_run import CourseRunPacing
from course_discovery.course_metadata.tests.factories import PositionFactory
from learner_pathway.models import LearnerPathway
from search.documents.kinds import (
    COURSE,
    COURSE_RUN,
    KINDS,
    LEARNER_PATHWAY,
    PERSON,
    PROGRAM,
    Kind,
)
from search.queries.page import Hit, search_page
from search.queries.rows import Flags, limited_row, result_row
from search.tests.catalog import (
    DAY,
    NOW,
    make_course,
    make_pathway,
    make_person,
    make_program,
    make_run,
    restrict,
)
from search.tests.finding import asking, listed

pytestmark = pytest.mark.django_db
ROOT = "https://catalog.example.com"
Shapes = dict[str, Any]


@pytest.fixture
def shapes() -> Shapes:
    """The keys and types of the contract by view and kind."""
    folder = os.environ.get("REFERENCE_DIR")
    if not folder:
        pytest.skip("REFERENCE_DIR is not set")
    path = Path(folder) / "contract" / "search_shapes.json"
    found: Shapes = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def pathway(indexes: Settings, drain_at_now: Callable[[], None]) -> LearnerPathway:
    """One of each kind, with what rows show of it."""
    course = make_course("MITx+6.00x", title="Python", outcome="<p>Much</p>")
    key = f"course-v1:{course.key}+"
    run = make_run(
        course, f"{key}1", start=NOW - DAY, end=NOW + 9 * DAY, language_id="en",
        pacing_type=CourseRunPacing.SELF, go_live_date=NOW, fixed_price_usd=10, min_effort=2,
        max_effort=4, weeks_to_complete=5,
    )  # fmt: skip
    Course.everything.update(canonical_course_run=run)
    Organization.objects.update(
        description="<p>Old.</p>", homepage_url=ROOT, data_modified_timestamp=NOW
    )
    restrict(make_run(course, f"{key}2"))
    program = make_program(
        course, title="Data", card_image="media/programs/card.png", max_hours_effort_per_week=4
    )
    ada = make_person(
        run, salutation="Prof.", given_name="Ada", family_name="Okafor", bio_language_id="es",
        profile_image="media/people/ada.png",
    )  # fmt: skip
    PositionFactory(person=ada, organization_override="Institute")
    pathway = make_pathway(course, program, banner_image="media/pathway/banner.png")
    drain_at_now()
    return pathway


def hit(kind: Kind) -> Hit:
    [found] = search_page(asking([kind])).hits
    return found


def rows_of(*, placed: bool = False, **parameters: Any) -> dict[str, dict[str, Any]]:
    """The row of each kind by content type, and what is nested in rows by its place."""
    flags = Flags.of(listed(parameters), asking(**parameters), root=ROOT)
    rows = {kind.content_type: result_row(hit(kind), flags, placed=placed) for kind in KINDS}
    nested = {
        f"{name}.{key}": row[key][0]
        for name, row in rows.items()
        for key in ("course_runs", "authoring_organizations", "steps")
        if row.get(key)
    }
    return rows | nested


def json_type(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case list():
            inner = sorted({json_type(each) for each in value})
            return f"array<{'|'.join(inner)}>"
    return {str: "string", int: "int", float: "float", dict: "object"}[type(value)]


@pytest.mark.parametrize(
    ("view", "parameters", "placed"),
    [
        ("v1_all", {}, False),
        ("v1_all_detail_fields", {"detail_fields": "1"}, False),
        ("v2_all", {}, True),
    ],
)
def test_rows_are_those_of_the_contract(
    shapes: Shapes, pathway: LearnerPathway, view: str, parameters: dict[str, str], placed: bool
) -> None:
    served = rows_of(placed=placed, **parameters)
    compared = [name for name in served if name in shapes[view]]
    assert compared
    for name in compared:
        known = shapes[view][name]["keys"]
        assert list(served[name]) == list(known), name
        strange = {
            key: json_type(value)
            for key, value in served[name].items()
            # A place without a date has null where others have a number.
            if key != "sort" and not _fits(json_type(value), known[key]["types"])
        }
        assert strange == {}, name


def _fits(served: str, known: dict[str, int]) -> bool:
    """Whether a type is a known one; which arrays are empty is a matter of the catalog."""
    return served in known or (
        served == "array<>" and any(each.startswith("array") for each in known)
    )


def test_limited_rows_are_those_of_the_contract(shapes: Shapes, pathway: LearnerPathway) -> None:
    for kind in (COURSE, COURSE_RUN, PROGRAM):
        known = shapes["limited"][kind.content_type]["keys"]
        served = limited_row(hit(kind))
        assert list(served) == list(known)
        assert all(json_type(served[key]) in known[key]["types"] for key in served)


def test_row_of_a_person(pathway: LearnerPathway) -> None:
    row = rows_of()["person"]
    [uuid] = [hit(PERSON).source["uuid"]]
    assert row == {
        "aggregation_key": f"person:{uuid}",
        "content_type": "person",
        "uuid": uuid,
        "salutation": "Prof.",
        "full_name": "Prof. Ada Okafor",
        "bio": "A life in letters.",
        "bio_language": "Spanish",
        "profile_image_url": "/media/media/people/ada.png",
        "position": ["Professor", "Institute"],
        "organizations": ["MITx"],
        "partner": "edX",
    }


def test_pictures_of_pathways_are_under_the_callers_host_and_others_are_paths(
    pathway: LearnerPathway,
) -> None:
    rows = rows_of()
    banner = rows["learnerpathway"]["banner_image"]
    assert banner["x-small"]["url"].startswith(f"{ROOT}/media/media/pathway/banner")
    assert rows["learnerpathway"]["card_image"] == {}
    assert rows["program"]["card_image_url"] == "/media/media/programs/card.png"


@pytest.mark.parametrize(
    ("relaxed", "runs"), [("", ["1"]), ("custom-b2c", ["1", "2"]), ("custom-b2b-enterprise", ["1"])]
)
def test_restricted_runs_of_pathways_are_shown_when_asked_for(
    pathway: LearnerPathway, relaxed: str, runs: list[str]
) -> None:
    flags = Flags.of({}, asking(include_restricted=relaxed))
    [step] = result_row(hit(LEARNER_PATHWAY), flags)["steps"]
    [course], [program] = step["courses"], step["programs"]
    assert list(step) == ["uuid", "min_requirement", "courses", "programs"]
    for each in (course, *program["courses"]):
        assert [run["key"][-1] for run in each["course_runs"]] == runs
        assert all(list(run) == ["key"] for run in each["course_runs"])
