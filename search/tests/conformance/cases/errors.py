"""Requests that must be refused, with the status and the type of the first cause."""

from typing import Any

from search.tests.conformance.case import (
    ELASTICSEARCH,
    NOT_OPENSEARCH,
    SERVERS,
    Call,
    Case,
    query,
    search,
)
from search.tests.conformance.catalog import EMPTY

PARSING = [400, "parsing_exception"]
ARGUMENT = [400, "illegal_argument_exception"]
SHARD = [400, "query_shard_exception"]
X_CONTENT = [400, "x_content_parse_exception"]
DATE = [400, "parse_exception"]
MAPPING = [400, "mapper_parsing_exception"]


def _bad_query(name: str, body: dict[str, Any], error: list[Any]) -> Case:
    return query(name, body, {"error": error}, confirmed_by=SERVERS)


def _bad_search(name: str, body: dict[str, Any], error: list[Any]) -> Case:
    return search(name, body, {"error": error}, confirmed_by=SERVERS)


def _bad_text(name: str, text: str, **options: Any) -> Case:
    """Return the case of a query string that cannot be read."""
    body = {"query_string": {"query": text, "default_field": "title", **options}}
    return _bad_query(name, body, SHARD)


def _bad_index(name: str, error: list[Any], **arguments: Any) -> Case:
    return Case(
        name=name,
        calls=[Call("indices.create", {"index": "@made", **arguments}, {"error": error})],
        confirmed_by=SERVERS,
        indexes={},
        creates=("@made",),
    )


