"""The query language of catalogs and of `q`: words, operators, fields, phrases, beginnings."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, query

ALL = ["python", "machine", "justice", "poetry", "data", "robots", "spanish", "chinese"]


def _ask(name: str, text: str, *found: str, **options: Any) -> Case:
    """Return the case of a query string on `title`, unless options say where."""
    where = {} if "fields" in options else {"default_field": "title"}
    body = {"query_string": {"query": text, **where, **options}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS)


WORDS = (
    _ask("a_word_is_analysed", "Programs", "python"),
    _ask("words_are_alternatives", "python science", "python", "machine", "data"),
    _ask("words_must_all_match_with_and", "python science", "python", default_operator="AND"),
    _ask("and_as_a_lower_case_word_is_text", "mobile and", "robots", "python"),
    _ask("a_word_of_several_tokens_is_alternatives", "data-whitman", "data", "poetry"),
    _ask("a_phrase_wants_its_order", '"computer science"', "python"),
    _ask("a_phrase_in_another_order", '"science computer"'),
    _ask("a_phrase_beside_a_word", '"deep learning" whitman', "machine", "poetry"),
    _ask("a_single_quoted_word_is_stemmed", '"programs"', "python"),
    _ask("an_empty_query_finds_nothing", ""),
    _ask("white_space_finds_nothing", "  "),
    _ask("other_scripts", "建筑", "chinese"),
    _ask("accents_count", "espanol"),
    _ask("stop_words_alone_find_nothing", "full_description:the"),
    _ask("a_stop_word_is_no_condition", "full_description:(the AND philosophy)", "justice"),
)

OPERATORS = (
    _ask("and_wants_both", "python AND learning", "machine"),
    _ask("or_wants_either", "whitman OR justice", "poetry", "justice"),
    _ask("not_excludes", "python NOT learning", "python"),
    _ask("and_not_excludes", "python AND NOT learning", "python"),
    _ask("minus_excludes", "python -learning", "python"),
    _ask("plus_requires", "+python science", "python", "machine"),
    _ask("exclamation_mark_excludes", "python !learning", "python"),
    _ask("double_ampersand_is_and", "python && learning", "machine"),
    _ask("double_bar_is_or", "whitman || justice", "poetry", "justice"),
    _ask("or_before_and_has_no_precedence", "justice OR python AND learning", "machine"),
    _ask("or_after_and_has_no_precedence", "python AND learning OR justice", "machine"),
    _ask("parentheses_group", "justice OR (python AND learning)", "justice", "machine"),
    _ask("parentheses_nest", "((whitman) OR ((python) AND (science)))", "poetry", "python"),
    _ask("a_group_is_excluded", "python AND NOT (learning OR justice)", "python"),
    _ask("only_a_negation_finds_the_rest", "NOT python", *ALL[2:]),
    _ask("only_negations_find_the_rest", "-python NOT justice", *ALL[3:]),
    _ask("a_negation_in_a_group_finds_the_rest", "(NOT python) AND justice", "justice"),
    _ask("a_negation_beside_or_excludes", "whitman OR NOT python", "poetry"),
    _ask("not_binds_with_default_and", "science NOT python", "data", default_operator="AND"),
    _ask(
        "or_with_default_and",
        "science OR whitman",
        "python",
        "data",
        "poetry",
        default_operator="AND",
    ),
    _ask(
        "or_takes_one_word_and_the_next_is_its_own_clause",
        "python OR whitman science",
        "python",
        "data",
        default_operator="AND",
    ),
    _ask("and_binds_only_the_word_before_it", "science python AND basics"),
    _ask("words_before_that_one_stay_alternatives", "whitman data python AND learning", "machine"),
    _ask("and_takes_one_word", "python AND science whitman", "python"),
    _ask("words_after_a_required_one", "+python science whitman", "python", "machine"),
)

FIELDS = (
    _ask("a_field_is_analysed_its_own_way", "org:harvardx", "justice", "poetry", "data"),
    _ask("a_keyword_field_distinguishes_case", "languages:english"),
    _ask("a_keyword_field", "languages:Spanish", "machine", "spanish"),
    _ask("a_lower_subfield_ignores_case", "org.lower:HARVARDx", "justice", "poetry", "data"),
    _ask("a_quoted_keyword", 'languages:"Chinese - Mandarin"', "chinese"),
    _ask("words_in_a_keyword_group_are_one_value", "org.raw:(MITx HarvardX)"),
    _ask(
        "words_in_a_keyword_group_may_be_that_value",
        "subjects.raw:(Computer Science)",
        "python",
        "machine",
        "data",
    ),
    _ask(
        "or_takes_the_last_word_out_of_a_keyword_group",
        "subjects.raw:(Computer Science OR Law)",
        "justice",
    ),
    _ask(
        "not_leaves_a_keyword_group_whole",
        "subjects.raw:(Computer Science NOT Engineering)",
        "machine",
        "data",
    ),
    _ask(
        "or_in_a_keyword_group",
        "org.raw:(MITx OR ETHx)",
        "python",
        "machine",
        "robots",
    ),
    _ask(
        "quoted_values_in_a_keyword_group",
        'subjects.raw:("Law" "Literature")',
        "justice",
        "poetry",
    ),
    _ask(
        "words_in_a_text_group_are_alternatives", "subjects:(Law Literature)", "justice", "poetry"
    ),
    _ask("a_field_reaches_one_word_only", "org.raw:ETHx justice", "robots", "justice"),
    _ask("a_group_under_a_field", 'title:("deep learning" OR whitman)', "machine", "poetry"),
    _ask("a_field_inside_a_group", "(org:mitx AND subjects:statistics)", "machine"),
    _ask("an_inner_field_wins", "title:(whitman OR org.raw:ETHx)", "poetry", "robots"),
    _ask("an_integer_field", "first_enrollable_paid_seat_price:49", "python", "robots"),
    _ask("a_boolean_field", "published:false", "poetry"),
    _ask("a_date_field_is_the_whole_day", "start:2026-10-11", "python"),
    _ask("an_unknown_field_finds_nothing", "nowhere:python"),
    _ask("an_unknown_field_beside_or", "nowhere:python OR whitman", "poetry"),
    _ask("an_unknown_field_excluded_finds_everything", "NOT nowhere:python", *ALL),
    _ask("nested_fields_are_out_of_reach", "skills.name:python"),
    _ask("an_inner_object_key", "course_runs:course-v1\\:MITx\\+6.86x\\+1T2027", "machine"),
    _ask("everything", "*:*", *ALL),
    _ask("a_lone_star_is_everything", "*", *ALL, fields=["title", "org"]),
    _ask("a_field_with_a_star_means_it_exists", "end:*", *ALL[:3], "data", "robots", "chinese"),
    _ask("exists_by_name", "_exists_:level_type", *ALL[:3], *ALL[4:]),
    _ask("missing_values", "NOT end:*", "poetry", "spanish"),
    _ask(
        "several_fields_are_asked_each",
        "programming",
        "python",
        "machine",
        "data",
        fields=["title", "full_description"],
    ),
    _ask(
        "and_joins_words_of_different_fields",
        "justice AND philosophy",
        "justice",
        fields=["title", "full_description"],
    ),
    _ask(
        "words_together_must_share_a_field",
        "justice philosophy",
        fields=["title", "full_description"],
        default_operator="AND",
    ),
    _ask(
        "a_phrase_in_several_fields",
        '"data wrangling"',
        "data",
        fields=["title", "full_description"],
    ),
    _ask("fields_of_any_type", "Spanish", "machine", "spanish", fields=["title", "languages"]),
    _ask(
        "lenient_ignores_what_a_number_cannot_be",
        "whitman",
        "poetry",
        fields=["title", "pk"],
        lenient=True,
    ),
)

BEGINNINGS = (
    _ask("a_beginning", "prog*", "python"),
    _ask("a_beginning_ignores_case_on_text", "PROG*", "python"),
    _ask("a_beginning_longer_than_the_stem", "programming*"),
    _ask("a_beginning_may_be_analysed", "programming*", "python", analyze_wildcard=True),
    _ask("a_beginning_on_a_keyword", "languages:Span*", "machine", "spanish"),
    _ask("a_beginning_on_a_keyword_distinguishes_case", "languages:span*"),
    _ask("a_beginning_on_a_lower_subfield", "org.lower:HARV*", "justice", "poetry", "data"),
    _ask("beginnings_combine", "prog* AND NOT learn*", "python"),
    _ask(
        "a_beginning_with_an_escaped_colon",
        "course_runs:course-v1\\:HarvardX*",
        "justice",
        "poetry",
        "data",
    ),
    _ask(
        "a_beginning_ends_a_run_of_words",
        "subjects.raw:(Computer Science Law*)",
        *ALL[:3],
        "data",
    ),
    _ask("a_beginning_in_several_fields", "philos*", "justice", fields=["title", "subjects"]),
)

ESCAPES = (
    _ask("an_escaped_plus", "key.raw:MITx\\+6.00.1x", "python"),
    _ask("a_plus_inside_a_word", "key.raw:MITx+6.00.1x", "python"),
    _ask("quotes_protect_operators", 'key.raw:"MITx+6.00.1x"', "python"),
    _ask("an_escaped_space_joins_words", "subjects.raw:Computer\\ Science", *ALL[:2], "data"),
    _ask("an_escaped_quote", '\\"whitman\\"', "poetry"),
    _ask("an_escaped_operator_is_text", "whitman \\(justice\\)", "poetry", "justice"),
    _ask("an_escaped_star_is_text", "languages:Span\\*"),
    _ask("an_escaped_letter_is_itself", "wh\\itman", "poetry"),
    _ask("a_slash_in_quotes", '"whitman/justice" OR america', "poetry"),
    _ask("a_minus_inside_a_word", "mobile-robots", "robots"),
    _ask("dots_and_commas", "whitman, justice.", "poetry", "justice"),
)

CASES: tuple[Case, ...] = (*WORDS, *OPERATORS, *FIELDS, *BEGINNINGS, *ESCAPES)
