"""match, match_phrase and multi_match: the text asked is analysed as the field is."""

from search.tests.conformance.case import SERVERS, Case, query, search

CASES: tuple[Case, ...] = (
    query(
        "match_finds_any_of_the_words",
        {"match": {"title": "python science"}},
        {"id_set": ["python", "machine", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_stems_and_ignores_case",
        {"match": {"title": {"query": "PROGRAMS"}}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_with_operator_and_wants_every_word",
        {"match": {"title": {"query": "python science", "operator": "and"}}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_with_minimum_should_match_counts_words",
        {"match": {"title": {"query": "python learning models", "minimum_should_match": 2}}},
        {"ids": ["machine"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_with_a_percentage_rounds_down",
        {"match": {"title": {"query": "python learning whitman", "minimum_should_match": "50%"}}},
        {"id_set": ["python", "machine", "poetry"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_ranks_the_document_with_more_of_the_words_first",
        {"match": {"title": "machine learning python"}},
        {"ids": ["machine", "python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_ranks_the_rarer_word_first",
        {"match": {"title": "python whitman"}},
        {"at": {"hits.hits.0._id": "poetry"}, "total": 3},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_a_keyword_compares_the_whole_text",
        {"match": {"subjects.raw": "Computer Science"}},
        {"id_set": ["python", "machine", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_a_keyword_does_not_split",
        {"match": {"subjects.raw": "Computer"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_a_lower_subfield_ignores_case",
        {"match": {"authoring_organizations.lower": "MITX: massachusetts institute of technology"}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_an_integer",
        {"match": {"first_enrollable_paid_seat_price": "300"}},
        {"ids": ["machine"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_a_boolean",
        {"match": {"published": "false"}},
        {"ids": ["poetry"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_a_day",
        {"match": {"start": "2026-12-01"}},
        {"ids": ["chinese"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_of_stop_words_alone_finds_nothing",
        {"match": {"full_description": "the and of"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_may_take_no_words_as_everything",
        {"match": {"full_description": {"query": "the and of", "zero_terms_query": "all"}}},
        {"total": 8},
        confirmed_by=SERVERS,
    ),
    query(
        "match_of_an_empty_text_finds_nothing",
        {"match": {"title": ""}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_does_not_parse_its_text",
        {"match": {"title": "whitman AND (justice* -title:python"}},
        {"id_set": ["poetry", "justice", "python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_on_an_unknown_field_finds_nothing",
        {"match": {"nowhere": "python"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_wants_the_words_in_order",
        {"match_phrase": {"title": "computer science"}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_refuses_another_order",
        {"match_phrase": {"title": {"query": "science computer"}}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_refuses_a_gap",
        {"match_phrase": {"title": "introduction computer"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_keeps_the_place_of_stop_words",
        {"match_phrase": {"full_description": "introduction to moral"}},
        {"ids": ["justice"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_any_stop_word_fills_the_place",
        {"match_phrase": {"full_description": "introduction of moral"}},
        {"ids": ["justice"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_without_the_stop_word_finds_nothing",
        {"match_phrase": {"full_description": "introduction moral"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_does_not_join_two_values",
        {"match_phrase": {"subjects": "science engineering"}},
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_of_one_word_is_a_match",
        {"match_phrase": {"title": "Programming"}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_phrase_on_a_key_splits_at_the_plus_sign",
        {"match_phrase": {"key": "mitx+6.00.1x"}},
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "multi_match_finds_the_text_in_any_field",
        {"multi_match": {"query": "programming", "fields": ["title", "full_description"]}},
        {"id_set": ["python", "machine", "data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "multi_match_best_fields_with_and_wants_all_words_in_one_field",
        {
            "multi_match": {
                "query": "justice philosophy",
                "fields": ["title", "full_description", "subjects"],
                "operator": "and",
            }
        },
        {"ids": []},
        confirmed_by=SERVERS,
    ),
    query(
        "multi_match_phrase_looks_for_the_phrase_in_each_field",
        {
            "multi_match": {
                "query": "data wrangling",
                "type": "phrase",
                "fields": ["key", "title", "full_description"],
            }
        },
        {"ids": ["data"]},
        confirmed_by=SERVERS,
    ),
    query(
        "multi_match_mixes_text_and_keyword_fields",
        {"multi_match": {"query": "Spanish", "fields": ["title", "languages"]}},
        {"id_set": ["machine", "spanish"]},
        confirmed_by=SERVERS,
    ),
    query(
        "multi_match_may_be_lenient_with_numbers",
        {"multi_match": {"query": "whitman", "fields": ["title", "pk"], "lenient": True}},
        {"ids": ["poetry"]},
        confirmed_by=SERVERS,
    ),
    query(
        "multi_match_boosts_a_field",
        {
            "multi_match": {
                "query": "programming introduction",
                "fields": ["title^20", "full_description"],
            }
        },
        {"at": {"hits.hits.0._id": "python"}, "total": 4},
        confirmed_by=SERVERS,
    ),
    query(
        "match_of_a_beginning_through_edge_ngrams",
        {"match": {"title.edge_ngram_completion": {"query": "mach", "operator": "and"}}},
        {"ids": ["machine"]},
        confirmed_by=SERVERS,
    ),
    query(
        "match_through_edge_ngrams_cuts_the_query_too",
        {"match": {"title.edge_ngram_completion": "learned"}},
        {"ids": ["machine"]},
        confirmed_by=SERVERS,
    ),
    search(
        "a_search_without_a_query_finds_everything",
        {"size": 0},
        {"total": 8, "ids": []},
        confirmed_by=SERVERS,
    ),
)
