"""The life of an index: made, named by aliases, changed, removed."""

from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case
from search.tests.conformance.catalog import COURSES, MAPPINGS, SETTINGS, Index

OLD = COURSES.holding({"old": {"pk": 1, "org": "MITx"}})
NEW = COURSES.holding({"new": {"pk": 2, "org": "MITx"}, "newer": {"pk": 3, "org": "ETHx"}})


def _case(
    name: str, *calls: Call, indexes: dict[str, Index] | None = None, creates: tuple[str, ...] = ()
) -> Case:
    return Case(
        name=name,
        calls=calls,
        confirmed_by=SERVERS,
        indexes={"@old": OLD, "@new": NEW} if indexes is None else indexes,
        creates=creates,
    )


def _aliases(*actions: dict[str, Any]) -> Call:
    return Call(
        "indices.update_aliases", {"actions": list(actions)}, {"at": {"acknowledged": True}}
    )


def _add(index: str, alias: str = "@alias") -> dict[str, Any]:
    return {"add": {"index": index, "alias": alias}}


def _remove(index: str, alias: str = "@alias") -> dict[str, Any]:
    return {"remove": {"index": index, "alias": alias}}


def _found(index: Any, *ids: str) -> Call:
    return Call("search", {"index": index, "body": {"sort": ["pk"]}}, {"ids": list(ids)})


INDEXES = (
    _case(
        "an_index_is_made_with_mappings_and_settings",
        Call(
            "indices.create",
            {"index": "@made", "mappings": MAPPINGS, "settings": SETTINGS},
            {"at": {"acknowledged": True, "index": "@made"}},
        ),
        Call("indices.exists", {"index": "@made"}, {"is": True}),
        Call("count", {"index": "@made"}, {"at": {"count": 0}}),
        indexes={},
        creates=("@made",),
    ),
    _case(
        "an_index_is_made_with_aliases",
        Call("indices.create", {"index": "@made", "aliases": {"@alias": {}}}),
        Call("indices.exists_alias", {"name": "@alias"}, {"is": True}),
        indexes={},
        creates=("@made",),
    ),
    _case(
        "an_index_is_not_made_twice",
        Call(
            "indices.create",
            {"index": "@old"},
            {"error": [400, "resource_already_exists_exception"]},
        ),
    ),
    _case(
        "an_index_may_not_take_the_name_of_an_alias",
        _aliases(_add("@old")),
        Call(
            "indices.create", {"index": "@alias"}, {"error": [400, "invalid_index_name_exception"]}
        ),
    ),
    _case(
        "names_of_indexes_are_in_lower_case",
        Call(
            "indices.create", {"index": "@Made"}, {"error": [400, "invalid_index_name_exception"]}
        ),
        indexes={},
    ),
    _case(
        "an_unknown_index_does_not_exist",
        Call("indices.exists", {"index": "@nowhere"}, {"is": False}),
        indexes={},
    ),
    _case(
        "an_index_tells_its_mapping_settings_and_aliases",
        _aliases(_add("@old")),
        Call(
            "indices.get",
            {"index": "@old"},
            {
                "at": {
                    "@old.mappings.properties.pk": {"type": "integer"},
                    "@old.mappings.properties.org.fields.raw": {"type": "keyword"},
                    "@old.settings.index.max_result_window": "100",
                    "@old.settings.index.number_of_shards": "1",
                    "@old.settings.index.analysis.analyzer.stemmed.tokenizer": "standard",
                    "@old.aliases": {"@alias": {}},
                }
            },
        ),
    ),
    _case(
        "an_alias_leads_to_what_an_index_tells",
        _aliases(_add("@old")),
        Call(
            "indices.get",
            {"index": "@alias"},
            {"at": {"@old.aliases": {"@alias": {}}, "@new": "(absent)"}},
        ),
    ),
    _case(
        "get_of_an_unknown_index",
        Call("indices.get", {"index": "@nowhere"}, {"error": [404, "index_not_found_exception"]}),
    ),
    _case(
        "indexes_are_found_by_the_start_of_their_names",
        Call(
            "indices.get",
            {"index": "@*"},
            {"at": {"@old.aliases": {}, "@new.aliases": {}, "@nowhere": "(absent)"}},
        ),
    ),
    _case(
        "a_deleted_index_is_gone_with_its_aliases",
        _aliases(_add("@old")),
        Call("indices.delete", {"index": "@old"}, {"at": {"acknowledged": True}}),
        Call("indices.exists", {"index": "@old"}, {"is": False}),
        Call("indices.exists_alias", {"name": "@alias"}, {"is": False}),
    ),
    _case(
        "delete_of_an_unknown_index",
        Call(
            "indices.delete", {"index": "@nowhere"}, {"error": [404, "index_not_found_exception"]}
        ),
    ),
    _case(
        "delete_may_ignore_an_unknown_index",
        Call(
            "indices.delete",
            {"index": "@nowhere", "ignore_unavailable": True},
            {"at": {"acknowledged": True}},
        ),
    ),
    _case(
        "an_index_is_not_deleted_through_an_alias",
        _aliases(_add("@old")),
        Call("indices.delete", {"index": "@alias"}, {"error": [400, "illegal_argument_exception"]}),
        _found("@old", "old"),
    ),
    _case(
        "a_deleted_name_starts_anew",
        Call("indices.delete", {"index": "@old"}),
        Call(
            "indices.create",
            {"index": "@old", "mappings": {"properties": {"pk": {"type": "keyword"}}}},
        ),
        Call("count", {"index": "@old"}, {"at": {"count": 0}}),
    ),
)

