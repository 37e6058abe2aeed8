"""What the embedded engine does not know is an error that names it."""

from typing import Any

import pytest
from elasticsearch import (
    ApiError,
    BadRequestError,
    ConflictError,
    Elasticsearch,
    NotFoundError,
)

BULK_TYPE = {"content-type": "application/x-ndjson", "accept": "application/json"}
JSON_TYPE = {"content-type": "application/json", "accept": "application/json"}


@pytest.fixture
def client(client: Elasticsearch) -> Elasticsearch:
    """Return a client of an engine with one index."""
    mappings = {
        "properties": {
            "title": {"type": "text"},
            "key": {"type": "keyword"},
            "pk": {"type": "integer"},
            "suggest": {"type": "completion"},
        }
    }
    client.indices.create(index="course", mappings=mappings)
    return client


@pytest.mark.parametrize(
    ("method", "path", "named"),
    [
        ("GET", "/", r"\[/\]"),
        ("POST", "/course/_delete_by_query", "_delete_by_query"),
        ("POST", "/_reindex", "_reindex"),
        ("POST", "/course/_update/1", "_update"),
        ("PATCH", "/course", "PATCH"),
        ("GET", "/course/_search?scroll=1m", "scroll"),
        ("GET", "/course/_search?routing=1", "routing"),
        ("GET", "/_cat/indices?format=json&h=index,colour", "colour"),
        ("GET", "/course/_search?ignore_unavailable=perhaps", "perhaps"),
        ("PUT", "/course/_doc/1?if_seq_no=1", "if_seq_no"),
    ],
)
def test_an_unknown_route_or_parameter(
    client: Elasticsearch, method: str, path: str, named: str
) -> None:
    with pytest.raises(BadRequestError, match=named):
        client.perform_request(method, path, headers=JSON_TYPE)


QUERIES: list[tuple[Any, str]] = [
    ({"more_like_this": {}}, "more_like_this"),
    ({"fuzzy": {"title": {"value": "x", "fuzziness": 3}}}, "fuzziness"),
    ({"fuzzy": {"pk": "x"}}, "query_shard_exception"),
    ({"regexp": {"title": "("}}, "query_shard_exception"),
    ({"regexp": {"title": {"value": "x", "flags": "ALL"}}}, "flags"),
    ({"match_all": {}, "match_none": {}}, "match_all, match_none"),
    ({"match_all": {"colour": 1}}, "colour"),
    ({"term": {"key": {"value": "x", "colour": 1}}}, "colour"),
    ({"term": {"key": ["x"]}}, "key"),
    ({"terms": {"key": "x"}}, "key"),
    ({"range": {"pk": {"gte": 1, "relation": "within"}}}, "relation"),
    ({"range": {"pk": {"gte": "many"}}}, "many"),
    ({"range": {"suggest": {"gte": "a"}}}, "suggest"),
    ({"match": {"title": {"query": "x", "fuzziness": "AUTO"}}}, "fuzziness"),
    ({"match": {"title": {"query": "x", "operator": "xor"}}}, "xor"),
    ({"match_phrase": {"title": {"query": "x", "slop": "wide"}}}, "slop"),
    ({"multi_match": {"query": "x", "type": "cross_fields"}}, "cross_fields"),
    ({"multi_match": {"query": "x", "fields": ["title^x"]}}, "title^x"),
    ({"query_string": {"query": "x", "fuzziness": 1}}, "fuzziness"),
    ({"query_string": {"query": "x~3"}}, "query_shard_exception"),
    ({"bool": {"must": [{"term": {"pk": "x"}}]}}, "query_shard_exception"),
    ({"bool": {"should": [], "minimum_should_match": "2<75%"}}, "75%"),
    ({"nested": {"path": "title", "query": {"match_all": {}}}}, "query_shard_exception"),
    ({"function_score": {"functions": [{"script_score": {}}]}}, "script_score"),
    ({"function_score": {"functions": [{}]}}, "function"),
    ({"function_score": {"gauss": {"pk": {"origin": 1, "scale": "30 days"}}}}, "30 days"),
    ({"function_score": {"gauss": {"pk": {"scale": "3d", "decay": 1}}}}, "decay"),
    ({"wildcard": {"pk": {"value": "1*"}}}, "query_shard_exception"),
    ({"prefix": {"key": {"value": 5}}}, "value"),
    ({"ids": {"type": "x", "values": []}}, "type"),
    ({"exists": {}}, "field"),
    ({"match_all": {"boost": -1}}, "boost"),
]


