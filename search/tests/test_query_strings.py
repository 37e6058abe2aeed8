"""What `q` means, in both of its languages, and what is told of a bad one."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from search.documents.kinds import COURSE, COURSE_RUN, Kind
from search.queries import BadQuery, BadValue
from search.queries.matching import (
    count_matching,
    is_everything,
    matching_pks,
    matching_query,
)
from search.queries.query_strings import MAX_WORDS, phrase, query_string
from search.tests.catalog import NOW, make_course, partner, restrict
from search.tests.finding import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog(indexes: Settings, drain_at_now: Callable[[], None]) -> None:
    make_course("MITx+6.00x", title="Python and data", runs=1)
    make_course("HarvardX+ER22", title="Justice", subject="Law", partner=partner("Other"))
    drain_at_now()


def matched(written: str, kind: Kind = COURSE, **options: Any) -> set[str]:
    query = matching_query(kind, written, now=NOW, **options)
    pks = list(matching_pks(kind, query))
    assert len(pks) == count_matching(kind, query)
    return set(kind.model._default_manager.filter(pk__in=pks).values_list("key", flat=True))


MIT, HARVARD = "MITx+6.00x", "HarvardX+ER22"


MATCHED = [
    ("python", {MIT}),
    ("PYTHON AND data", {MIT}),
    ("python and justice", set()),
    ("python or justice", {MIT, HARVARD}),
    ("data not python", set()),
    ("law not python", {HARVARD}),
    ("not python", {MIT}),
    ("NOT python", {HARVARD}),
    ('title:"python and data"', {MIT}),
    ("org:MITx", {MIT}),
    ("org.lower:mitX", {MIT}),
    ("subjects:law", {HARVARD}),
    ("key.raw:MITx\\+6.00x", {MIT}),
    ("course_runs:course-v1\\:MITx*", {MIT}),
    ("MITx+6.00x", {MIT}),
    ("published:true", {MIT}),
    ("start:[2029-01-01 to 2031-01-01]", {MIT}),
    ("start:[2031 TO *]", set()),
    ("start:[now-1y TO *]", {MIT}),
    ("NOT start:*", {HARVARD}),
    ("first_enrollable_paid_seat_price:[1 TO 49]", {MIT}),
    ("pyth*", {MIT}),
    ("*", {MIT, HARVARD}),
    (" * ", {MIT, HARVARD}),
    ("*:*", {MIT, HARVARD}),
    ("nowhere:x", set()),
    ("", set()),
]


def test_query_string_matches(catalog: None, subtests: pytest.Subtests) -> None:
    for written, keys in MATCHED:
        with subtests.test(written=written):
            assert matched(written) == keys


def test_query_string_is_limited_to_what_is_given(catalog: None) -> None:
    uuid = str(COURSE.rows().get(key=MIT).uuid)
    assert matched("*", partner="OTHER") == {HARVARD}
    assert matched("*", keys=["mitx+6.00X", "nothing"]) == {MIT}
    assert matched("*", keys=[]) == set()
    assert matched("justice", uuids=[uuid]) == set()
    assert matched("python", uuids=[uuid.upper()]) == {MIT}


def test_restricted_runs_match_for_those_who_may_see_them(
    indexes: Settings, drain_at_now: Callable[[], None]
) -> None:
    run = restrict(make_course(runs=1).course_runs.get())
    drain_at_now()
    assert matched("*", COURSE_RUN) == set()
    assert matched("*", COURSE_RUN, include_restricted=["custom-b2c"]) == {run.key}


def test_more_matches_than_a_page_are_all_there(catalog: None, settings: Settings) -> None:
    settings.ELASTICSEARCH_DSL_QUERYSET_PAGINATION = 1
    assert matched("*") == {MIT, HARVARD}


def test_everything_needs_no_engine() -> None:
    assert is_everything(" * ")
    assert not is_everything("*:*")


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("python AND", 10),
        ("(python", 7),
        ("python)", 6),
        ('"python', 0),
        ("start:[x TO y]", 6),
        ("python published:maybe", 17),
        ("first_enrollable_paid_seat_price:dear", 33),
        ("modified:>yesterday", 9),
        (" ".join(["word"] * (MAX_WORDS + 1)), 0),
        ("a" * 10_001, 10_000),
    ],
)
def test_bad_query_string_tells_where(written: str, position: int) -> None:
    with pytest.raises(BadQuery) as refused:
        query_string(written, now=NOW, parameter="query")
    assert refused.value.position == position
    assert refused.value.parameter == "query"
    assert refused.value.reason


def test_longest_query_is_answered(catalog: None) -> None:
    assert matched(" OR ".join(["python"] * MAX_WORDS)) == {MIT}
    assert matched(" ".join(["python"] * MAX_WORDS)) == {MIT}


PHRASES = [
    ("Python", {MIT}),
    ("python and data", {MIT}),
    ("data python", set()),
    ("MITx+6.00x", {MIT}),
    ("title:python", set()),
    ("title:=Python and data", {MIT}),
    ("title:=Law", set()),
    ("subjects:=law", {HARVARD}),
    ("subjects.raw:=Law", {HARVARD}),
    ("org:=mitx", {MIT}),
    ("published:=TRUE", {MIT}),
    ("published:=0", {HARVARD}),
    ("first_enrollable_paid_seat_price:=49", {MIT}),
    ("start:=2030-01-01", {MIT}),
    ("skills.name:=Python", set()),
    ("(", set()),
    ("<b>", set()),
    ("   ", {MIT, HARVARD}),
    (None, {MIT, HARVARD}),
]


def test_q_of_search_endpoints_is_a_phrase(catalog: None, subtests: pytest.Subtests) -> None:
    for written, keys in PHRASES:
        with subtests.test(written=written):
            assert set(found([COURSE], q=[written, "ignored"] if written else [None])) == keys


@pytest.mark.parametrize("written", ["nowhere:=x", "stored:=x", "skills:=x", "next_boundary:=x"])
def test_field_that_no_document_has_is_refused(written: str) -> None:
    with pytest.raises(BadQuery, match="There is no field"):
        phrase(written, now=NOW)


@pytest.mark.parametrize(
    ("written", "field"),
    [("published:=maybe", "published"), ("start:=soon", "start"), ("title:= ", "title")],
)
def test_value_that_a_field_cannot_have_is_refused(written: str, field: str) -> None:
    with pytest.raises(BadValue, match=field):
        phrase(written, now=NOW)


def test_phrase_has_a_limit() -> None:
    with pytest.raises(BadQuery):
        phrase("a" * 10_001, now=NOW)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from('ab :+-()"[]{}*?~^/\\ANDORTO!=<>é😀\x00\n'), max_size=60))
def test_any_text_is_a_query_or_a_bad_one(written: str) -> None:
    try:
        query_string(written, now=NOW)
        phrase(written, now=NOW)
    except (BadQuery, BadValue) as refused:
        assert refused.reason  # noqa: PT017 - both outcomes are right
