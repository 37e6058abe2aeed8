"""The bool query: which clauses must hold, and what each adds to the score."""

from search.tests.conformance.case import SERVERS, Case, query


def _term(field: str, value: object, boost: float = 1) -> dict[str, object]:
    return {"constant_score": {"filter": {"term": {field: value}}, "boost": boost}}


CASES: tuple[Case, ...] = (
    query(
        "must_clauses_all_hold",
        {"bool": {"must": [_term("org.raw", "HarvardX"), _term("level_type.raw", "Introductory")]}},
        {"id_set": ["justice", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "must_may_be_one_clause_without_a_list",
        {"bool": {"must": _term("org.raw", "HarvardX")}},
        {"id_set": ["justice", "poetry", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "should_alone_needs_one_clause",
        {"bool": {"should": [_term("org.raw", "ETHx"), _term("languages", "Spanish")]}},
        {"id_set": ["robots", "machine", "spanish"]},
        confirmed_by=SERVERS,
    ),
    query(
        "should_beside_must_only_adds_to_the_score",
        {
            "bool": {
                "must": [_term("org.raw", "MITx", 2)],
                "should": [_term("languages", "Spanish")],
            }
        },
        {"ids": ["machine", "python"], "scores": {"machine": 3, "python": 2}},
        confirmed_by=SERVERS,
    ),
    query(
        "should_beside_filter_only_adds_to_the_score",
        {
            "bool": {
                "filter": [_term("org.raw", "MITx", 9)],
                "should": [_term("languages", "Spanish", 4)],
            }
        },
        {"ids": ["machine", "python"], "scores": {"machine": 4, "python": 0}},
        confirmed_by=SERVERS,
    ),
    query(
        "minimum_should_match_counts_clauses",
        {
            "bool": {
                "minimum_should_match": 2,
                "should": [
                    _term("org.raw", "MITx"),
                    _term("languages", "Spanish"),
                    _term("level_type.raw", "Introductory"),
                ],
            }
        },
        {"id_set": ["python", "machine", "spanish"]},
        confirmed_by=SERVERS,
    ),
    query(
        "minimum_should_match_one_beside_a_filter",
        {
            "bool": {
                "filter": [_term("published", True)],
                "should": [_term("org.raw", "HarvardX"), _term("org.raw", "ETHx")],
                "minimum_should_match": 1,
            }
        },
        {"id_set": ["justice", "data", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "must_not_removes_documents",
        {
            "bool": {
                "must": [_term("languages", "English")],
                "must_not": [_term("org.raw", "HarvardX"), _term("hidden", True)],
            }
        },
        {"id_set": ["python", "machine"]},
        confirmed_by=SERVERS,
    ),
    query(
        "must_not_alone_leaves_all_others_with_score_zero",
        {"bool": {"must_not": [_term("languages", "English")]}},
        {"scores": {"spanish": 0, "chinese": 0}},
        confirmed_by=SERVERS,
    ),
    query(
        "an_empty_bool_finds_everything",
        {"bool": {}},
        {"total": 8},
        confirmed_by=SERVERS,
    ),
    query(
        "an_empty_clause_list_asks_nothing",
        {"bool": {"must": [], "filter": [_term("org.raw", "ETHx")], "should": []}},
        {"ids": ["robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "the_scores_of_must_and_should_add_up",
        {
            "bool": {
                "must": [_term("org.raw", "MITx", 2)],
                "should": [_term("pk", 1, 3)],
                "boost": 2,
            }
        },
        {"scores": {"python": 10, "machine": 4}},
        confirmed_by=SERVERS,
    ),
    query(
        "bool_queries_nest",
        {
            "bool": {
                "filter": [
                    {"bool": {"should": [_term("org.raw", "MITx"), _term("org.raw", "HarvardX")]}},
                    {
                        "bool": {
                            "must_not": [{"bool": {"should": [_term("pk", 1), _term("pk", 3)]}}]
                        }
                    },
                ]
            }
        },
        {"id_set": ["machine", "poetry", "data"]},
        confirmed_by=SERVERS,
    ),
)
