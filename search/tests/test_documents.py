"""What documents are made of."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from course_discovery.course_metadata.models import CourseRunType, CourseType
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from search.documents.base import Body
from search.documents.kinds import COURSE, COURSE_RUN, KINDS, Kind
from search.documents.values import fingerprint, number_of, organization_of
from search.tests.catalog import (
    DAY,
    NOW,
    make_course,
    make_pathway,
    make_person,
    make_program,
    make_run,
    restrict,
    unmarketable,
)

pytestmark = pytest.mark.django_db
# What the deployed mapping has and ours does without: suggesters, and synonyms at index time.
_GONE = {"suggest"}
_RENAMED = {"synonym_text": "catalog_text"}
# A facet is counted of exact values, which texts are not.
_RETYPED = {("learner_pathway", "status"): "keyword"}
# What a program shows is many things. This is for a whole batch, none of it rendered before.
_MOST_QUERIES = {"program": 120}


def bodies(kind: Kind) -> list[Body]:
    return list(kind.bodies(list(kind.rows().values_list("pk", flat=True)), NOW).values())


def only(kind: Kind) -> Body:
    (body,) = bodies(kind)
    return body


def properties(kind: Kind) -> dict[str, Any]:
    found: dict[str, Any] = kind.definition()["mappings"]["properties"]
    return found


def make_one_of_each(key: str = "MITx+6.00x") -> None:
    """A course with a run, a program of it, who teaches it, and a pathway to it."""
    course = make_course(key, runs=1)
    make_person(course.course_runs.get())
    make_pathway(course, make_program(course))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_document_fills_every_field_and_no_other(kind: Kind) -> None:
    make_one_of_each()
    assert only(kind).keys() == properties(kind).keys()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_mapping_keeps_what_deployed_queries_rely_on(kind: Kind) -> None:
    folder = os.environ.get("REFERENCE_DIR")
    if not folder:
        pytest.skip("REFERENCE_DIR is not set")
    path = Path(folder) / "contract" / "search_indexes.json"
    known = json.loads(path.read_text(encoding="utf-8"))[kind.name]["mappings"]["properties"]
    ours = properties(kind)
    for name, field in known.items():
        expected = _RETYPED.get((kind.name, name), field["type"])
        assert ours[name]["type"] == expected, name
        analyzer = field.get("analyzer")
        assert ours[name].get("analyzer") == _RENAMED.get(analyzer, analyzer), name
        kept = {key: sub for key, sub in field.get("fields", {}).items() if key not in _GONE}
        assert kept.items() <= ours[name].get("fields", {}).items(), name


def test_course_shows_values_of_visible_runs_once_and_in_order() -> None:
    course = make_course()
    make_run(course, "course-v1:MITx+6.00x+2T2030", start=NOW + DAY, language_id="es")
    make_run(course, "course-v1:MITx+6.00x+1T2030", start=NOW, language_id="en")
    make_run(course, "course-v1:MITx+6.00x+3T2030", start=NOW, language_id="es")
    make_run(course, "course-v1:MITx+6.00x+4T2030", type=unmarketable(), language_id="fr")
    restrict(make_run(course, "course-v1:MITx+6.00x+5T2030", language_id="de"))
    body = only(COURSE)
    assert body["course_runs"] == [f"course-v1:MITx+6.00x+{n}T2030" for n in (1, 2, 3)]
    assert body["start"] == ["2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z"]
    assert body["languages"] == ["English", "Spanish"]
    assert body["seat_types"] == ["verified"]
    assert body["organizations"] == ["MITx: MITx University"]
    assert body["subjects"] == ["Computer Science"]


def test_course_row_carries_all_runs_for_whoever_may_see_them() -> None:
    course = make_course(runs=1)
    restrict(make_run(course, "course-v1:MITx+6.00x+5T2030"))
    make_run(course, "course-v1:MITx+6.00x+4T2030", type=unmarketable())
    assert len(only(COURSE)["stored"]["runs"]) == 3


@pytest.mark.parametrize(
    ("runs", "published", "hidden"),
    [
        ([], False, False),
        ([{"status": CourseRunStatus.UNPUBLISHED}], False, False),
        ([{"status": CourseRunStatus.UNPUBLISHED}, {}], True, False),
        ([{"hidden": True}], True, True),
        ([{"hidden": True}, {}], True, False),
        ([{"hidden": True}, {"status": CourseRunStatus.UNPUBLISHED}], True, True),
    ],
)
def test_course_is_published_and_hidden_as_its_runs_are(
    runs: list[dict[str, Any]], published: bool, hidden: bool
) -> None:
    course = make_course()
    for place, values in enumerate(runs):
        make_run(course, f"course-v1:MITx+6.00x+{place}T2030", **values)
    body = only(COURSE)
    assert (body["published"], body["hidden"]) == (published, hidden)


def test_course_tells_apart_what_everybody_may_see() -> None:
    course = make_course()
    make_run(course, "course-v1:MITx+6.00x+1T2030", start=NOW, language_id="en")
    make_run(course, "course-v1:MITx+6.00x+2T2030", hidden=True, language_id="es")
    unpublished = CourseRunStatus.UNPUBLISHED
    make_run(course, "course-v1:MITx+6.00x+3T2030", status=unpublished, language_id="fr")
    restrict(make_run(course, "course-v1:MITx+6.00x+4T2030", language_id="de"))
    body = only(COURSE)
    assert body["open_languages"] == ["English"]
    assert body["open_availability"] == ["Current"]
    assert body["languages"] == ["English", "French", "Spanish"]


def test_restricted_run_publishes_no_course() -> None:
    restrict(make_run(make_course()))
    assert only(COURSE)["published"] is False


def test_drafts_have_no_document() -> None:
    make_run(make_course(draft=True))
    assert [bodies(kind) for kind in KINDS] == [[]] * len(KINDS)


def test_retired_and_unmarketable_types_have_no_document(settings: Settings) -> None:
    make_run(make_course())
    make_run(make_course("MITx+7"), type=unmarketable())
    settings.RETIRED_COURSE_TYPES = [CourseType.objects.get(slug="verified-audit").slug]
    settings.RETIRED_RUN_TYPES = [CourseRunType.objects.get(slug="verified-audit").slug]
    assert [bodies(kind) for kind in (COURSE, COURSE_RUN)] == [[], []]


def test_boundary_of_a_course_is_the_first_of_its_runs() -> None:
    course = make_course()
    make_run(course, "course-v1:MITx+6.00x+1T2030", start=NOW + 3 * DAY)
    make_run(course, "course-v1:MITx+6.00x+2T2030", start=NOW + 2 * DAY)
    assert only(COURSE)["next_boundary"] == "2030-01-03T00:00:00Z"


def cost(kind: Kind) -> int:
    pks = list(kind.rows().values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as queries:
        assert len(kind.bodies(pks, NOW)) == len(pks)
    return len(queries)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_cost_does_not_depend_on_the_number_of_documents(kind: Kind) -> None:
    for number in range(3):
        make_one_of_each(f"Org{number}+1")
    few = cost(kind)
    for number in range(3, 15):
        make_one_of_each(f"Org{number}+1")
    assert cost(kind) == few <= _MOST_QUERIES.get(kind.name, 50)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_documents_of_stored_projections_cost_next_to_nothing(kind: Kind) -> None:
    for number in range(3):
        make_one_of_each(f"Org{number}+1")
    cost(kind)
    assert cost(kind) <= 4


@pytest.mark.parametrize(
    ("key", "organization", "number"),
    [
        ("MITx+6.00x", "MITx", "6.00x"),
        ("course-v1:MITx+6.00x+1T2030", "MITx", "6.00x"),
        ("MITx/6.00x/1T2030", "MITx", "6.00x"),
        ("odd", "odd", ""),
    ],
)
def test_keys_tell_organization_and_number(key: str, organization: str, number: str) -> None:
    assert (organization_of(key), number_of(key)) == (organization, number)


def test_fingerprint_tells_equal_from_different() -> None:
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})


def test_alias_is_what_operators_set(settings: Settings) -> None:
    assert [kind.alias for kind in KINDS] == [kind.name for kind in KINDS]
    names = dict(settings.ELASTICSEARCH_INDEX_NAMES)
    (path,) = (path for path in names if path.endswith(".documents.course"))
    settings.ELASTICSEARCH_INDEX_NAMES = names | {path: "mine"}
    assert [COURSE.alias, COURSE_RUN.alias] == ["mine", "course_run"]
