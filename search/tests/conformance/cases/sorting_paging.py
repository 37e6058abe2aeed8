"""The order of hits, the values they are ordered by, and pages by number."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, search
from search.tests.conformance.catalog import COURSES

PRICE = "first_enrollable_paid_seat_price"
EARLIEST, LATEST = -(2**63), 2**63 - 1
"""What a server shows for a missing date when it sorts last, down and up."""


def _sorted(name: str, sort: Any, *found: str, **body: Any) -> Case:
    return search(name, {"sort": sort, **body}, {"ids": list(found)}, confirmed_by=SERVERS)


ORDER = (
    _sorted(
        "by_number",
        ["pk"],
        "python",
        "machine",
        "justice",
        "poetry",
        "data",
        "robots",
        "spanish",
        "chinese",
    ),
    _sorted(
        "by_number_down",
        [{"pk": "desc"}],
        "chinese",
        "spanish",
        "robots",
        "data",
        "poetry",
        "justice",
        "machine",
        "python",
    ),
    _sorted("by_one_key_without_a_list", {"pk": {"order": "desc"}}, "chinese", "spanish", size=2),
    _sorted("by_a_name_alone", "pk", "python", "machine", size=2),
    _sorted(
        "by_keyword_and_number",
        [{"org.raw": {"order": "asc"}}, {"pk": {"order": "desc"}}],
        "robots",
        "data",
        "poetry",
        "justice",
        "machine",
        "python",
        "chinese",
        "spanish",
    ),
    _sorted(
        "missing_values_come_last_going_up",
        [PRICE, "pk"],
        "justice",
        "python",
        "robots",
        "chinese",
        "data",
        "machine",
        "poetry",
        "spanish",
    ),
    _sorted(
        "missing_values_come_last_going_down",
        [{PRICE: "desc"}, "pk"],
        "machine",
        "data",
        "chinese",
        "python",
        "robots",
        "justice",
        "poetry",
        "spanish",
    ),
    _sorted(
        "missing_values_may_come_first",
        [{PRICE: {"order": "desc", "missing": "_first"}}, "pk"],
        "poetry",
        "spanish",
        "machine",
        "data",
        "chinese",
        "python",
        "robots",
        "justice",
    ),
    _sorted(
        "missing_values_may_be_given",
        [{PRICE: {"order": "asc", "missing": 100}}, "pk"],
        "justice",
        "python",
        "robots",
        "chinese",
        "poetry",
        "spanish",
        "data",
        "machine",
    ),
    _sorted(
        "arrays_going_up_count_by_their_least",
        ["start", "pk"],
        "robots",
        "python",
        "justice",
        "poetry",
        "data",
        "chinese",
        "machine",
        "spanish",
    ),
    _sorted(
        "arrays_going_down_count_by_their_greatest",
        [{"start": "desc"}, "pk"],
        "machine",
        "chinese",
        "python",
        "poetry",
        "data",
        "justice",
        "robots",
        "spanish",
    ),
    _sorted(
        "arrays_may_count_by_their_greatest_going_up",
        [{"start": {"order": "asc", "mode": "max"}}, "pk"],
        "robots",
        "justice",
        "poetry",
        "data",
        "python",
        "chinese",
        "machine",
        "spanish",
    ),
    _sorted(
        "keyword_arrays_going_down",
        [{"languages": "desc"}, "pk"],
        "machine",
        "spanish",
        "robots",
        "python",
        "justice",
        "poetry",
        "data",
        "chinese",
    ),
    _sorted(
        "missing_keywords_come_last",
        [{"level_type.raw": "desc"}, "pk"],
        "python",
        "justice",
        "data",
        "spanish",
        "chinese",
        "machine",
        "robots",
        "poetry",
    ),
    _sorted("by_boolean", [{"hidden": "desc"}, "pk"], "robots", "python", size=2),
    _sorted("by_float", ["fixed_price_usd"], "python", "chinese", "data", "machine", size=4),
    _sorted(
        "by_score_then_number",
        ["_score", "pk"],
        "machine",
        "python",
        "chinese",
        size=3,
        query={
            "function_score": {
                "query": {"match_all": {}},
                "functions": [
                    {"filter": {"term": {"pk": 2}}, "weight": 9},
                    {"filter": {"terms": {"pk": [1, 8]}}, "weight": 3},
                ],
            }
        },
    ),
    _sorted(
        "an_unmapped_field_may_be_declared",
        [{"nowhere": {"order": "asc", "unmapped_type": "keyword"}}, "pk"],
        "python",
        "machine",
        size=2,
    ),
    search(
        "keywords_sort_by_code_point",
        {"sort": ["org.raw"], "size": 20},
        {"ids": ["digit", "upper", "upper2", "under", "lower", "accent", "greek", "cjk", "emoji"]},
        on=COURSES.holding(
            {
                "emoji": {"org": "😀"},
                "cjk": {"org": "中"},
                "lower": {"org": "a"},
                "accent": {"org": "É"},
                "greek": {"org": "Ω"},
                "under": {"org": "_"},
                "upper2": {"org": "Ba"},
                "upper": {"org": "B"},
                "digit": {"org": "9"},
            }
        ),
        confirmed_by=SERVERS,
    ),
)

VALUES = (
    search(
        "sort_values_of_numbers_and_keywords",
        {"sort": ["pk", {"org.raw": "asc"}], "size": 2},
        {"sort": [[1, "MITx"], [2, "MITx"]]},
        confirmed_by=SERVERS,
    ),
    search(
        "sort_values_of_dates_are_milliseconds",
        {"sort": [{"start": "desc"}], "query": {"ids": {"values": ["python"]}}},
        {"sort": [[1791709200000]]},
        confirmed_by=SERVERS,
    ),
    search(
        "sort_value_of_a_missing_date_going_down",
        {"sort": [{"start": "desc"}], "query": {"ids": {"values": ["spanish"]}}},
        {"sort": [[EARLIEST]]},
        confirmed_by=SERVERS,
    ),
    search(
        "sort_value_of_a_missing_date_going_up",
        {"sort": [{"start": "asc"}], "query": {"ids": {"values": ["spanish"]}}},
        {"sort": [[LATEST]]},
        confirmed_by=SERVERS,
    ),
    search(
        "sort_value_of_a_missing_keyword_is_null",
        {"sort": [{"level_type.raw": "desc"}], "query": {"ids": {"values": ["poetry"]}}},
        {"sort": [[None]]},
        confirmed_by=SERVERS,
    ),
    search(
        "sort_values_of_booleans_and_floats",
        {"sort": ["published", "fixed_price_usd"], "query": {"ids": {"values": ["python"]}}},
        {"sort": [[1, 49.5]]},
        confirmed_by=SERVERS,
    ),
    search(
        "a_sort_by_other_than_score_leaves_the_score_out",
        {"sort": ["pk"], "size": 1, "query": {"match": {"title": "whitman"}}},
        {"at": {"hits.hits.0._score": None, "hits.max_score": None}},
        confirmed_by=SERVERS,
    ),
    search(
        "scores_may_be_asked_for_all_the_same",
        {
            "sort": ["pk"],
            "track_scores": True,
            "query": {"constant_score": {"filter": {"term": {"pk": 1}}, "boost": 7}},
        },
        {"scores": {"python": 7}},
        confirmed_by=SERVERS,
    ),
)

PAGES = (
    _sorted("first_page", ["pk"], "python", "machine", "justice", **{"from": 0, "size": 3}),
    _sorted("second_page", ["pk"], "poetry", "data", "robots", **{"from": 3, "size": 3}),
    _sorted("last_page", ["pk"], "spanish", "chinese", **{"from": 6, "size": 3}),
    _sorted("past_the_end", ["pk"], **{"from": 50, "size": 3}),
    search(
        "ten_hits_by_default",
        {"sort": ["pk"]},
        {"ids": [str(number) for number in range(10)], "total": 12},
        on=COURSES.holding({str(number): {"pk": number} for number in range(12)}),
        confirmed_by=SERVERS,
    ),
    search(
        "the_last_window_is_open",
        {"sort": ["pk"], "from": 90, "size": 10},
        {"ids": [], "total": 8},
        confirmed_by=SERVERS,
    ),
    search(
        "beyond_the_window",
        {"from": 91, "size": 10},
        {"error": [400, "illegal_argument_exception"]},
        confirmed_by=SERVERS,
    ),
    search(
        "more_than_the_window_at_once",
        {"size": 101},
        {"error": [400, "illegal_argument_exception"]},
        confirmed_by=SERVERS,
    ),
    search(
        "totals_are_exact",
        {"track_total_hits": True, "size": 0},
        {"at": {"hits.total": {"value": 8, "relation": "eq"}}},
        confirmed_by=SERVERS,
    ),
    search(
        "totals_may_stop_at_a_number",
        {"track_total_hits": 3, "size": 0},
        {"at": {"hits.total": {"value": 3, "relation": "gte"}}},
        confirmed_by=SERVERS,
    ),
    search(
        "totals_may_be_left_out",
        {"track_total_hits": False, "size": 1, "sort": ["pk"]},
        {"ids": ["python"], "at": {"hits.total": "(absent)"}},
        confirmed_by=SERVERS,
    ),
    search(
        "a_score_may_be_demanded",
        {
            "min_score": 2,
            "query": {
                "function_score": {
                    "query": {"match_all": {}},
                    "functions": [{"filter": {"term": {"pk": 2}}, "weight": 3}],
                }
            },
        },
        {"ids": ["machine"], "total": 1},
        confirmed_by=SERVERS,
    ),
)

CASES: tuple[Case, ...] = (*ORDER, *VALUES, *PAGES)
