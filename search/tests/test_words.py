"""What people type into a search box."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from search.documents.kinds import COURSE
from search.queries import BadQuery, BadValue
from search.queries.ordering import RELEVANCE
from search.queries.page import search_page
from search.queries.words import MAX_LENGTH, words
from search.tests.catalog import NOW, make_course
from search.tests.finding import asking


@pytest.fixture
def catalog(indexes: Settings, drain_at_now: Callable[[], None]) -> None:
    make_course("MITx+1", title="Waves", full_description="<p>Light and sound of strings.</p>")
    make_course("MITx+2", title="Strings", full_description="<p>Light and sound of waves.</p>")
    make_course("ETHx+3", title="L'histoire de l'Europe", full_description="<p>Rome.</p>")
    drain_at_now()


def found(written: str) -> list[str]:
    """The keys of the courses that a text finds, the best first."""
    asked = replace(asking([COURSE]), query=words(written, now=NOW))
    hits = search_page(asked, ordering=[RELEVANCE]).hits
    return [hit.source["key"] for hit in hits]


@pytest.mark.django_db
def test_all_words_are_found_and_titles_count_most(catalog: None) -> None:
    assert found("strings") == ["MITx+2", "MITx+1"]
    assert found("waves") == ["MITx+1", "MITx+2"]
    assert set(found("sound light")) == {"MITx+1", "MITx+2"}
    assert found("waves rome") == []


@pytest.mark.django_db
def test_quotes_and_fields_are_understood(catalog: None) -> None:
    assert found('"sound of waves"') == ["MITx+2"]
    assert found("key:=ETHx+3") == ["ETHx+3"]
    assert len(found("")) == len(found(' "" ')) == 3


def test_what_cannot_be_asked_is_told() -> None:
    with pytest.raises(BadQuery, match="no field nowhere"):
        words("nowhere:=x", now=NOW)
    with pytest.raises(BadValue, match="date"):
        words("start:=x", now=NOW)
    with pytest.raises(BadQuery, match="500 characters"):
        words("x" * (MAX_LENGTH + 1), now=NOW)
    with pytest.raises(BadQuery, match="50 words"):
        words(" ".join(f"w{number}" for number in range(51)), now=NOW)


@pytest.mark.django_db
@given(st.text(max_size=600))
def test_any_text_is_a_query_or_told_why_not(written: str) -> None:
    with suppress(BadQuery, BadValue):
        assert words(written, now=NOW).to_dict()
