"""Counts beside the hits, and what leads from them to the hits."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models.course_run import CourseRunPacing, CourseRunStatus
from course_discovery.course_metadata.models.program import ProgramStatus
from learner_pathway.models import LearnerPathwayStatus
from search.documents.kinds import COURSE, COURSE_RUN, KINDS, PERSON, Kind
from search.queries import BadValue
from search.queries.facets import FACETS, Bucket, facets, narrowed, open_to_all
from search.queries.kinds import ALL, LIMITED, USUAL, counted
from search.queries.page import search_page
from search.tests.catalog import (
    DAY,
    NOW,
    make_course,
    make_pathway,
    make_person,
    make_program,
    make_run,
)
from search.tests.finding import asking

pytestmark = pytest.mark.django_db
NAMES = tuple(FACETS)


@pytest.fixture
def catalog(indexes: Settings, drain_at_now: Callable[[], None]) -> None:
    one = make_course("MITx+1", subject="Computer Science")
    make_run(
        one, "course-v1:MITx+1+1", start=NOW - DAY, end=NOW + DAY, language_id="en",
        mobile_available=True, pacing_type=CourseRunPacing.SELF,
    )  # fmt: skip
    two = make_course("MITx+2", subject="Law")
    make_run(two, "course-v1:MITx+2+1", start=NOW + 9 * DAY, language_id="es")
    make_run(two, "course-v1:MITx+2+2", start=NOW + 90 * DAY, language_id="es", hidden=True)
    three = make_course("ETHx+3", subject="Law")
    make_run(three, status=CourseRunStatus.UNPUBLISHED)
    make_run(three, "course-v1:ETHx+3+0", start=NOW - 9 * DAY, end=NOW - DAY)
    program = make_program(one, two, title="Data")
    make_program(three, status=ProgramStatus.UNPUBLISHED)
    make_program(three, hidden=True)
    make_person(*one.course_runs.all(), *two.course_runs.all())
    make_person(published=False)
    make_pathway(one, program)
    make_pathway(two, status=LearnerPathwayStatus.INACTIVE)
    drain_at_now()


def test_values_are_counted_most_frequent_first(catalog: None) -> None:
    found = facets(asking([COURSE]), fields=["subjects", "organizations"]).fields
    assert found["subjects"] == [Bucket("Law", 2), Bucket("Computer Science", 1)]
    assert found["organizations"] == [
        Bucket("MITx: MITx University", 2), Bucket("ETHx: ETHx University", 1),
    ]  # fmt: skip


def test_booleans_are_counted_as_numbers(catalog: None) -> None:
    found = facets(asking([COURSE_RUN]), fields=["mobile_available"]).fields
    assert found == {"mobile_available": [Bucket(0, 4), Bucket(1, 1)]}


def test_facet_without_hits_is_empty_and_query_facet_is_left_out(catalog: None) -> None:
    found = facets(asking([COURSE_RUN]), fields=["prerequisites"])
    assert found.fields == {"prerequisites": []}
    assert found.queries == {
        "availability_current": 1,
        "availability_starting_soon": 1,
        "availability_upcoming": 1,
        "availability_archived": 1,
    }
    assert facets(asking(q="nothing like it"), fields=[]).queries == {}
    assert facets(asking(), fields=[], queries=False).queries == {}


def test_only_what_is_published_and_not_hidden_is_open_to_all(catalog: None) -> None:
    counts = {kind.name: search_page(open_to_all(asking([kind]))).count for kind in KINDS}
    assert counts == {
        "course": 3, "course_run": 3, "program": 1, "person": 1, "learner_pathway": 1,
    }  # fmt: skip
    assert search_page(open_to_all(asking())).count == sum(counts.values())


def test_facets_count_every_kind(catalog: None) -> None:
    found = facets(
        open_to_all(asking()), fields=["content_type", "status", "type", "organizations"]
    )
    assert {bucket.text: bucket.count for bucket in found.fields["content_type"]} == {
        "course": 3, "courserun": 3, "program": 1, "person": 1, "learnerpathway": 1,
    }  # fmt: skip
    statuses = {bucket.text: bucket.count for bucket in found.fields["status"]}
    assert statuses["active"] == 2
    assert Bucket("MicroMasters", 1) in found.fields["type"]
    organizations = {bucket.text: bucket.count for bucket in found.fields["organizations"]}
    # Of people the facet has keys, as their rows do.
    assert organizations == {
        "MITx: MITx University": 2 + 2 + 1, "ETHx: ETHx University": 1 + 1, "MITx": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "parameters", "with_people"),
    [
        (USUAL, {}, False),
        (ALL, {"content_type": ["course"]}, False),
        (USUAL, {"content_type": ["course", "person"]}, True),
        (ALL, {"content_type__terms": ["course__person"]}, True),
        ((PERSON,), {}, True),
        (LIMITED, {"content_type": [None]}, False),
    ],
)
def test_people_are_counted_where_they_are_asked_for(
    kinds: tuple[Kind, ...], parameters: dict[str, list[str]], with_people: bool
) -> None:
    kept = counted(kinds, parameters)
    assert (PERSON in kept) is with_people
    assert [kind for kind in kept if kind is not PERSON] == [k for k in kinds if k is not PERSON]


@pytest.mark.parametrize("kinds", [*([kind] for kind in KINDS), LIMITED, USUAL, KINDS])
def test_every_count_leads_to_as_many_hits(catalog: None, kinds: list[object]) -> None:
    asked = open_to_all(asking(kinds))  # type: ignore[arg-type]
    found = facets(asked, fields=NAMES)
    for name, buckets in found.fields.items():
        for bucket in buckets:
            chosen = narrowed(asked, fields=NAMES, selected=[f"{name}_exact:{bucket.text}"])
            assert search_page(chosen).count == bucket.count, (name, bucket)
    for name, count in found.queries.items():
        chosen = narrowed(asked, fields=NAMES, selected_queries=[name])
        assert search_page(chosen).count == count, name


def test_chosen_facets_narrow_together(catalog: None) -> None:
    chosen = narrowed(
        asking(), fields=NAMES, selected=["subjects_exact:Law", "content_type:course"],
        selected_queries=["availability_upcoming"],
    )  # fmt: skip
    assert [hit.source["key"] for hit in search_page(chosen).hits] == ["MITx+2"]


@pytest.mark.parametrize("written", ["true", "TRUE", "1", "false", "0"])
def test_booleans_are_chosen_by_word_or_number(catalog: None, written: str) -> None:
    chosen = narrowed(asking(), fields=NAMES, selected=[f"mobile_available_exact:{written}"])
    assert search_page(chosen).count == (1 if written.lower() in ("true", "1") else 4)


def test_unknown_choices_are_refused() -> None:
    with pytest.raises(BadValue, match=r"The selected query facet \[nope\] is not valid\."):
        narrowed(asking(), fields=NAMES, selected_queries=["nope"])
    for selected in ("nope_exact:x", "level_type_exact", "mobile_available_exact:perhaps"):
        with pytest.raises(BadValue) as refused:
            narrowed(asking(), fields=["mobile_available"], selected=[selected])
        assert refused.value.parameter == "selected_facets"
