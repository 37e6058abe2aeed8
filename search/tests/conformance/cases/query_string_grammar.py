"""The corners of the query language, and queries as people really store them."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, query

ALL = ["python", "machine", "justice", "poetry", "data", "robots", "spanish", "chinese"]
HARVARD = ["justice", "poetry", "data"]


def _ask(name: str, text: str, *found: str, **options: Any) -> Case:
    """Return the case of a query string on `title`, unless options say where."""
    body = {"query_string": {"query": text, "default_field": "title", **options}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS)


def _ask_all(name: str, text: str, *found: str, **options: Any) -> Case:
    """Return the case of a query string that names no field: every field is asked."""
    body = {"query_string": {"query": text, **options}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS)


GRAMMAR = (
    _ask("an_operator_alone_is_a_word_without_letters", "whitman - justice", "poetry", "justice"),
    _ask("a_plus_alone_is_a_word_without_letters", "+ whitman", "poetry"),
    _ask("an_exclamation_mark_alone", "whitman ! justice", "poetry", "justice"),
    _ask("space_after_the_colon", "org: ethx", "robots"),
    _ask("space_before_the_colon", "org :ethx", "robots"),
    _ask("an_operator_is_a_whole_word", "ANDroid ORacle NOThing whitman", "poetry"),
    _ask("a_quoted_operator_is_text", '"AND"', "python"),
    _ask("no_space_between_groups", "(whitman)(justice)", "poetry", "justice"),
    _ask("no_space_before_a_group", "whitman(justice)", "poetry", "justice"),
    _ask("no_space_around_phrases", '"computer science"AND"python"', "python"),
    _ask("a_quote_ends_a_word", 'whitman"justice"', "poetry", "justice"),
    _ask("a_sign_after_and", "python AND +science", "python"),
    _ask("a_minus_after_and", "python AND -learning", "python"),
    _ask("a_minus_after_or", "python OR -learning", "python"),
    _ask("a_minus_before_a_phrase", 'python -"deep learning"', "python"),
    _ask("a_minus_before_a_group", "python -(deep learning)", "python"),
    _ask("a_minus_before_a_field", "python -subjects:engineering", "machine"),
    _ask("everything_but", "*:* -python", *ALL[2:]),
    _ask("everything_and_not", "*:* AND NOT python", *ALL[2:]),
    _ask("not_everything", "NOT *:*"),
    _ask("not_in_a_group_with_or", "whitman OR (NOT python)", *ALL[2:]),
    _ask("two_groups_of_negations", "(NOT python) (NOT justice)", *ALL),
    _ask("both_groups_of_negations", "(NOT python) AND (NOT justice)", *ALL[3:]),
    _ask("negations_with_default_and", "-python -justice", *ALL[3:], default_operator="AND"),
    _ask(
        "or_and_not_with_default_and",
        "whitman OR justice -python",
        "poetry",
        "justice",
        default_operator="AND",
    ),
    _ask(
        "a_group_with_default_and", "(whitman justice) OR robots", "robots", default_operator="AND"
    ),
    _ask("a_character_by_its_code", "wh\\u0069tman", "poetry"),
    _ask("tabs_and_line_ends_separate", "whitman\tjustice\nrobots", "poetry", "justice", "robots"),
    _ask("a_wide_space_separates", "whitman\u3000justice", "poetry", "justice"),
    _ask("a_comparison_reaches_the_default_field", ">whitman", "machine", "chinese"),
    _ask_all(
        "a_comparison_among_several_fields_is_text", ">whitman", "poetry", fields=["title", "org"]
    ),
    _ask("a_comparison_of_words", "title:>whitman", "chinese", "machine"),
    _ask("signs_of_comparison_in_a_group", "pk:(>6 OR <2)", "python", "spanish", "chinese"),
    _ask("a_day_is_excluded_whole_from_below", "start:>2026-12-01", "machine"),
    _ask("a_day_is_excluded_whole_in_braces", "start:{2026-12-01 TO *}", "machine"),
    _ask("a_day_is_included_whole_from_above", "end:[2026-12-31 TO 2026-12-31]", "data"),
    _ask("a_day_is_excluded_from_above", "end:[2026-12-01 TO 2026-12-31}"),
    _ask("spaces_inside_brackets", "pk:[ 1 TO 2 ]", "python", "machine"),
    _ask("a_range_without_a_field", "[whitman TO *]", "poetry", "machine", "chinese"),
    _ask("a_range_excluded", "-pk:[1 TO 7]", "chinese"),
    _ask("stars_in_a_group", "end:(*)", *ALL[:3], "data", "robots", "chinese"),
    _ask("punctuation_without_words_is_no_condition", "... AND whitman", "poetry"),
    _ask("punctuation_alone_finds_nothing", "..."),
    _ask("an_empty_phrase_finds_nothing", '""'),
    _ask("an_empty_phrase_on_a_keyword", 'languages:""'),
    _ask(
        "percent_ampersand_and_at_are_text",
        "R&D 100% @whitman #justice",
        "data",
        "poetry",
        "justice",
    ),
)

ANALYSED_BEGINNINGS = (
    _ask(
        "the_last_of_several_tokens_is_a_beginning",
        "data-sci*",
        "data",
        "python",
        analyze_wildcard=True,
    ),
    _ask("several_tokens_are_no_beginning_unless_analysed", "data-sci*"),
    _ask(
        "an_analysed_beginning_on_a_keyword",
        "languages:Span*",
        "machine",
        "spanish",
        analyze_wildcard=True,
    ),
    _ask(
        "an_analysed_beginning_under_a_lower_subfield",
        "org.lower:HARV*",
        *HARVARD,
        analyze_wildcard=True,
    ),
    _ask(
        "an_analysed_star_still_means_exists",
        "end:*",
        *ALL[:3],
        "data",
        "robots",
        "chinese",
        analyze_wildcard=True,
    ),
)

EVERY_FIELD = (
    _ask_all("a_word_in_any_field", "MITx", "python", "machine"),
    _ask_all("words_in_different_fields", "MITx AND Spanish", "machine"),
    _ask_all("a_keyword_keeps_its_case", "spanish AND MITx"),
    _ask_all("a_number_in_any_field", "300", "machine"),
    _ask_all("a_phrase_in_any_field", '"computer science"', "python", "machine", "data"),
    _ask_all("a_beginning_in_any_field", "philos*", "justice"),
    _ask_all("nothing_anywhere", "xylophone"),
    _ask_all("not_in_any_field", "NOT MITx", *ALL[2:]),
    _ask_all("nested_fields_are_not_among_them", "tables"),
    _ask_all("a_field_beside_any_field", "MITx AND languages:Spanish", "machine"),
    _ask_all("a_bad_value_in_any_field_is_forgiven", "start:[x TO y] OR whitman", "poetry"),
    _ask_all("a_day_in_any_field", "2026-12-01", "chinese"),
)

STORED = (
    _ask_all("two_organizations", "org:(MITx OR ETHx)", "python", "machine", "robots"),
    _ask_all("two_organizations_without_or", "org:(MITx ETHx)", "python", "machine", "robots"),
    _ask_all("an_organization_but_a_level", "org:MITx AND NOT level_type:Advanced", "python"),
    _ask_all("keys_in_quotes", 'key.raw:("MITx+6.00.1x" "ETHx+AMRx")', "python", "robots"),
    _ask_all(
        "keys_in_quotes_on_the_text_field",
        'key:("MITx+6.00.1x" OR "ETHx+AMRx")',
        "python",
        "robots",
    ),
    _ask_all("keys_without_quotes", "key:(MITx+6.86x OR ETHx+AMRx)", "python", "machine", "robots"),
    _ask_all(
        "aggregation_keys",
        'aggregation_key:("course:MITx+6.86x" OR "course:ETHx+AMRx")',
        "machine",
        "robots",
    ),
    _ask_all("escaped_aggregation_keys", "aggregation_key:course\\:MITx\\+6.86x", "machine"),
    _ask_all("keys_of_one_organization", "key.raw:HarvardX+*", *HARVARD),
    _ask_all("run_keys", "course_runs:course-v1\\:MITx*", "python", "machine"),
    _ask_all(
        "open_courses_of_two_languages",
        "languages:(English OR Spanish) AND end:[2027-01-01 TO *]",
        "python",
        "machine",
    ),
    _ask_all(
        "published_and_not_hidden",
        "published:true AND hidden:false AND org:harvardx",
        "justice",
        "data",
    ),
    _ask_all(
        "either_subject_and_a_price",
        '(subjects:"Computer Science" OR subjects:Law) AND fixed_price_usd:[1 TO 200]',
        "python",
        "data",
    ),
    _ask_all("all_but_some", "*:* AND NOT org:(MITx OR HarvardX)", "robots", "spanish", "chinese"),
    _ask_all(
        "without_a_price",
        "-_exists_:first_enrollable_paid_seat_price AND published:true",
        "spanish",
    ),
)

CASES: tuple[Case, ...] = (*GRAMMAR, *ANALYSED_BEGINNINGS, *EVERY_FIELD, *STORED)