@pytest.mark.parametrize(("query", "named"), QUERIES)
def test_a_query_that_is_not_supported(client: Elasticsearch, query: Any, named: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        client.search(index="course", query=query)
    (cause,) = caught.value.body["error"]["root_cause"]
    assert named in f"{cause['type']} {cause['reason']}"


BODIES: list[tuple[dict[str, Any], str]] = [
    ({"script_fields": {}}, "script_fields"),
    ({"suggest": {}}, "suggest"),
    ({"size": True}, "size"),
    ({"from": "x"}, "from"),
    ({"sort": [{"key": {"order": "asc", "nested": {}}}]}, "nested"),
    ({"sort": [{"_script": {}}]}, "search_phase_execution_exception"),
    ({"sort": ["title"]}, "search_phase_execution_exception"),
    ({"sort": ["suggest"]}, "search_phase_execution_exception"),
    ({"sort": ["key"], "search_after": []}, "search_after"),
    ({"sort": ["pk"], "search_after": ["x"]}, "search_phase_execution_exception"),
    ({"search_after": [1]}, "[Ss]ort"),
    ({"aggs": {"a": {"histogram": {"field": "pk"}}}}, "histogram"),
    ({"aggs": {"a": {"terms": {"field": "pk", "include": "x"}}}}, "include"),
    ({"aggs": {"a": {"terms": {"field": "pk", "order": {"b": "asc"}}}}}, "b"),
    ({"aggs": {"a": {"terms": {"field": "title"}}}}, "search_phase_execution_exception"),
    ({"aggs": {"a": {"min": {"field": "pk"}, "aggs": {"b": {"min": {"field": "pk"}}}}}}, "sub-agg"),
    ({"aggs": {}, "aggregations": {}}, "aggs"),
    ({"highlight": {"fields": {"title": {"matched_fields": []}}}}, "matched_fields"),
    ({"highlight": {"fields": {}, "type": "fvh"}}, "fvh"),
    ({"_source": {"only": []}}, "only"),
    ({"track_total_hits": "some"}, "track_total_hits"),
]


@pytest.mark.parametrize(("body", "named"), BODIES)
def test_a_search_that_is_not_supported(
    client: Elasticsearch, body: dict[str, Any], named: str
) -> None:
    with pytest.raises(BadRequestError, match=named):
        client.search(index="course", body=body)


MAPPINGS: list[tuple[dict[str, Any], str]] = [
    ({"properties": {"a": {"type": "geo_point"}}}, "geo_point"),
    ({"properties": {"a": {"type": "keyword", "normalizer": "x"}}}, "normalizer"),
    ({"properties": {"a": {"type": "text", "analyzer": "nope"}}}, "nope"),
    ({"properties": {"a": {"type": "date", "format": "yyyy"}}}, "yyyy"),
    ({"properties": {"a": {"type": "keyword", "ignore_above": "x"}}}, "ignore_above"),
    ({"properties": {"a": {}}}, "a"),
    ({"properties": {"a": 1}}, "a"),
    ({"dynamic": "runtime"}, "runtime"),
    ({"_routing": {}}, "_routing"),
    ({"properties": {f"f{i}": {"type": "long"} for i in range(1001)}}, "1000"),
]


@pytest.mark.parametrize(("mappings", "named"), MAPPINGS)
def test_a_mapping_that_is_not_supported(
    client: Elasticsearch, mappings: dict[str, Any], named: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        client.indices.create(index="other", mappings=mappings)
    assert named in caught.value.body["error"]["reason"]
    assert not client.indices.exists(index="other")


@pytest.mark.parametrize(
    "settings",
    [
        {"codec": "best_compression"},
        {"number_of_shards": 0},
        {"max_result_window": "many"},
        {"blocks": {"read_only_allow_delete": True}},
        {"similarity": {"default": {"type": "boolean"}}},
    ],
)
def test_a_setting_that_is_not_supported(client: Elasticsearch, settings: dict[str, Any]) -> None:
    with pytest.raises(BadRequestError) as caught:
        client.indices.create(index="other", settings=settings)
    assert next(iter(settings)) in caught.value.body["error"]["reason"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b'{"update":{"_id":"1"}}\n{}\n', "update"),
        (b'{"index":{"_id":"1","pipeline":"x"}}\n{}\n', "pipeline"),
        (b"not json\n", "x_content_parse_exception"),
        (b'{"index":{"_id":"1"},"delete":{}}\n{}\n', "delete"),
    ],
)
def test_a_bulk_that_cannot_be_read(client: Elasticsearch, body: bytes, named: str) -> None:
    with pytest.raises(BadRequestError, match=named):
        client.perform_request("POST", "/course/_bulk", headers=BULK_TYPE, body=body)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ({"pk": "x"}, "document_parsing_exception"),
        ({"title": {"a": 1}}, "document_parsing_exception"),
        ({"key": "x" * 40_000}, "illegal_argument_exception"),
        ({"deep": [[[[[1]]]]], "pk": 10**12}, "document_parsing_exception"),
        ({".": 1}, "document_parsing_exception"),
        ([1], "document_parsing_exception"),
    ],
)
def test_a_document_that_does_not_fit_does_not_stop_the_others(
    client: Elasticsearch, line: Any, kind: str
) -> None:
    operations = [{"index": {"_id": "bad"}}, line, {"index": {"_id": "good"}}, {"pk": 1}]
    answer = client.bulk(index="course", operations=operations)
    bad, good = (item["index"] for item in answer["items"])
    assert (bad["status"], bad["error"]["type"], good["status"]) == (400, kind, 201)
    assert client.count(index="course")["count"] == 1