ALIASES = (
    _case(
        "an_alias_is_searched_like_an_index",
        _aliases(_add("@old")),
        Call(
            "search",
            {"index": "@alias", "body": {}},
            {"ids": ["old"], "at": {"hits.hits.0._index": "@old"}},
        ),
        Call("get", {"index": "@alias", "id": "old"}, {"at": {"_source.pk": 1}}),
        Call("count", {"index": "@alias"}, {"at": {"count": 1}}),
    ),
    _case(
        "an_alias_moves_in_one_call",
        _aliases(_add("@old")),
        _found("@alias", "old"),
        _aliases(_remove("@old"), _add("@new")),
        _found("@alias", "new", "newer"),
        Call(
            "indices.get_alias",
            {"name": "@alias"},
            {"at": {"@new.aliases": {"@alias": {}}, "@old": "(absent)"}},
        ),
    ),
    _case(
        "several_aliases_move_in_one_call",
        _aliases(_add("@old", "@one"), _add("@old", "@two")),
        _aliases(
            _remove("@old", "@one"),
            _add("@new", "@one"),
            _remove("@old", "@two"),
            _add("@new", "@two"),
        ),
        _found("@one", "new", "newer"),
        _found("@two", "new", "newer"),
    ),
    _case(
        "nothing_moves_when_one_action_fails",
        _aliases(_add("@old")),
        Call(
            "indices.update_aliases",
            {"actions": [_remove("@old"), _add("@nowhere")]},
            {"error": [404, "index_not_found_exception"]},
        ),
        _found("@alias", "old"),
    ),
    _case(
        "an_alias_that_is_not_there_is_not_removed",
        Call(
            "indices.update_aliases",
            {"actions": [_remove("@old")]},
            {"error": [404, "aliases_not_found_exception"]},
        ),
    ),
    _case(
        "an_alias_that_must_be_there_stops_the_other_actions",
        Call(
            "indices.update_aliases",
            {
                "actions": [
                    {"remove": {"index": "@old", "alias": "@alias", "must_exist": True}},
                    _add("@new"),
                ]
            },
            {"error": [404, "aliases_not_found_exception"]},
        ),
        Call("indices.exists_alias", {"name": "@alias"}, {"is": False}),
    ),
    _case(
        "an_index_may_be_removed_in_the_same_call",
        _aliases(_add("@old")),
        _aliases({"remove_index": {"index": "@old"}}, _add("@new")),
        Call("indices.exists", {"index": "@old"}, {"is": False}),
        _found("@alias", "new", "newer"),
    ),
    _case(
        "an_alias_may_take_the_name_of_an_index_it_replaces",
        _aliases({"remove_index": {"index": "@old"}}, _add("@new", "@old")),
        _found("@old", "new", "newer"),
    ),
    _case(
        "an_alias_may_not_have_the_name_of_an_index",
        Call(
            "indices.update_aliases",
            {"actions": [_add("@new", "@old")]},
            {"error": [400, "invalid_alias_name_exception"]},
        ),
    ),
    _case(
        "an_alias_of_two_indexes_shows_both",
        _aliases(_add("@old"), _add("@new")),
        _found("@alias", "old", "new", "newer"),
        Call("count", {"index": "@alias"}, {"at": {"count": 3}}),
    ),
    _case(
        "an_alias_of_two_indexes_is_not_written_to",
        _aliases(_add("@old"), _add("@new")),
        Call(
            "bulk",
            {"operations": [{"index": {"_index": "@alias", "_id": "x"}}, {"pk": 9}]},
            {"items": [["index", "x", 400, "illegal_argument_exception"]]},
        ),
    ),
    _case(
        "documents_are_written_through_an_alias",
        _aliases(_add("@old")),
        Call(
            "bulk",
            {
                "operations": [{"index": {"_index": "@alias", "_id": "x"}}, {"pk": 9}],
                "refresh": True,
            },
            {"items": [["index", "x", 201, "created"]], "at": {"items.0.index._index": "@old"}},
        ),
        _found("@old", "old", "x"),
    ),
    _case(
        "aliases_of_an_index",
        _aliases(_add("@old", "@one"), _add("@old", "@two")),
        Call(
            "indices.get_alias",
            {"index": "@old"},
            {"at": {"@old.aliases": {"@one": {}, "@two": {}}}},
        ),
    ),
    _case(
        "an_unknown_alias",
        Call("indices.get_alias", {"name": "@alias"}, {"at": {"status": 404}}),
        Call("search", {"index": "@alias"}, {"error": [404, "index_not_found_exception"]}),
    ),
)

