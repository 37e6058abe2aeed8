"""Fuzzy words, phrases with slop, boosts, wildcards and regular expressions."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, query


def _ask(name: str, text: str, *found: str, **options: Any) -> Case:
    """Return the case of a query string on `title`, unless options say where."""
    where = {} if "fields" in options else {"default_field": "title"}
    body = {"query_string": {"query": text, **where, **options}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS)


def _ask_all(name: str, text: str, *found: str) -> Case:
    """Return the case of a query string that names no field: every field is asked."""
    return query(
        name, {"query_string": {"query": text}}, {"id_set": list(found)}, confirmed_by=SERVERS
    )


def _refused(name: str, text: str) -> Case:
    body = {"query_string": {"query": text, "default_field": "title"}}
    return query(name, body, {"at": {"status": 400}}, confirmed_by=SERVERS)


FUZZY = (
    _ask("a_letter_exchanged", "pyhton~", "machine", "python"),
    _ask("an_exchange_is_one_edit", "pyhton~1", "machine", "python"),
    _ask("two_edits", "phytno~2"),
    _ask("one_edit_is_not_two", "phytno~1"),
    _ask("no_edit", "python~0", "machine", "python"),
    _ask("short_words_are_exact", "an~"),
    _ask("a_word_of_three_letters_may_differ_by_one", "fot~"),
    _ask("a_word_of_six_letters_may_differ_by_two", "robxxs~"),
    _ask("a_fuzzy_word_is_not_stemmed", "learning~1"),
    _ask("a_fuzzy_word_meets_stems", "machines~2", "chinese", "machine"),
    _ask("a_fuzzy_word_is_in_lower_case", "PYHTON~", "machine", "python"),
    _ask(
        "a_fuzzy_keyword_keeps_its_case",
        "languages:english~1",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
    ),
    _ask(
        "a_fuzzy_keyword_differs_in_case",
        "languages:Englsih~1",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
    ),
    _ask("a_word_shorter_than_its_edits", "a~2", "chinese", "data", "machine", "poetry", "python"),
    _ask("a_fuzzy_word_in_other_letters", "español~1", "spanish"),
    _ask("a_fuzzy_word_of_one_letter_in_chinese", "建~1", "chinese", "data"),
    _ask("a_fuzzy_word_of_no_field", "nowhere:python~"),
    _refused("a_fuzzy_number", "pk:12~"),
    _ask("fuzzy_before_boost", "pyhton~1^2", "machine", "python"),
    _ask("boost_before_fuzzy", "pyhton^2~1", "machine", "python"),
    _ask("a_fuzzy_word_ends_a_run", "justice whitman~ robots", "justice", "poetry", "robots"),
    _ask("a_fuzzy_prefix_is_a_prefix", "pyth*~", "machine", "python"),
    _ask(
        "a_fuzzy_star_is_a_star",
        "*~",
        "chinese",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
        "spanish",
    ),
    _ask("fuzzy_and_required", "+pyhton~ -learning", "python"),
)

SLOP = (
    _ask("words_in_order_with_a_gap", '"introduction science"~2', "python"),
    _ask("too_small_a_slop", '"introduction science"~1'),
    _ask("exchanged_words_cost_two", '"science computer"~2', "python"),
    _ask("exchanged_words_cost_more_than_one", '"science computer"~1'),
    _ask("three_words_apart", '"machine python models"~4', "machine"),
    _ask("a_fraction_is_cut", '"science computer"~2.9', "python"),
    _ask("no_slop", '"computer science"~', "python"),
    _ask("slop_and_boost", '"science computer"~2^3', "python"),
    _ask("boost_and_slop", '"science computer"^3~2', "python"),
    _ask("a_repeated_word_stands_twice", '"deep to deep"~9'),
    _ask("a_wide_slop", '"python introduction"~100', "python"),
    _ask(
        "slop_on_a_keyword",
        'languages:"English"~3',
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
    ),
)

BOOSTS = (
    _ask("a_boost_of_nothing", "python^0", "machine", "python"),
    _ask("a_boost_of_a_group", "(python justice)^2", "justice", "machine", "python"),
    _ask("a_boost_of_a_phrase", '"computer science"^2', "python"),
    _ask("a_boost_of_a_range", "pk:[1 TO 2]^3", "machine", "python"),
    _ask(
        "a_boost_in_a_field_group",
        "title:(python^3 OR justice)^0.5",
        "justice",
        "machine",
        "python",
    ),
    _refused("a_boost_twice", "(python)^2^3"),
    _refused("a_boost_without_a_number", "python^a"),
    _ask("a_boost_after_space", "python ^2", "machine", "python"),
)

WILDCARDS = (
    _ask("a_star_inside", "py*n", "machine", "python"),
    _ask("a_star_before", "*hon", "machine", "python"),
    _ask("stars_around", "*obo*", "robots"),
    _ask("a_question_mark_inside", "pyth?n", "machine", "python"),
    _ask("a_question_mark_before", "?ython", "machine", "python"),
    _ask("a_question_mark_is_one_character", "pytho?n"),
    _ask("wildcards_see_stems", "mach*ne"),
    _ask("wildcards_are_in_lower_case", "PY*N", "machine", "python"),
    _ask(
        "a_keyword_with_wildcards_keeps_its_case",
        "languages:*nglish",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
    ),
    _ask("a_keyword_is_matched_whole", "skill_names:*Programming"),
    _refused("a_keyword_by_its_end", "skill_names:*Language)"),
    _ask("escaped_in_a_pattern", "org:MI\\T?"),
    _ask(
        "two_stars",
        "**",
        "chinese",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
        "spanish",
    ),
    _ask(
        "two_stars_of_a_field",
        "level_type:**",
        "chinese",
        "data",
        "justice",
        "machine",
        "python",
        "robots",
        "spanish",
    ),
    _refused("a_wildcard_of_a_number", "pk:?1"),
    _ask("a_wildcard_of_no_field", "nowhere:p?thon"),
    _ask("wildcards_with_analysis", "*obot*", "robots", analyze_wildcard=True),
    _ask_all("wildcards_in_any_field", "*hitman", "poetry"),
    _ask(
        "wildcards_in_several_fields",
        "p?thon",
        "machine",
        "python",
        fields=["title", "full_description"],
    ),
)

REGEXES = (
    _ask("a_regular_expression", "/pyth.*/", "machine", "python"),
    _ask("matches_a_whole_word", "/pyth/"),
    _ask("a_choice", "/(python|robot)/", "machine", "python", "robots"),
    _ask("a_class", "/[pr].*/", "data", "machine", "poetry", "python", "robots", "spanish"),
    _ask("a_class_of_others", "/[^a-z].*/", "chinese"),
    _ask("a_repetition", "/.{6}/", "chinese", "data", "justice", "machine", "poetry", "python"),
    _ask("a_repetition_between", "/.{1,2}/", "chinese", "data", "machine", "poetry", "python"),
    _ask("a_repetition_without_end", "/[a-z]{9,}/", "chinese", "python"),
    _ask("an_intersection", "/p.*&.*n/", "machine", "python"),
    _ask(
        "a_complement",
        "/~(python)/",
        "chinese",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
        "spanish",
    ),
    _ask(
        "anything",
        "/@/",
        "chinese",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
        "spanish",
    ),
    _ask("nothing", "/#/"),
    _ask("a_quoted_text", '/"python"/', "machine", "python"),
    _ask("an_escaped_slash", "key.raw:/MITx\\/.*/"),
    _ask("an_escaped_character", "key.raw:/MITx\\+6\\..*/", "machine", "python"),
    _ask("an_unescaped_plus", "key.raw:/MITx+6.*/"),
    _ask("a_class_of_letters", "org.raw:/MIT\\w/", "machine", "python"),
    _ask("a_class_of_digits", "key.raw:/.*\\d\\d\\d.*/", "chinese", "data", "spanish"),
    _ask(
        "a_regular_expression_in_another_field",
        "languages:/(Eng|Span)lish/",
        "data",
        "justice",
        "machine",
        "poetry",
        "python",
        "robots",
    ),
    _ask("an_empty_regular_expression", "//"),
    _refused("a_bracket_not_closed", "/[a/"),
    _refused("a_brace_without_a_number", "/a{x}/"),
    _ask("a_regular_expression_beside_words", "/pyth.*/ AND science", "python"),
    _ask("a_boosted_regular_expression", "/pyth.*/^2", "machine", "python"),
    _ask("a_regular_expression_of_no_field", "nowhere:/a.*/"),
    _ask("not_a_regular_expression", "NOT /.*s.*/", "machine", "poetry", "robots"),
)

QUERIES = (
    query(
        "prefix",
        {"prefix": {"languages": "Engl"}},
        {"id_set": ["data", "justice", "machine", "poetry", "python", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_wildcard_query",
        {"wildcard": {"languages": {"value": "*nglis?"}}},
        {"id_set": ["data", "justice", "machine", "poetry", "python", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_wildcard_query_on_text",
        {"wildcard": {"title": "PYT*"}},
        {"id_set": []},
        confirmed_by=SERVERS,
    ),
    query(
        "a_regular_expression_query",
        {"regexp": {"org.raw": "MIT.*"}},
        {"id_set": ["machine", "python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_regular_expression_query_with_a_boost",
        {"regexp": {"org.raw": {"value": "(MIT|ETH)x", "boost": 2}}},
        {"id_set": ["machine", "python", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_fuzzy_query",
        {"fuzzy": {"title": {"value": "pyhton"}}},
        {"id_set": ["machine", "python"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_fuzzy_query_of_one_edit",
        {"fuzzy": {"title": {"value": "phytno", "fuzziness": 1}}},
        {"id_set": []},
        confirmed_by=SERVERS,
    ),
    query(
        "a_fuzzy_query_on_a_keyword",
        {"fuzzy": {"languages": {"value": "Englsih", "fuzziness": "AUTO"}}},
        {"id_set": ["data", "justice", "machine", "poetry", "python", "robots"]},
        confirmed_by=SERVERS,
    ),
    query(
        "a_near_phrase_query",
        {"match_phrase": {"title": {"query": "science computer", "slop": 2}}},
        {"id_set": ["python"]},
        confirmed_by=SERVERS,
    ),
)

CASES: tuple[Case, ...] = (*FUZZY, *SLOP, *BOOSTS, *WILDCARDS, *REGEXES, *QUERIES)
