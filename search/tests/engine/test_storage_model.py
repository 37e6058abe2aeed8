"""Whatever was written, in whatever order, searches find exactly what is there.

The sizes at which documents become segments and segments are merged are made small, so that a few
writes go through all of it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import client as clients
from search.engine.embedded import writing
from search.engine.embedded.storage import merging, writer

MAPPINGS = {
    "properties": {
        "title": {"type": "text"},
        "tags": {"type": "keyword"},
        "price": {"type": "integer"},
        "skills": {"type": "nested", "properties": {"name": {"type": "keyword"}}},
    }
}
WORDS = ("data", "science", "art")

documents = st.fixed_dictionaries(
    {
        "title": st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        "tags": st.lists(st.sampled_from("abc"), max_size=3),
        "price": st.one_of(st.none(), st.integers(0, 3)),
        "skills": st.lists(st.fixed_dictionaries({"name": st.sampled_from("xy")}), max_size=2),
    }
)
keys = st.integers(0, 11).map(str)
writes = st.lists(
    st.lists(st.tuples(keys, st.one_of(st.none(), documents)), min_size=1, max_size=9), max_size=12
)


@pytest.fixture(autouse=True, scope="module")
def _small_sizes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (writer, merging, writing):
            patch.setattr(module, "MAX_RECENT", 4)
        patch.setattr(writing, "MAX_BATCH", 7)
        patch.setattr(merging, "SEGMENTS_OF_A_SIZE", 2)
        patch.setattr(merging, "MIN_DEAD", 3)
        patch.setattr(merging, "_PAGES_AT_ONCE", 1)
        yield


@settings(max_examples=40, deadline=None)
@given(batches=writes)
def test_searches_find_what_is_there(batches: list[list[tuple[str, Any]]]) -> None:
    model: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        client = clients.build_client("", path=Path(folder) / "search.sqlite3")
        client.indices.create(index="course", mappings=MAPPINGS)
        for batch in batches:
            lines: list[Any] = []
            for key, document in batch:
                action = "delete" if document is None else "index"
                lines += [{action: {"_id": key}}, *([document] if document else [])]
                model.pop(key, None)
                if document is not None:
                    model[key] = document
            client.bulk(index="course", operations=lines)
        check(client, model)
        client.close()


def check(client: Elasticsearch, model: dict[str, Any]) -> None:
    """Compare what searches find with the documents."""

    def found(query: dict[str, Any]) -> set[str]:
        answer = client.search(index="course", query=query, size=100)
        ids = [hit["_id"] for hit in answer["hits"]["hits"]]
        assert len(ids) == len(set(ids)) == answer["hits"]["total"]["value"]
        return set(ids)

    def having(condition: Any) -> set[str]:
        return {key for key, document in model.items() if condition(document)}

    assert found({"match_all": {}}) == set(model)
    for word in WORDS:
        expected = having(lambda one, word=word: word in one["title"].split())
        assert found({"match": {"title": word}}) == expected
    assert found({"match_phrase": {"title": "data science"}}) == having(
        lambda one: "data science" in one["title"]
    )
    assert found({"term": {"tags": "a"}}) == having(lambda one: "a" in one["tags"])
    assert found({"prefix": {"tags": "b"}}) == having(lambda one: "b" in one["tags"])
    assert found({"range": {"price": {"gte": 2}}}) == having(lambda one: (one["price"] or 0) >= 2)
    assert found({"exists": {"field": "price"}}) == having(lambda one: one["price"] is not None)
    nested = {"nested": {"path": "skills", "query": {"term": {"skills.name": "x"}}}}
    assert found(nested) == having(lambda one: {"name": "x"} in one["skills"])
    assert found({"bool": {"must_not": [nested]}}) == set(model) - found(nested)
    answer = client.search(index="course", size=0, aggs={"tags": {"terms": {"field": "tags"}}})
    counts = {tag: len(having(lambda one, tag=tag: tag in one["tags"])) for tag in "abc"}
    buckets = answer["aggregations"]["tags"]["buckets"]
    assert {bucket["key"]: bucket["doc_count"] for bucket in buckets} == {
        tag: count for tag, count in counts.items() if count
    }
