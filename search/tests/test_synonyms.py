"""Words that staff say are equal."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from course_discovery.core.changes.registry import object_of
from course_discovery.core.changes.tests.entries import recorded
from search.documents.kinds import COURSE
from search.models import SynonymGroup
from search.queries import synonyms
from search.queries.matching import count_matching, matching_query
from search.queries.page import search_page
from search.queries.synonyms import MAX_PHRASES, MAX_WORDS, Thesaurus
from search.tests.catalog import NOW, make_course
from search.tests.finding import asking, found

Drain = Callable[[], None]


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """What one test's groups say must not outlive it."""
    yield
    synonyms._Known.number = -1


@pytest.fixture
def catalog(indexes: Settings, drain: Drain) -> None:
    """Two courses about the same, called differently."""
    make_course("MITx+1", title="Introduction to machine learning")
    make_course("MITx+2", title="ML in practice")
    make_course("MITx+3", title="Night music")
    drain()


def group(*words: str, drain: Drain) -> SynonymGroup:
    made: SynonymGroup = SynonymGroup.objects.create(words="\n".join(words))
    drain()
    return made


def test_synonyms_are_found(catalog: None, drain: Drain) -> None:
    assert found(q="machine learning") == ["MITx+1"]
    made = group("machine learning", "ML", drain=drain)
    assert found(q="machine learning") == found(q="ml") == ["MITx+1", "MITx+2"]
    assert found(q="to Machine  LEARNING") == ["MITx+1"]
    assert found(q="ML in practice") == ["MITx+2"]
    assert found(q="night music") == ["MITx+3"]
    made.words = "night\nnocturnal"
    made.save()
    drain()
    assert found(q="ml") == ["MITx+2"]
    assert found(q="nocturnal music") == ["MITx+3"]


def test_group_that_is_switched_off_or_deleted_says_nothing(catalog: None, drain: Drain) -> None:
    made = group("machine learning", "ML", drain=drain)
    made.enabled = False
    made.save()
    drain()
    assert found(q="ml") == ["MITx+2"]
    made.enabled = True
    made.save()
    drain()
    assert len(found(q="ml")) == 2
    made.delete()
    drain()
    assert found(q="ml") == ["MITx+2"]


def test_no_index_is_built_or_written(
    catalog: None, drain: Drain, asked: list[tuple[str, str, Any]]
) -> None:
    group("machine learning", "ML", drain=drain)
    assert not [target for _, target, _ in asked if "_bulk" in target]


def test_relevance_knows_synonyms(catalog: None, drain: Drain) -> None:
    group("machine learning", "ML", drain=drain)
    page = search_page(asking(q="ml"), ordering=["relevance"])
    assert {hit.source["key"] for hit in page.hits} == {"MITx+1", "MITx+2"}


def test_query_strings_and_fields_say_what_they_find(catalog: None, drain: Drain) -> None:
    group("machine learning", "ML", drain=drain)
    written = matching_query(COURSE, 'title:"machine learning"', now=NOW)
    assert count_matching(COURSE, written) == 1
    assert found(q="title:=machine learning") == ["MITx+1"]


def test_groups_are_read_once(catalog: None, drain: Drain, django_assert_num_queries: Any) -> None:
    group("machine learning", "ML", drain=drain)
    found(q="ml")
    with django_assert_num_queries(1):
        assert len(found(q="ml")) == 2


THESAURUS = Thesaurus.of([["ai", "artificial intelligence"], ["AI", "KI"], ["usa", "u.s."]])


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("music", ["music"]),
        ("", [""]),
        ("?!", ["?!"]),
        ("AI, now", ["AI, now", "artificial intelligence, now", "KI, now"]),
        ("(Artificial   Intelligence)", ["(Artificial   Intelligence)", "(ai)"]),
        ("artificial", ["artificial"]),
        ("the u.s. of", ["the u.s. of", "the usa. of"]),
        ("ki ki", ["ki ki", "AI ki", "ki AI", "AI AI"]),
    ],
)
def test_phrases_with_synonyms(written: str, phrases: list[str]) -> None:
    assert THESAURUS.phrases(written) == phrases


@given(st.text(st.sampled_from("ai ki usa.,é "), max_size=400))
def test_number_of_phrases_is_bounded(written: str) -> None:
    phrases = THESAURUS.phrases(written)
    assert phrases[0] == written
    assert len(set(phrases)) == len(phrases) <= MAX_PHRASES


def test_long_texts_have_no_synonyms() -> None:
    assert len(THESAURUS.phrases("ai " * MAX_WORDS)) == MAX_PHRASES
    assert THESAURUS.phrases("ai " * (MAX_WORDS + 1)) == ["ai " * (MAX_WORDS + 1)]


@pytest.mark.parametrize(
    "words", ["", "one", "one\n\n ONE ", "one\n?", "\n".join("abcdefghijklmnopqrstu")]
)
def test_list_that_says_nothing_is_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        SynonymGroup(words=words).full_clean()


def test_every_write_is_an_entry_of_the_change_log(db: None) -> None:
    assert object_of(SynonymGroup)
    with recorded() as entries:
        made = SynonymGroup.objects.create(words="a\nb")
        SynonymGroup.objects.filter(pk=made.pk).update(words="a\nc")
    assert [kind for kind, *_ in entries] == ["synonym_group", "synonym_group"]


def test_staff_edit_groups_in_the_admin(db: None, client: Client) -> None:
    staff = get_user_model().objects.create_superuser("alice", password="x")
    client.force_login(staff)
    page = "/admin/search/synonymgroup/add/"
    refused = client.post(page, {"words": "one", "enabled": "on"})
    assert refused.status_code == 200
    assert "different words" in refused.content.decode()
    client.post(page, {"words": "one\r\n1 \r\n\r\nuno", "enabled": "on"})
    assert SynonymGroup.objects.get().listed() == ["one", "1", "uno"]
    assert "one, 1, uno" in client.get("/admin/search/synonymgroup/").content.decode()
