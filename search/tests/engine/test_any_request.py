"""Whatever is sent, there is an answer: never an exception that is not the client's own."""

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from elastic_transport import NodeConfig
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine.embedded.node import PATH, EmbeddedNode

MAPPINGS = {
    "properties": {
        "title": {"type": "text", "fields": {"raw": {"type": "keyword", "ignore_above": 20}}},
        "pk": {"type": "integer"},
        "price": {"type": "float"},
        "start": {"type": "date"},
        "open": {"type": "boolean"},
        "suggest": {"type": "completion"},
        "skills": {"type": "nested", "properties": {"name": {"type": "text"}}},
    }
}
DOCUMENT = {
    "title": ["Data science", "Art"],
    "pk": 3,
    "price": 1.5,
    "start": "2026-01-10T09:00:00Z",
    "open": True,
    "skills": [{"name": "Python"}],
}
WEIGHTS = [{"filter": {"term": {"pk": 3}}, "weight": 2}]
GAUSS = {"gauss": {"start": {"origin": "now", "scale": "30d", "decay": 0.9}}}
SEARCH = {
    "query": {
        "bool": {
            "must": [
                {"match": {"title": {"query": "data", "operator": "and"}}},
                {"multi_match": {"query": "data", "fields": ["title^2", "pk"], "lenient": True}},
                {"query_string": {"query": "data AND pk:>1", "default_field": "title"}},
                {"function_score": {"functions": [*WEIGHTS, GAUSS], "score_mode": "sum"}},
            ],
            "filter": [
                {"range": {"start": {"gte": "2026-01-01", "lt": "now+20y"}}},
                {"terms": {"title.raw": ["Art", "x"]}},
                {"exists": {"field": "skills"}},
            ],
            "should": [
                {"nested": {"path": "skills", "query": {"match_phrase": {"skills.name": "a b"}}}},
                {"wildcard": {"title.raw": {"value": "D*?e"}}},
                {"prefix": {"title": "dat"}},
                {"ids": {"values": ["1", 2]}},
                {"dis_max": {"queries": [{"match_all": {}}], "tie_breaker": 0.5}},
            ],
            "must_not": [{"constant_score": {"filter": {"match_none": {}}}}],
            "minimum_should_match": "50%",
        }
    },
    "sort": [{"start": {"order": "desc", "missing": "_last"}}, "_score", "pk", "title.raw"],
    "search_after": [1, 2.5, 3, "x"],
    "size": 3,
    "aggs": {
        "facet": {
            "terms": {"field": "title.raw", "size": 5, "missing": "none", "order": {"_key": "asc"}},
            "aggs": {"top": {"max": {"field": "price"}}},
        },
        "part": {"filters": {"filters": {"open": {"term": {"open": True}}}}},
        "kinds": {"cardinality": {"field": "pk"}},
        "without": {"missing": {"field": "start"}},
    },
    "post_filter": {"term": {"open": {"value": "true"}}},
    "highlight": {"fields": {"title*": {"number_of_fragments": 2}}, "pre_tags": ["<b>"]},
    "_source": {"includes": ["title", "skills.*"], "excludes": ["pk"]},
    "track_total_hits": True,
    "explain": True,
}
SETTINGS = {
    "number_of_shards": 1,
    "index.max_result_window": "50",
    "analysis": {
        "filter": {"grams": {"type": "edge_ngram", "min_gram": 2, "max_gram": "5"}},
        "analyzer": {"own": {"tokenizer": "standard", "filter": ["lowercase", "stop", "grams"]}},
    },
}
BODIES: dict[str, Any] = {
    "/new": {"settings": SETTINGS, "mappings": MAPPINGS, "aliases": {"newest": {}}},
    "/new/_settings": {"index": {"max_result_window": 5, "number_of_replicas": "0"}},
    "/a/_search": SEARCH,
    "/a/_count": {"query": SEARCH["query"]},
    "/a/_validate/query?explain=true": {"query": SEARCH["query"]},
    "/a/_explain/1": {"query": SEARCH["query"]},
    "/a/_doc/2": DOCUMENT,
    "/a/_mget": {"docs": [{"_id": "1", "_source": ["pk"]}], "ids": ["1"]},
    "/a/_mapping": MAPPINGS,
    "/_aliases": {"actions": [{"add": {"index": "a", "alias": "b"}}, {"remove_index": {}}]},
}
SCRAPS: list[Any] = [None, True, 0, -1, 2**70, 1.5, "", "x", "*", "now", "\0", [], {}, [[1]]]
scraps = st.one_of(st.sampled_from(SCRAPS), st.sampled_from(sorted(MAPPINGS["properties"])))