def test_a_refused_document_maps_no_field(client: Elasticsearch) -> None:
    with pytest.raises(BadRequestError):
        client.index(index="course", id="1", document={"new": 1, "pk": "x"})
    with pytest.raises(BadRequestError):
        client.index(index="course", id="1", document={"new": [1, {"a": 1}]})
    mapping = client.indices.get_mapping(index="course")["course"]["mappings"]
    assert "new" not in mapping["properties"]


def test_the_client_raises_its_own_errors(client: Elasticsearch) -> None:
    with pytest.raises(NotFoundError, match="index_not_found_exception"):
        client.search(index="nowhere")
    with pytest.raises(NotFoundError):
        client.get(index="course", id="1")
    client.create(index="course", id="1", document={"pk": 1})
    with pytest.raises(ConflictError, match="version_conflict_engine_exception"):
        client.create(index="course", id="1", document={"pk": 1})


def test_nesting_without_end_is_refused(client: Elasticsearch) -> None:
    query: dict[str, Any] = {"match_all": {}}
    for _ in range(31):
        query = {"bool": {"must": [query]}}
    with pytest.raises(BadRequestError, match="nested depth"):
        client.search(index="course", query=query)
    deep = b'{"a":' * 500 + b"1" + b"}" * 500
    with pytest.raises(ApiError) as caught:
        client.perform_request("PUT", "/course/_doc/1", headers=JSON_TYPE, body=deep)
    assert caught.value.status_code == 400
    arrays = b'{"a":' + b"[" * 900 + b"1" + b"]" * 900 + b"}"
    with pytest.raises(ApiError) as caught:
        client.perform_request("PUT", "/course/_doc/1", headers=JSON_TYPE, body=arrays)
    assert caught.value.status_code == 400
