"""Scores made of weights and of nearness to a date."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, query
from search.tests.conformance.catalog import COURSES

ONLY_MIT = {"constant_score": {"filter": {"term": {"org.raw": "MITx"}}, "boost": 2}}
PYTHON = {"filter": {"term": {"pk": 1}}, "weight": 5}
ADVANCED = {"filter": {"term": {"level_type.raw": "Advanced"}}, "weight": 3}
SPANISH = {"filter": {"term": {"languages": "Spanish"}}, "weight": 7}

STARTS = COURSES.holding(
    {
        "same": {"start": "2026-06-01"},
        "near": {"start": "2026-06-16"},
        "past": {"start": "2026-05-17"},
        "scale": {"start": "2026-07-01"},
        "far": {"start": "2027-06-01"},
        "many": {"start": ["2020-01-01", "2026-06-16"]},
        "none": {"start": None},
    }
)


def _scored(name: str, scores: dict[str, float], functions: list[Any], **options: Any) -> Case:
    """Return the case of functions over the two courses of MITx, each of which scores 2."""
    body = {"function_score": {"query": ONLY_MIT, "functions": functions, **options}}
    return query(name, body, {"scores": scores}, confirmed_by=SERVERS)


def _decayed(name: str, scores: dict[str, float], **gauss: Any) -> Case:
    function = {"gauss": {"start": {"origin": "2026-06-01", "scale": "30d", **gauss}}}
    body = {"function_score": {"query": {"match_all": {}}, "functions": [function]}}
    return query(name, body, {"scores": scores}, on=STARTS, confirmed_by=SERVERS)


CASES: tuple[Case, ...] = (
    _scored("weights_multiply_the_score", {"python": 10, "machine": 6}, [PYTHON, ADVANCED]),
    _scored(
        "weights_of_one_document_multiply",
        {"python": 10, "machine": 42},
        [PYTHON, ADVANCED, SPANISH],
    ),
    _scored(
        "weights_may_be_added",
        {"python": 10, "machine": 20},
        [PYTHON, ADVANCED, SPANISH],
        score_mode="sum",
    ),
    _scored(
        "sums_may_be_added_to_the_score",
        {"python": 7, "machine": 12},
        [PYTHON, ADVANCED, SPANISH],
        score_mode="sum",
        boost_mode="sum",
    ),
    _scored(
        "a_document_without_a_function_counts_one",
        {"machine": 5, "python": 3},
        [ADVANCED],
        score_mode="sum",
        boost_mode="sum",
    ),
    _scored(
        "the_score_may_be_replaced",
        {"python": 5, "machine": 3},
        [PYTHON, ADVANCED],
        boost_mode="replace",
    ),
    _scored(
        "the_greater_may_count",
        {"machine": 14, "python": 10},
        [PYTHON, ADVANCED, SPANISH],
        score_mode="max",
    ),
    _scored(
        "the_smaller_may_count",
        {"python": 10, "machine": 6},
        [PYTHON, ADVANCED, SPANISH],
        score_mode="min",
    ),
    _scored(
        "the_first_may_count",
        {"python": 10, "machine": 6},
        [PYTHON, ADVANCED, SPANISH],
        score_mode="first",
    ),
    _scored(
        "averages_are_weighted",
        {"python": 2, "machine": 2},
        [PYTHON, ADVANCED, SPANISH],
        score_mode="avg",
    ),
    _scored(
        "a_weight_without_a_filter_is_for_all",
        {"python": 12, "machine": 7},
        [{"weight": 5}, {"filter": {"term": {"pk": 1}}, "weight": 5}],
        score_mode="sum",
        boost_mode="sum",
    ),
    _scored(
        "functions_have_a_ceiling", {"machine": 8, "python": 8}, [PYTHON, SPANISH], max_boost=4
    ),
    _scored("low_scores_may_be_left_out", {"machine": 14}, [PYTHON, SPANISH], min_score=11),
    _scored("no_functions_leave_the_score", {"python": 2, "machine": 2}, []),
    query(
        "a_function_score_may_stand_in_a_must",
        {
            "bool": {
                "filter": [{"term": {"languages": "Spanish"}}],
                "must": [
                    {
                        "function_score": {
                            "query": ONLY_MIT,
                            "functions": [SPANISH],
                            "boost_mode": "sum",
                        }
                    }
                ],
            }
        },
        {"scores": {"machine": 9}},
        confirmed_by=SERVERS,
    ),
    query(
        "a_function_score_without_a_query_scores_everything",
        {
            "function_score": {
                "functions": [PYTHON, SPANISH],
                "score_mode": "sum",
                "boost_mode": "sum",
            }
        },
        {
            "scores": {
                "machine": 8,
                "spanish": 8,
                "python": 6,
                "justice": 2,
                "poetry": 2,
                "data": 2,
                "robots": 2,
                "chinese": 2,
            }
        },
        confirmed_by=SERVERS,
    ),
    _decayed(
        "nearness_to_a_date_halves_at_the_scale",
        {"same": 1, "none": 1, "near": 0.841, "past": 0.841, "many": 0.841, "scale": 0.5, "far": 0},
    ),
    _decayed(
        "nearness_has_another_decay",
        {
            "same": 1,
            "none": 1,
            "near": 0.736,
            "past": 0.736,
            "many": 0.736,
            "scale": 0.293,
            "far": 0,
        },
        decay=0.293,
    ),
    _decayed(
        "nearness_begins_after_an_offset",
        {"same": 1, "none": 1, "near": 1, "past": 1, "many": 1, "scale": 0.841, "far": 0},
        offset="15d",
    ),
    query(
        "nearness_is_weighted_and_added",
        {
            "function_score": {
                "query": {"constant_score": {"filter": {"ids": {"values": ["scale", "same"]}}}},
                "score_mode": "sum",
                "boost_mode": "sum",
                "functions": [
                    {"gauss": {"start": {"origin": "2026-06-01", "scale": "30d"}}, "weight": 8},
                    {"filter": {"ids": {"values": ["scale"]}}, "weight": 1},
                ],
            }
        },
        {"scores": {"same": 9, "scale": 6}},
        on=STARTS,
        confirmed_by=SERVERS,
    ),
    query(
        "nearness_under_a_filter",
        {
            "function_score": {
                "query": {"ids": {"values": ["scale", "same"]}},
                "boost_mode": "replace",
                "functions": [
                    {
                        "filter": {"ids": {"values": ["scale"]}},
                        "gauss": {"start": {"origin": "2026-06-01", "scale": "30d"}},
                    }
                ],
            }
        },
        {"scores": {"same": 1, "scale": 0.5}},
        on=STARTS,
        confirmed_by=SERVERS,
    ),
    query(
        "nearness_to_now_prefers_the_nearer_date",
        {
            "function_score": {
                "query": {"ids": {"values": ["early", "late"]}},
                "functions": [{"gauss": {"start": {"origin": "now", "scale": "40000d"}}}],
            }
        },
        {"ids": ["late", "early"]},
        on=COURSES.holding({"early": {"start": "1900-01-01"}, "late": {"start": "2020-01-01"}}),
        confirmed_by=SERVERS,
    ),
)