@pytest.fixture(scope="module")
def node() -> Iterator[EmbeddedNode]:
    with tempfile.TemporaryDirectory() as folder:
        extras = {PATH: str(Path(folder) / "search.sqlite3")}
        node = EmbeddedNode(NodeConfig("embedded", "localhost", 0, _extras=extras))
        ask(node, "PUT", "/a", {"mappings": MAPPINGS})
        ask(node, "PUT", "/a/_doc/1", DOCUMENT)
        yield node
        node.close()


def ask(node: EmbeddedNode, method: str, target: str, body: Any) -> tuple[int, Any]:
    """Return the status and the body of an answer."""
    answer = node.perform_request(method, target, json.dumps(body).encode())
    return answer.meta.status, orjson.loads(answer.body)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths to everything in a JSON value."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from places(inner, (*path, i))


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Any]:
    """Return a request with some parts replaced, taken out or renamed."""
    target = draw(st.sampled_from(sorted(BODIES)))
    body = copy.deepcopy(BODIES[target])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in places(body) if path] or [()]))
        if not path:
            return target, draw(scraps)
        *parents, last = path
        inner = body
        for step in parents:
            inner = inner[step]
        match draw(st.sampled_from(("replace", "remove", "rename"))):
            case "replace":
                inner[last] = copy.deepcopy(draw(scraps))
            case "remove":
                del inner[last]
            case "rename" if isinstance(inner, dict):
                inner[draw(st.sampled_from(("x", "field", "query", "title", "")))] = inner.pop(last)
    return target, body


@settings(deadline=None)
@given(request=spoilt())
def test_a_spoilt_request_is_answered(node: EmbeddedNode, request: tuple[str, Any]) -> None:
    target, body = request
    ask(node, "DELETE", "/new", {})
    status, answer = ask(node, "PUT" if target.startswith("/new") else "POST", target, body)
    assert status in (200, 201, 400, 404, 409)
    if status == 400:
        assert answer["error"]["root_cause"][0]["reason"]
        assert answer["error"]["type"]


def test_the_requests_are_sound_before_they_are_spoilt(node: EmbeddedNode) -> None:
    ask(node, "DELETE", "/new", {})
    statuses = {
        target: ask(node, "PUT" if target.startswith("/new") else "POST", target, body)[0]
        for target, body in BODIES.items()
        if target != "/_aliases"
    }
    assert set(statuses.values()) <= {200, 201}, statuses


@settings(deadline=None)
@given(
    method=st.sampled_from(("GET", "POST", "PUT", "DELETE", "HEAD")),
    path=st.lists(
        st.sampled_from(("a", "_search", "_doc", "1", "_bulk", "_alias", "b*", "%00", "_mget", ""))
    ).map(lambda parts: "/" + "/".join(parts)),
    body=st.one_of(st.binary(), st.sampled_from((b"{}", b"[]", b"{}\n{}\n", b'{"index":{}}\n'))),
)
def test_any_path_and_body_is_answered(
    node: EmbeddedNode, method: str, path: str, body: bytes
) -> None:
    answer = node.perform_request(method, path, body)
    assert answer.meta.status < 500