SETTINGS_CHANGED = (
    _case(
        "the_window_may_be_widened",
        Call(
            "search", {"index": "@old", "size": 101}, {"error": [400, "illegal_argument_exception"]}
        ),
        Call(
            "indices.put_settings",
            {"index": "@old", "settings": {"index": {"max_result_window": 200}}},
            {"at": {"acknowledged": True}},
        ),
        Call("search", {"index": "@old", "size": 200}, {"ids": ["old"]}),
        Call(
            "indices.get_settings",
            {"index": "@old"},
            {"at": {"@old.settings.index.max_result_window": "200"}},
        ),
    ),
    _case(
        "settings_may_be_changed_through_an_alias_and_in_short_form",
        _aliases(_add("@old")),
        Call("indices.put_settings", {"index": "@alias", "settings": {"max_result_window": 200}}),
        Call("search", {"index": "@old", "size": 200}, {"ids": ["old"]}),
    ),
    _case(
        "the_number_of_shards_is_fixed",
        Call(
            "indices.put_settings",
            {"index": "@old", "settings": {"number_of_shards": 2}},
            {"error": [400, "illegal_argument_exception"]},
        ),
    ),
    _case(
        "an_unknown_setting",
        Call(
            "indices.put_settings",
            {"index": "@old", "settings": {"max_result_windows": 2}},
            {"error": [400, "illegal_argument_exception"]},
        ),
    ),
    _case(
        "settings_of_an_unknown_index",
        Call(
            "indices.put_settings",
            {"index": "@nowhere", "settings": {"max_result_window": 2}},
            {"error": [404, "index_not_found_exception"]},
        ),
    ),
)

CASES: tuple[Case, ...] = (*INDEXES, *ALIASES, *SETTINGS_CHANGED)
