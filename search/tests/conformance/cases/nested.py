"""Objects that are matched one by one: the skills of a course."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, query, search
from search.tests.conformance.catalog import COURSES, skills


def _skill(inner: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"nested": {"path": "skills", "query": inner, **options}}


ANY_SKILL = _skill({"exists": {"field": "skills.name"}})
SCORED = COURSES.holding(
    {"one": {"skills": skills("SQL")}, "two": {"skills": skills("SQL", "Python")}}
)


def _scored(name: str, mode: str, one: float, two: float) -> Case:
    """Each skill that tells of a language scores 2, the one for tables 5 more."""
    inner = {
        "bool": {
            "should": [
                {
                    "constant_score": {
                        "filter": {"match": {"skills.description": "language"}},
                        "boost": 2,
                    }
                },
                {
                    "constant_score": {
                        "filter": {"match": {"skills.description": "tables"}},
                        "boost": 5,
                    }
                },
            ]
        }
    }
    return query(
        name,
        _skill(inner, score_mode=mode),
        {"scores": {"one": one, "two": two} if one > two else {"two": two, "one": one}},
        on=SCORED,
        confirmed_by=SERVERS,
    )


CASES: tuple[Case, ...] = (
    query(
        "one_object_matches",
        _skill({"match": {"skills.name": "python"}}),
        {"id_set": ["python", "machine"], "total": 2},
        confirmed_by=SERVERS,
    ),
    query(
        "both_conditions_hold_in_the_same_object",
        _skill(
            {
                "bool": {
                    "must": [
                        {"match": {"skills.name": "sql"}},
                        {"match": {"skills.description": "tables"}},
                    ]
                }
            }
        ),
        {"id_set": ["python", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "conditions_of_two_objects_do_not_mix",
        _skill(
            {
                "bool": {
                    "must": [
                        {"match": {"skills.name": "python"}},
                        {"match": {"skills.description": "tables"}},
                    ]
                }
            }
        ),
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "two_nested_queries_may_hold_in_two_objects",
        {
            "bool": {
                "filter": [
                    _skill({"match": {"skills.name": "python"}}),
                    _skill({"match": {"skills.description": "tables"}}),
                ]
            }
        },
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_document_with_any_object",
        ANY_SKILL,
        {"id_set": ["python", "machine", "justice", "data", "robots", "chinese"], "total": 6},
        confirmed_by=SERVERS,
    ),
    query(
        "a_document_without_objects",
        {"bool": {"must_not": [ANY_SKILL]}},
        {"id_set": ["poetry", "spanish"]},
        confirmed_by=SERVERS,
    ),
    query(
        "not_inside_means_some_other_object",
        _skill({"bool": {"must_not": [{"match": {"skills.name": "python"}}]}}),
        {"id_set": ["python", "machine", "justice", "data", "robots", "chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_phrase_inside",
        _skill({"match_phrase": {"skills.name": "machine learning"}}),
        {"ids": ["machine"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_phrase_does_not_run_over_two_objects",
        _skill({"match_phrase": {"skills.name": "python sql"}}),
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "a_query_string_inside",
        _skill({"query_string": {"query": "python OR rob*", "default_field": "skills.name"}}),
        {"id_set": ["python", "machine", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "fields_of_objects_are_out_of_reach_from_outside",
        {"match": {"skills.name": "python"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "fields_of_the_document_are_out_of_reach_from_inside",
        _skill({"term": {"org.raw": "MITx"}}),
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "an_unknown_path_is_an_error",
        {"nested": {"path": "nowhere", "query": {"match_all": {}}}},
        {"error": [400, "query_shard_exception"]},
        confirmed_by=SERVERS,
    ),
    query(
        "an_unknown_path_may_be_ignored",
        {"nested": {"path": "nowhere", "query": {"match_all": {}}, "ignore_unmapped": True}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "a_path_to_a_plain_field_is_an_error",
        {"nested": {"path": "title", "query": {"match_all": {}}}},
        {"error": [400, "query_shard_exception"]},
        confirmed_by=SERVERS,
    ),
    _scored("scores_are_averaged", "avg", 7, 4.5),
    _scored("scores_may_be_added", "sum", 7, 9),
    _scored("the_best_score_may_count", "max", 7, 7),
    _scored("the_least_score_may_count", "min", 7, 2),
    _scored("no_score_may_count", "none", 0, 0),
    search(
        "one_object_need_not_be_a_list",
        {"query": _skill({"match": {"skills.name": "sql"}})},
        {"ids": ["one"], "total": 1, "sources": {"one": {"skills": {"name": "SQL"}}}},
        on=COURSES.holding({"one": {"skills": {"name": "SQL"}}, "none": {"skills": None}}),
        confirmed_by=SERVERS,
    ),
    search(
        "objects_are_no_hits_and_no_documents_of_their_own",
        {"size": 0, "aggs": {"types": {"terms": {"field": "course_type"}}}},
        {
            "total": 8,
            "aggregations": {"types": [["verified-audit", 4], ["audit", 3], ["professional", 1]]},
        },
        confirmed_by=SERVERS,
    ),
)
