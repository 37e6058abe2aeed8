"""Queries that compare whole values, and the ways to combine them."""

from search.tests.conformance.case import SERVERS, Case, query

ALL = ["python", "machine", "justice", "poetry", "data", "robots", "spanish", "chinese"]

CASES: tuple[Case, ...] = (
    query(
        "match_all_finds_every_document",
        {"match_all": {}},
        {"id_set": ALL, "total": 8},
        confirmed_by=SERVERS,
    ),
    query(
        "match_none_finds_nothing",
        {"match_none": {}},
        {"ids": [], "total": 0},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_keyword_compares_the_whole_value",
        {"term": {"languages": "Chinese - Mandarin"}},
        {"ids": ["chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_keyword_distinguishes_case",
        {"term": {"languages": "english"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "term_finds_any_value_of_an_array",
        {"term": {"languages": {"value": "Spanish"}}},
        {"id_set": ["machine", "spanish"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_text_field_is_not_analysed",
        {"term": {"org": "MITx"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_text_field_compares_tokens",
        {"term": {"subjects": "comput"}},
        {"id_set": ["python", "machine", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_keyword_subfield",
        {"term": {"subjects.raw": "Computer Science"}},
        {"id_set": ["python", "machine", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_lower_subfield_wants_lower_case",
        {"term": {"org.lower": "harvardx"}},
        {"id_set": ["justice", "poetry", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_may_ignore_case",
        {"term": {"languages": {"value": "sPANISH", "case_insensitive": True}}},
        {"id_set": ["machine", "spanish"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_boolean_takes_the_json_value",
        {"term": {"published": False}},
        {"ids": ["poetry"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_boolean_takes_its_word",
        {"term": {"hidden": "true"}},
        {"ids": ["robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_an_integer_takes_text",
        {"term": {"first_enrollable_paid_seat_price": "49"}},
        {"id_set": ["python", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_an_integer_with_a_fraction_finds_nothing",
        {"term": {"first_enrollable_paid_seat_price": 49.5}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_float",
        {"term": {"fixed_price_usd": 149.99}},
        {"ids": ["data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_date_is_one_instant",
        {"term": {"start": "2026-01-10T09:00:00Z"}},
        {"id_set": ["poetry", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_a_date_without_time_is_the_whole_day",
        {"term": {"start": "2026-10-11"}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "term_on_an_unknown_field_finds_nothing",
        {"term": {"nowhere": "x"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "terms_finds_any_of_the_values",
        {"terms": {"org.raw": ["MITx", "ETHx", "nobody"]}},
        {"id_set": ["python", "machine", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "terms_of_nothing_finds_nothing",
        {"terms": {"org.raw": []}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "terms_on_integers_takes_text_and_numbers",
        {"terms": {"first_enrollable_paid_seat_price": ["0", 99]}},
        {"id_set": ["justice", "chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "ids_finds_the_named_documents",
        {"ids": {"values": ["data", "python", "nobody"]}},
        {"id_set": ["data", "python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "prefix_on_a_keyword_distinguishes_case",
        {"prefix": {"course_runs": "course-v1:MITx+"}},
        {"id_set": ["python", "machine"]},
        confirmed_by=SERVERS,
    ),
    query(
        "prefix_on_a_text_field_sees_tokens",
        {"prefix": {"title": {"value": "comp"}}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "prefix_may_ignore_case",
        {"prefix": {"languages": {"value": "chin", "case_insensitive": True}}},
        {"ids": ["chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "wildcard_star_stands_for_any_text",
        {"wildcard": {"course_runs": {"value": "*+1T2026"}}},
        {"id_set": ["poetry", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "wildcard_question_mark_stands_for_one_character",
        {"wildcard": {"org.raw": {"value": "?THx"}}},
        {"ids": ["robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "exists_means_at_least_one_value",
        {"exists": {"field": "start"}},
        {"id_set": ["python", "machine", "justice", "poetry", "data", "robots", "chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "exists_takes_null_and_the_empty_array_as_nothing",
        {"exists": {"field": "end"}},
        {"id_set": ["python", "machine", "justice", "data", "robots", "chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "exists_on_a_text_field",
        {"bool": {"must_not": [{"exists": {"field": "level_type"}}]}},
        {"ids": ["poetry"]},
        confirmed_by=SERVERS,
    ),
    query(
        "exists_on_an_unknown_field_finds_nothing",
        {"exists": {"field": "nowhere"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "exists_takes_false_and_zero_as_values",
        {
            "bool": {
                "filter": [
                    {"exists": {"field": "hidden"}},
                    {"term": {"first_enrollable_paid_seat_price": 0}},
                    {"exists": {"field": "first_enrollable_paid_seat_price"}},
                ]
            }
        },
        {"ids": ["justice"]},
        confirmed_by=SERVERS,
    ),
    query(
        "constant_score_gives_every_hit_its_boost",
        {"constant_score": {"filter": {"term": {"org.raw": "MITx"}}, "boost": 3}},
        {"scores": {"python": 3.0, "machine": 3.0}},
        confirmed_by=SERVERS,
    ),
    query(
        "dis_max_finds_what_any_query_finds_and_scores_the_best",
        {
            "dis_max": {
                "queries": [
                    {"constant_score": {"filter": {"term": {"languages": "Spanish"}}, "boost": 2}},
                    {"constant_score": {"filter": {"term": {"org.raw": "MITx"}}, "boost": 5}},
                ]
            }
        },
        {"scores": {"machine": 5.0, "python": 5.0, "spanish": 2.0}},
        confirmed_by=SERVERS,
    ),
    query(
        "dis_max_adds_a_share_of_the_other_scores",
        {
            "dis_max": {
                "tie_breaker": 0.5,
                "queries": [
                    {"constant_score": {"filter": {"term": {"languages": "Spanish"}}, "boost": 2}},
                    {"constant_score": {"filter": {"term": {"org.raw": "MITx"}}, "boost": 5}},
                ],
            }
        },
        {
            "ids": ["machine", "python", "spanish"],
            "scores": {"machine": 6, "python": 5, "spanish": 2},
        },
        confirmed_by=SERVERS,
    ),
)
