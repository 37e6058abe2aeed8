"""Documents that are refused, how values are converted, and reading documents by their keys."""

from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case
from search.tests.conformance.catalog import COURSES, Index
from search.tests.conformance.writing import CREATED, bulk, index_line, stored, writing


def _refused(name: str, source: dict[str, Any], error: str = "document_parsing_exception") -> Case:
    """Return the case of a bad document between two good ones, which are stored."""
    lines = [*index_line("a", {"pk": 1}), *index_line("bad", source), *index_line("b", {"pk": 2})]
    items = [
        ["index", "a", 201, "created"],
        ["index", "bad", 400, error],
        ["index", "b", 201, "created"],
    ]
    count = Call("count", {"index": "@courses"}, {"at": {"count": 2}})
    return writing(name, bulk(lines, items), count)


STRICT = Index({"dynamic": "strict", "properties": {"pk": {"type": "integer"}}})
QUIET = Index({"dynamic": False, "properties": {"pk": {"type": "integer"}}})

DOCUMENTS = (
    _refused("an_integer_that_is_none", {"pk": "one"}),
    _refused("an_integer_out_of_range", {"pk": 3000000000}),
    _refused("a_date_that_is_none", {"start": "2026-02-30"}),
    _refused("a_date_in_another_form", {"start": "11/20/2026"}),
    _refused("a_boolean_that_is_none", {"published": "yes"}),
    _refused("a_float_that_is_none", {"fixed_price_usd": "49,50"}),
    _refused("an_object_in_a_keyword", {"languages": {"name": "English"}}),
    _refused("an_object_in_a_text", {"title": {"en": "Justice"}}),
    _refused("a_word_for_a_nested_object", {"skills": "SQL"}),
    _refused("one_bad_value_of_many", {"start": ["2026-01-01", "soon"]}),
    writing(
        "an_unmapped_field_of_a_strict_index",
        bulk(
            index_line("a", {"pk": 1, "other": 1}),
            [["index", "a", 400, "strict_dynamic_mapping_exception"]],
        ),
        on=STRICT,
    ),
    writing(
        "an_unmapped_field_of_a_quiet_index_is_only_kept",
        bulk(index_line("a", {"pk": 1, "other": {"x": "y"}}), [CREATED]),
        stored("a", _source={"pk": 1, "other": {"x": "y"}}),
        Call(
            "count",
            {"index": "@courses", "query": {"exists": {"field": "other.x"}}},
            {"at": {"count": 0}},
        ),
        Call(
            "count",
            {"index": "@courses", "query": {"match": {"other.x": "y"}}},
            {"at": {"count": 0}},
        ),
        on=QUIET,
    ),
    writing(
        "values_are_converted_for_search_and_kept_as_sent",
        bulk(
            index_line(
                "a", {"pk": "12", "languages": 5, "published": "true", "fixed_price_usd": "1.5"}
            ),
            [CREATED],
        ),
        Call(
            "search",
            {
                "index": "@courses",
                "body": {
                    "query": {
                        "bool": {
                            "filter": [
                                {"range": {"pk": {"gte": 12, "lte": 12}}},
                                {"term": {"languages": "5"}},
                                {"term": {"published": True}},
                                {"term": {"fixed_price_usd": 1.5}},
                            ]
                        }
                    }
                },
            },
            {
                "sources": {
                    "a": {"pk": "12", "languages": 5, "published": "true", "fixed_price_usd": "1.5"}
                }
            },
        ),
    ),
    writing(
        "a_fraction_in_an_integer_is_cut",
        bulk(index_line("a", {"pk": 1.9}), [CREATED]),
        Call("count", {"index": "@courses", "query": {"term": {"pk": 1}}}, {"at": {"count": 1}}),
    ),
    writing(
        "an_empty_text_is_a_value_of_a_keyword",
        bulk(index_line("a", {"languages": "", "title": ""}), [CREATED]),
        Call(
            "count",
            {"index": "@courses", "query": {"term": {"languages": ""}}},
            {"at": {"count": 1}},
        ),
        Call(
            "count",
            {"index": "@courses", "query": {"exists": {"field": "languages"}}},
            {"at": {"count": 1}},
        ),
        Call(
            "count",
            {"index": "@courses", "query": {"exists": {"field": "title"}}},
            {"at": {"count": 1}},
        ),
    ),
    writing(
        "an_empty_boolean_is_false",
        bulk(index_line("a", {"published": ""}), [CREATED]),
        Call(
            "count",
            {"index": "@courses", "query": {"term": {"published": False}}},
            {"at": {"count": 1}},
        ),
    ),
    writing(
        "nulls_in_arrays_are_skipped",
        bulk(index_line("a", {"start": [None, "2026-01-01"], "end": [None]}), [CREATED]),
        Call(
            "count",
            {"index": "@courses", "query": {"exists": {"field": "start"}}},
            {"at": {"count": 1}},
        ),
        Call(
            "count",
            {"index": "@courses", "query": {"exists": {"field": "end"}}},
            {"at": {"count": 0}},
        ),
    ),
)


def _reads(name: str, *calls: Call) -> Case:
    return Case(name=name, calls=calls, confirmed_by=SERVERS, indexes={"@courses": COURSES})


READING = (
    _reads(
        "get_of_an_unknown_document",
        Call("get", {"index": "@courses", "id": "nobody"}, {"at": {"status": 404, "found": False}}),
    ),
    _reads(
        "get_shows_parts_of_the_source",
        Call(
            "get",
            {"index": "@courses", "id": "justice", "source_includes": ["org", "pk"]},
            {"at": {"_source": {"org": "HarvardX", "pk": 3}}},
        ),
    ),
    _reads("exists_says_yes", Call("exists", {"index": "@courses", "id": "justice"}, {"is": True})),
    _reads("exists_says_no", Call("exists", {"index": "@courses", "id": "nobody"}, {"is": False})),
    _reads(
        "mget_answers_in_the_order_asked",
        Call(
            "mget",
            {"index": "@courses", "ids": ["robots", "nobody", "python"], "source": ["pk"]},
            {
                "at": {
                    "docs.0._source": {"pk": 6},
                    "docs.1.found": False,
                    "docs.1._id": "nobody",
                    "docs.2._source": {"pk": 1},
                }
            },
        ),
    ),
    _reads(
        "mget_names_an_index_for_each",
        Call(
            "mget",
            {
                "docs": [
                    {"_index": "@courses", "_id": "justice", "_source": ["pk"]},
                    {"_index": "@nowhere", "_id": "justice"},
                ]
            },
            {
                "at": {
                    "docs.0._source": {"pk": 3},
                    "docs.1.error.type": "index_not_found_exception",
                }
            },
        ),
    ),
    _reads("count_of_everything", Call("count", {"index": "@courses"}, {"at": {"count": 8}})),
    _reads(
        "count_of_a_query",
        Call(
            "count",
            {
                "index": "@courses",
                "query": {"query_string": {"query": "org:harvardx AND NOT hidden:true"}},
            },
            {"at": {"count": 3}},
        ),
    ),
    _reads(
        "count_of_an_unknown_index",
        Call("count", {"index": "@nowhere"}, {"error": [404, "index_not_found_exception"]}),
    ),
)

CASES: tuple[Case, ...] = (*DOCUMENTS, *READING)
