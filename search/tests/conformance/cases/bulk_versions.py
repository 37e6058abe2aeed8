"""Writing many documents in one call, and versions that come from outside."""

from search.tests.conformance.case import Call, Case
from search.tests.conformance.writing import (
    CONFLICT,
    CREATED,
    UPDATED,
    bulk,
    delete_line,
    index_line,
    stored,
    versioned_line,
    writing,
)

ACTIONS = (
    writing(
        "index_creates_then_replaces",
        bulk(index_line("a", {"pk": 1, "org": "MITx"}), [CREATED]),
        bulk(index_line("a", {"pk": 2}), [UPDATED]),
        stored("a", _source={"pk": 2}, _version=2),
    ),
    writing(
        "create_refuses_an_existing_document",
        bulk(index_line("a", {"pk": 1}), [CREATED]),
        bulk(
            [{"create": {"_index": "@courses", "_id": "a"}}, {"pk": 2}],
            [["create", "a", 409, "version_conflict_engine_exception"]],
        ),
        stored("a", _source={"pk": 1}, _version=1),
    ),
    writing(
        "delete_removes",
        bulk(index_line("a", {"pk": 1}), [CREATED]),
        bulk(delete_line("a"), [["delete", "a", 200, "deleted"]]),
        Call("count", {"index": "@courses"}, {"at": {"count": 0}}),
    ),
    writing(
        "delete_of_nothing_is_no_error",
        bulk(delete_line("a"), [["delete", "a", 404, "not_found"]]),
    ),
    writing(
        "lines_are_carried_out_in_order",
        bulk(
            [
                *index_line("a", {"pk": 1}),
                *index_line("a", {"pk": 2}),
                *delete_line("a"),
                *index_line("a", {"pk": 3}),
            ],
            [CREATED, UPDATED, ["delete", "a", 200, "deleted"], CREATED],
        ),
        stored("a", _source={"pk": 3}),
    ),
    writing(
        "the_index_may_be_named_once",
        Call(
            "bulk",
            {
                "index": "@courses",
                "operations": [{"index": {"_id": "a"}}, {"pk": 1}],
                "refresh": "true",
            },
            {"items": [CREATED]},
        ),
    ),
    writing(
        "written_documents_are_found_after_a_refresh",
        Call("bulk", {"operations": index_line("a", {"pk": 1})}, {"items": [CREATED]}),
        Call("indices.refresh", {"index": "@courses"}),
        Call("search", {"index": "@courses", "body": {}}, {"ids": ["a"]}),
    ),
    writing(
        "a_refresh_may_be_waited_for",
        Call(
            "bulk",
            {"operations": index_line("a", {"pk": 1}), "refresh": "wait_for"},
            {"items": [CREATED]},
        ),
        Call("search", {"index": "@courses", "body": {}}, {"ids": ["a"]}),
    ),
    writing(
        "replaced_values_are_gone",
        bulk(index_line("a", {"languages": ["English", "Spanish"], "title": "Justice"}), [CREATED]),
        bulk(index_line("a", {"languages": ["German"], "title": "Poetry"}), [UPDATED]),
        Call(
            "count",
            {"index": "@courses", "query": {"term": {"languages": "Spanish"}}},
            {"at": {"count": 0}},
        ),
        Call(
            "count",
            {"index": "@courses", "query": {"match": {"title": "justice"}}},
            {"at": {"count": 0}},
        ),
        Call(
            "count",
            {"index": "@courses", "query": {"match": {"title": "poetry"}}},
            {"at": {"count": 1}},
        ),
    ),
    writing(
        "keys_may_hold_any_characters",
        bulk(
            index_line("course-v1:MITx+6.00.1x/3T 2026?é", {"pk": 1}),
            [["index", "course-v1:MITx+6.00.1x/3T 2026?é", 201, "created"]],
        ),
        stored("course-v1:MITx+6.00.1x/3T 2026?é", _source={"pk": 1}),
    ),
    writing(
        "an_empty_bulk_is_an_error",
        Call("bulk", {"operations": []}, {"error": [400, "parse_exception"]}),
    ),
    writing(
        "an_unknown_action_is_an_error",
        Call(
            "bulk",
            {"operations": [{"replace": {"_index": "@courses", "_id": "a"}}, {"pk": 1}]},
            {"error": [400, "illegal_argument_exception"]},
        ),
    ),
)

VERSIONS = (
    writing(
        "a_version_from_outside_is_kept",
        bulk(versioned_line("a", 1732102750585), [CREATED]),
        stored("a", _version=1732102750585),
    ),
    writing(
        "a_newer_version_replaces",
        bulk([*versioned_line("a", 5), *versioned_line("a", 9)], [CREATED, UPDATED]),
        stored("a", _version=9, _source={"pk": 9}),
    ),
    writing(
        "an_older_version_is_a_conflict",
        bulk([*versioned_line("a", 5), *versioned_line("a", 4)], [CREATED, CONFLICT]),
        stored("a", _version=5, _source={"pk": 5}),
    ),
    writing(
        "the_same_version_is_a_conflict",
        bulk([*versioned_line("a", 5), *versioned_line("a", 5)], [CREATED, CONFLICT]),
    ),
    writing(
        "the_same_version_may_replace",
        bulk(
            [
                *versioned_line("a", 5, "external_gte"),
                *index_line("a", {"pk": 55}, version=5, version_type="external_gte"),
                *versioned_line("a", 4, "external_gte"),
            ],
            [CREATED, UPDATED, CONFLICT],
        ),
        stored("a", _version=5, _source={"pk": 55}),
    ),
    writing(
        "a_delete_has_a_version_too",
        bulk(versioned_line("a", 5), [CREATED]),
        bulk(
            delete_line("a", version=4, version_type="external"),
            [["delete", "a", 409, "version_conflict_engine_exception"]],
        ),
        bulk(
            delete_line("a", version=6, version_type="external"), [["delete", "a", 200, "deleted"]]
        ),
    ),
    writing(
        "an_older_version_does_not_bring_a_deleted_document_back",
        bulk(versioned_line("a", 5), [CREATED]),
        bulk(
            delete_line("a", version=7, version_type="external"), [["delete", "a", 200, "deleted"]]
        ),
        bulk(versioned_line("a", 6), [CONFLICT]),
        bulk(versioned_line("a", 8), [CREATED]),
    ),
    writing(
        "a_delete_of_nothing_leaves_its_version",
        bulk(
            delete_line("a", version=7, version_type="external"),
            [["delete", "a", 404, "not_found"]],
        ),
        bulk(versioned_line("a", 6), [CONFLICT]),
        bulk(versioned_line("a", 8), [CREATED]),
    ),
    writing(
        "a_conflict_stops_no_other_line",
        bulk(
            [*versioned_line("a", 5), *versioned_line("a", 3), *index_line("b", {"pk": 1})],
            [CREATED, CONFLICT, ["index", "b", 201, "created"]],
        ),
        Call("count", {"index": "@courses"}, {"at": {"count": 2}}),
    ),
)

CASES: tuple[Case, ...] = (*ACTIONS, *VERSIONS)