QUERY_STRINGS = (
    _bad_text("an_open_parenthesis", "(python"),
    _bad_text("a_closing_parenthesis_alone", "python)"),
    _bad_text("an_open_quote", '"python'),
    _bad_text("a_field_without_a_value", "title:"),
    _bad_text("two_colons", "title:python:"),
    _bad_text("and_without_a_right_side", "python AND"),
    _bad_text("or_without_a_left_side", "OR python"),
    _bad_text("two_operators", "python AND OR whitman"),
    _bad_text("not_alone", "NOT"),
    _bad_text("an_empty_group", "()"),
    _bad_text("an_open_range", "pk:[1 TO"),
    _bad_text("a_range_of_one", "pk:[1]"),
    _bad_text("a_range_with_a_small_to", "pk:[1 to 2]"),
    _bad_text("an_open_regular_expression", "data/science"),
    _bad_text("a_backslash_at_the_end", "python\\"),
    _bad_text("a_word_for_a_number", "pk:many"),
    _bad_text("a_word_for_a_boolean", "published:maybe"),
    _bad_text("a_lone_plus", "+"),
    _bad_query(
        "a_word_for_a_date",
        {"query_string": {"query": "start:[x TO y]", "default_field": "title"}},
        DATE,
    ),
    query(
        "a_word_for_a_number_may_be_forgiven",
        {
            "query_string": {
                "query": "pk:many OR whitman",
                "default_field": "title",
                "lenient": True,
            }
        },
        {"ids": ["poetry"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_word_for_a_date_may_be_forgiven",
        {
            "query_string": {
                "query": "start:[x TO y] OR whitman",
                "default_field": "title",
                "lenient": True,
            }
        },
        {"ids": ["poetry"]},
        confirmed_by=SERVERS,
    ),
    _bad_query(
        "an_unknown_option_of_a_query_string",
        {"query_string": {"query": "python", "colour": "red"}},
        PARSING,
    ),
    _bad_query(
        "a_query_string_without_a_query", {"query_string": {"default_field": "title"}}, PARSING
    ),
)

QUERIES = (
    _bad_query("an_unknown_query", {"telepathy": {"title": "x"}}, PARSING),
    _bad_query("two_queries_in_one_object", {"match_all": {}, "term": {"pk": 1}}, PARSING),
    _bad_query("a_query_that_is_a_list", [{"match_all": {}}], PARSING),  # type: ignore[arg-type]
    _bad_query("an_empty_query", {}, ARGUMENT),
    _bad_query("an_unknown_clause_of_bool", {"bool": {"might": []}}, X_CONTENT),
    _bad_query("a_term_of_two_fields", {"term": {"pk": 1, "org": "x"}}, PARSING),
    _bad_query("a_term_of_a_list", {"term": {"pk": [1, 2]}}, PARSING),
    _bad_query("terms_of_one_value", {"terms": {"pk": 1}}, PARSING),
    _bad_query(
        "an_unknown_option_of_match", {"match": {"title": {"query": "x", "colour": 1}}}, PARSING
    ),
    _bad_query("an_unknown_limit_of_a_range", {"range": {"pk": {"above": 1}}}, PARSING),
    _bad_query("a_word_for_a_number_in_a_term", {"term": {"pk": "one"}}, SHARD),
    _bad_query("a_word_for_a_number_in_a_range", {"range": {"pk": {"gte": "one"}}}, SHARD),
    _bad_query("a_word_for_a_boolean_in_a_term", {"term": {"published": "maybe"}}, SHARD),
    _bad_query("a_word_for_a_date_in_a_range", {"range": {"start": {"gte": "soon"}}}, DATE),
    _bad_query("a_day_that_does_not_exist", {"range": {"start": {"gte": "2026-02-30"}}}, DATE),
    _bad_query("a_bad_step_of_date_math", {"range": {"start": {"gte": "now+1x"}}}, DATE),
    _bad_query("exists_without_a_field", {"exists": {}}, PARSING),
    _bad_query("constant_score_without_a_filter", {"constant_score": {"boost": 1}}, PARSING),
    _bad_query(
        "an_unknown_score_mode",
        {"function_score": {"query": {"match_all": {}}, "functions": [], "score_mode": "best"}},
        ARGUMENT,
    ),
)

SEARCHES = (
    _bad_search("an_unknown_key_of_a_search", {"quary": {}}, PARSING),
    _bad_search("a_negative_size", {"size": -2}, ARGUMENT),
    _bad_search("a_negative_start", {"from": -2}, ARGUMENT),
    _bad_search("a_size_that_is_no_number", {"size": "many"}, [400, "number_format_exception"]),
    _bad_search("a_sort_by_an_unknown_field", {"sort": ["nowhere"]}, SHARD),
    _bad_search("a_sort_by_a_text", {"sort": ["title"]}, ARGUMENT),
    _bad_search("a_sort_in_an_unknown_direction", {"sort": [{"pk": "sideways"}]}, ARGUMENT),
    search(
        "a_position_and_a_start",
        {"sort": ["pk"], "search_after": [1], "from": 3},
        {"error": [400, "action_request_validation_exception"]},
        confirmed_by=ELASTICSEARCH,
        engines=NOT_OPENSEARCH,  # which answers 500
    ),
    _bad_search("an_unknown_aggregation", {"aggs": {"facet": {"telepathy": {}}}}, PARSING),
    _bad_search("terms_of_a_text", {"aggs": {"facet": {"terms": {"field": "title"}}}}, ARGUMENT),
    _bad_search("terms_without_a_field", {"aggs": {"facet": {"terms": {}}}}, ARGUMENT),
    _bad_search(
        "terms_of_size_zero", {"aggs": {"facet": {"terms": {"field": "pk", "size": 0}}}}, X_CONTENT
    ),
    _bad_search(
        "an_unknown_option_of_terms",
        {"aggs": {"facet": {"terms": {"field": "pk", "colour": "red"}}}},
        X_CONTENT,
    ),
    _bad_search("an_aggregation_without_a_type", {"aggs": {"facet": {}}}, PARSING),
    Case(
        name="a_search_on_an_unknown_index",
        calls=[
            Call("search", {"index": "@nowhere"}, {"error": [404, "index_not_found_exception"]})
        ],
        confirmed_by=SERVERS,
        indexes={},
    ),
    search(
        "a_sort_by_an_unknown_field_of_an_empty_index",
        {"sort": ["nowhere"]},
        {"error": SHARD},
        on=EMPTY,
        confirmed_by=SERVERS,
    ),
)

INDEXES = (
    _bad_index(
        "an_unknown_type_of_field", MAPPING, mappings={"properties": {"pk": {"type": "number"}}}
    ),
    _bad_index(
        "a_field_without_a_type", MAPPING, mappings={"properties": {"pk": {"analyzer": "standard"}}}
    ),
    _bad_index(
        "an_unknown_option_of_a_field",
        MAPPING,
        mappings={"properties": {"pk": {"type": "integer", "colour": "red"}}},
    ),
    _bad_index(
        "an_unknown_analyzer",
        MAPPING,
        mappings={"properties": {"title": {"type": "text", "analyzer": "nowhere"}}},
    ),
    _bad_index("an_unknown_key_of_mappings", MAPPING, mappings={"fields": {}}),
    _bad_index("an_unknown_setting_of_a_new_index", ARGUMENT, settings={"number_of_shard": 1}),
    _bad_index(
        "an_unknown_tokenizer",
        ARGUMENT,
        settings={"analysis": {"analyzer": {"own": {"type": "custom", "tokenizer": "nowhere"}}}},
    ),
    _bad_index(
        "an_unknown_filter",
        ARGUMENT,
        settings={
            "analysis": {
                "analyzer": {
                    "own": {"type": "custom", "tokenizer": "standard", "filter": ["nowhere"]}
                }
            }
        },
    ),
    _bad_index(
        "a_bad_value_of_a_setting",
        ARGUMENT,
        settings={"max_result_window": "wide"},
    ),
)

CASES: tuple[Case, ...] = (*QUERY_STRINGS, *QUERIES, *SEARCHES, *INDEXES)
