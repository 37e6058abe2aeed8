"""Marked words, several searches in one call, queries that are only checked or explained."""

from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case, search

WHITMAN = {"query_string": {"query": "whitman", "default_field": "title"}}
BROKEN = {"query_string": {"query": "(whitman", "default_field": "title"}}


def _case(name: str, *calls: Call) -> Case:
    return Case(name=name, calls=calls, confirmed_by=SERVERS)


def _marked(name: str, query: dict[str, Any], highlight: dict[str, Any], **expect: Any) -> Case:
    return search(
        name,
        {"query": query, "highlight": highlight},
        {"highlighted": expect},
        confirmed_by=SERVERS,
    )


HIGHLIGHTS = (
    _marked(
        "marked_words_keep_their_form",
        {"match": {"title": "programs"}},
        {"fields": {"title": {}}},
        python={"title": ["Programming"]},
    ),
    _marked(
        "marked_words_of_several_fields",
        {"multi_match": {"query": "justice philosophy", "fields": ["title", "full_description"]}},
        {"fields": {"title": {}, "full_description": {}}},
        justice={"title": ["Justice"], "full_description": ["philosophy"]},
    ),
    _marked(
        "only_fields_that_were_asked_are_marked",
        {"match": {"title": "justice"}},
        {"fields": {"full_description": {}}},
        justice={},
    ),
    _marked(
        "any_field_may_be_marked",
        {"match": {"title": "whitman"}},
        {"require_field_match": False, "fields": {"full_description": {"number_of_fragments": 0}}},
        poetry={"full_description": ["Whitman"]},
    ),
    _marked(
        "words_of_a_query_string_are_marked",
        {"query_string": {"query": "title:mach* AND NOT title:justice"}},
        {"fields": {"title": {}}},
        machine={"title": ["Machine"]},
    ),
    search(
        "a_whole_field_is_shown_when_it_is_not_cut",
        {
            "query": WHITMAN,
            "highlight": {
                "pre_tags": ["["],
                "post_tags": ["]"],
                "fields": {"title": {"number_of_fragments": 0}},
            },
        },
        {"at": {"hits.hits.0.highlight.title": ["Poetry in America: [Whitman]"]}},
        confirmed_by=SERVERS,
    ),
)

SEVERAL = (
    _case(
        "msearch_answers_each_in_order",
        Call(
            "msearch",
            {
                "searches": [
                    {"index": "@courses"},
                    {"query": WHITMAN},
                    {"index": "@courses"},
                    {"size": 0, "query": {"term": {"org.raw": "MITx"}}},
                    {"index": "@courses"},
                    {"query": {"match_none": {}}},
                ]
            },
            {"responses": [{"ids": ["poetry"], "at": {"status": 200}}, {"total": 2}, {"ids": []}]},
        ),
    ),
    _case(
        "msearch_with_one_index_for_all",
        Call(
            "msearch",
            {"index": "@courses", "searches": [{}, {"query": WHITMAN}, {}, {"size": 0}]},
            {"responses": [{"ids": ["poetry"]}, {"total": 8}]},
        ),
    ),
    _case(
        "msearch_one_bad_search_spoils_no_other",
        Call(
            "msearch",
            {
                "searches": [
                    {"index": "@courses"},
                    {"query": BROKEN},
                    {"index": "@nowhere"},
                    {"query": WHITMAN},
                    {"index": "@courses"},
                    {"query": WHITMAN},
                ]
            },
            {
                "responses": [
                    {"error": [400, "query_shard_exception"]},
                    {"error": [404, "index_not_found_exception"]},
                    {"ids": ["poetry"]},
                ]
            },
        ),
    ),
    _case(
        "msearch_tells_which_stored_queries_some_documents_match",
        Call(
            "msearch",
            {
                "index": "@courses",
                "searches": [
                    part
                    for stored in (
                        "org:mitx",
                        "languages:Spanish",
                        "start:[2027 TO *]",
                        "hidden:true",
                    )
                    for part in (
                        {},
                        {
                            "_source": False,
                            "query": {
                                "bool": {
                                    "must": [{"query_string": {"query": stored}}],
                                    "filter": [{"ids": {"values": ["machine", "justice"]}}],
                                }
                            },
                        },
                    )
                ],
            },
            {
                "responses": [
                    {"ids": ["machine"]},
                    {"ids": ["machine"]},
                    {"ids": ["machine"]},
                    {"ids": []},
                ]
            },
        ),
    ),
)


def _validated(name: str, query: dict[str, Any], valid: bool, **arguments: Any) -> Case:
    call = Call(
        "indices.validate_query",
        {"index": "@courses", "query": query, **arguments},
        {"at": {"valid": valid}},
    )
    return _case(name, call)


CHECKED = (
    _validated("a_good_query_is_valid", WHITMAN, True),
    _validated("a_broken_query_string_is_not_valid", BROKEN, False),
    _validated("a_broken_query_is_not_valid_with_reasons", BROKEN, False, explain=True),
    _validated("an_unknown_field_is_valid", {"query_string": {"query": "nowhere:x"}}, True),
    _validated("a_bad_date_is_not_valid", {"range": {"start": {"gte": "soon"}}}, False),
    _validated("an_unknown_query_is_not_valid", {"telepathy": {}}, False),
    _case(
        "the_reason_is_told_with_the_index",
        Call(
            "indices.validate_query",
            {"index": "@courses", "query": BROKEN, "explain": True},
            {
                "at": {
                    "explanations.0.index": "@courses",
                    "explanations.0.valid": False,
                    "error": "(absent)",
                }
            },
        ),
    ),
    _case(
        "a_query_on_an_unknown_index",
        Call(
            "indices.validate_query",
            {"index": "@nowhere", "query": WHITMAN},
            {"error": [404, "index_not_found_exception"]},
        ),
    ),
)

EXPLAINED = (
    _case(
        "a_match_is_explained",
        Call(
            "explain",
            {"index": "@courses", "id": "poetry", "query": WHITMAN},
            {"at": {"matched": True}},
        ),
    ),
    _case(
        "a_miss_is_explained",
        Call(
            "explain",
            {"index": "@courses", "id": "justice", "query": WHITMAN},
            {"at": {"matched": False}},
        ),
    ),
    search(
        "hits_carry_the_sum_of_their_explanation",
        {"explain": True, "query": {"constant_score": {"filter": {"term": {"pk": 4}}, "boost": 3}}},
        {"at": {"hits.hits.0._explanation.value": 3.0}},
        confirmed_by=SERVERS,
    ),
)

CASES: tuple[Case, ...] = (*HIGHLIGHTS, *SEVERAL, *CHECKED, *EXPLAINED)
