"""One search over several indexes."""

from collections.abc import Mapping
from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case
from search.tests.conformance.catalog import COURSES, Index

OLD = COURSES.holding({"old": {"pk": 1, "org": "MITx"}})
NEW = COURSES.holding({"new": {"pk": 2, "org": "MITx"}, "newer": {"pk": 3, "org": "ETHx"}})
BOTH = {"@old": OLD, "@new": NEW}


def _case(name: str, *calls: Call, indexes: Mapping[str, Index] = BOTH) -> Case:
    return Case(name=name, calls=calls, confirmed_by=SERVERS, indexes=indexes)


def _found(index: Any, *ids: str) -> Call:
    return Call("search", {"index": index, "body": {"sort": ["pk"]}}, {"ids": list(ids)})


CASES: tuple[Case, ...] = (
    _case("a_search_over_two_indexes", _found(["@old", "@new"], "old", "new", "newer")),
    _case(
        "the_same_key_in_two_indexes_is_two_hits",
        Call(
            "search",
            {"index": ["@old", "@new"], "body": {"sort": ["pk"]}},
            {
                "ids": ["same", "same"],
                "at": {"hits.hits.0._index": "@new", "hits.hits.1._index": "@old"},
            },
        ),
        indexes={
            "@old": COURSES.holding({"same": {"pk": 2}}),
            "@new": COURSES.holding({"same": {"pk": 1}}),
        },
    ),
    _case(
        "aggregations_over_two_indexes_add_up",
        Call(
            "search",
            {
                "index": ["@old", "@new"],
                "body": {"size": 0, "aggs": {"orgs": {"terms": {"field": "org.raw"}}}},
            },
            {"aggregations": {"orgs": [["MITx", 2], ["ETHx", 1]]}, "total": 3},
        ),
    ),
    _case(
        "a_field_that_only_one_index_has",
        Call(
            "search",
            {"index": ["@old", "@other"], "body": {"query": {"term": {"colour": "red"}}}},
            {"ids": ["red"]},
        ),
        indexes={
            "@old": OLD,
            "@other": Index(
                {"properties": {"colour": {"type": "keyword"}}}, {}, {"red": {"colour": "red"}}
            ),
        },
    ),
    _case(
        "one_unknown_index_of_two_is_an_error",
        Call(
            "search", {"index": ["@old", "@nowhere"]}, {"error": [404, "index_not_found_exception"]}
        ),
    ),
    _case(
        "an_unknown_index_may_be_ignored",
        Call(
            "search", {"index": ["@old", "@nowhere"], "ignore_unavailable": True}, {"ids": ["old"]}
        ),
    ),
    _case(
        "an_index_and_an_alias_to_it_show_each_document_once",
        Call(
            "indices.update_aliases",
            {"actions": [{"add": {"index": "@old", "alias": "@alias"}}]},
        ),
        _found(["@old", "@alias"], "old"),
    ),
    _case(
        "an_empty_index_beside_a_full_one",
        _found(["@old", "@empty"], "old"),
        indexes={"@old": OLD, "@empty": COURSES.holding({})},
    ),
)
