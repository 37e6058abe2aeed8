"""Ranges over numbers, words and dates; dates as they are written, asked and rounded."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, query
from search.tests.conformance.catalog import COURSES

DATES = COURSES.holding(
    {
        "ancient": {"start": "1999-12-31T23:59:59Z", "pk": -1},
        "day": {"start": "2026-01-31", "pk": 0},
        "offset": {"start": "2026-02-01T01:30:00+02:00", "pk": 1},
        "micro": {"start": "2026-02-01T00:00:00.123456+00:00", "pk": 2},
        "millis": {"start": 1772323200000, "pk": 3},
        "leap": {"start": "2028-02-29T12:00:00Z", "pk": 4},
        "far": {"start": "2999-01-01T00:00:00Z", "pk": 5},
        "none": {"start": None},
    }
)
"""`offset` is still January in UTC; `millis` is the first of March 2026."""


def _within(name: str, field: str, limits: dict[str, Any], *found: str) -> Case:
    body = {"range": {field: limits}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS)


def _dated(name: str, limits: dict[str, Any], *found: str) -> Case:
    body = {"range": {"start": limits}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS, on=DATES)


def _asked(name: str, text: str, *found: str) -> Case:
    body = {"query_string": {"query": text, "default_field": "title"}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS)


def _asked_dated(name: str, text: str, *found: str) -> Case:
    body = {"query_string": {"query": text, "default_field": "title"}}
    return query(name, body, {"id_set": list(found)}, confirmed_by=SERVERS, on=DATES)


PRICE = "first_enrollable_paid_seat_price"

VALUES = (
    _within(
        "inclusive_limits", PRICE, {"gte": 49, "lte": 149}, "python", "robots", "data", "chinese"
    ),
    _within("exclusive_limits", PRICE, {"gt": 49, "lt": 149}, "chinese"),
    _within("one_open_end", PRICE, {"gte": 149}, "machine", "data"),
    _within("zero_is_a_value", PRICE, {"lt": 49}, "justice"),
    _within("limits_as_text", PRICE, {"gt": "99", "lte": "300"}, "machine", "data"),
    _within(
        "fractions_against_integers",
        PRICE,
        {"gte": 48.5, "lt": 99.5},
        "python",
        "robots",
        "chinese",
    ),
    _within("floats", "fixed_price_usd", {"gt": 49.4, "lt": 149.995}, "python", "chinese", "data"),
    _within("empty_range", PRICE, {"gte": 300, "lt": 300}),
    _within(
        "keywords_by_code_point",
        "languages",
        {"gte": "F", "lt": "T"},
        "machine",
        "spanish",
        "robots",
    ),
    _within(
        "keywords_inclusive",
        "org.raw",
        {"gte": "ETHx", "lte": "HarvardX"},
        "robots",
        "justice",
        "poetry",
        "data",
    ),
    _within("unknown_field", "nowhere", {"gte": 1}),
    _within(
        "one_value_of_an_array_must_lie_within",
        "start",
        {"gte": "2025-01-01", "lt": "2026-01-01"},
        "justice",
    ),
    query(
        "two_ranges_may_hold_for_two_values_of_an_array",
        {
            "bool": {
                "filter": [
                    {"range": {"start": {"lt": "2025-01-01"}}},
                    {"range": {"start": {"gte": "2026-01-01"}}},
                ]
            }
        },
        {"ids": ["python"]},
        confirmed_by=SERVERS,
    ),
)

DATE_LIMITS = (
    _dated("instants", {"gte": "2026-01-31T23:30:00Z", "lt": "2026-02-01T00:00:00.123Z"}, "offset"),
    _dated(
        "offsets_are_honoured", {"lte": "2026-02-01T01:30:00+02:00", "gte": "2026"}, "day", "offset"
    ),
    _dated(
        "microseconds_are_cut_to_milliseconds",
        {"gte": "2026-02-01T00:00:00.123Z", "lte": "2026-02-01T00:00:00.123Z"},
        "micro",
    ),
    _dated(
        "a_limit_with_microseconds",
        {"gte": "2026-02-01T00:00:00.123999+00:00", "lt": "2026-03-01"},
        "micro",
    ),
    _dated("milliseconds_since_1970", {"gte": 1772323200000, "lte": "1772323200000"}, "millis"),
    _dated("upper_day_is_whole", {"gte": "2026-01-31", "lte": "2026-01-31"}, "day", "offset"),
    _dated("excluded_upper_day_is_left_out", {"gte": "2026-01-01", "lt": "2026-01-31"}),
    _dated("excluded_lower_day_is_left_out", {"gt": "2026-01-31", "lt": "2026-03-01"}, "micro"),
    _dated(
        "upper_month_means_its_first_day",
        {"gte": "2026-01", "lte": "2026-02"},
        "day",
        "offset",
        "micro",
    ),
    _dated(
        "upper_year_means_its_first_day",
        {"gte": "2026", "lte": "2028"},
        "day",
        "offset",
        "micro",
        "millis",
    ),
    _dated("after_a_year_means_after_its_first_day", {"gt": "2028", "lt": "2100"}, "leap"),
    _dated(
        "minutes_without_seconds", {"gte": "2028-02-29T12:00", "lte": "2028-02-29T12:00"}, "leap"
    ),
    _dated("far_past_and_future", {"lt": "2000-01-01"}, "ancient"),
    _dated("anchored_math", {"gte": "2026-02-28||+1d", "lt": "2026-02-28||+1M"}, "millis"),
    _dated(
        "anchored_math_keeps_the_end_of_months",
        {"gte": "2026-01-30||+1M", "lt": "2026-03-02"},
        "millis",
    ),
    _dated("rounding_down_to_a_month", {"gte": "2026-02-17||/M", "lt": "2026-03-01"}, "micro"),
    _dated("rounding_up_to_a_month", {"gte": "2026-02-01", "lte": "2026-02-17||/M"}, "micro"),
    _dated(
        "rounding_up_when_the_lower_end_is_excluded",
        {"gt": "2026-01-05||/M", "lt": "2026-02-02"},
        "micro",
    ),
    _dated(
        "rounding_to_a_week_starts_on_monday",
        {"gte": "2026-02-01||/w", "lt": "2026-02-01"},
        "day",
        "offset",
    ),
    _dated(
        "math_in_several_steps",
        {"gte": "2027-03-31T10:00:00Z||-1y-1M/d", "lt": "2026-03-02"},
        "millis",
    ),
    _dated("now", {"gt": "now"}, "leap", "far"),
    _dated("now_with_math", {"lt": "now-20y"}, "ancient"),
    _dated("now_far_ahead", {"gt": "now+200y/d"}, "far"),
)

IN_QUERY_STRINGS = (
    _asked("brackets_include", f"{PRICE}:[49 TO 149]", "python", "robots", "data", "chinese"),
    _asked("braces_exclude", f"{PRICE}:{{49 TO 149}}", "chinese"),
    _asked("bracket_and_brace_mix", f"{PRICE}:[49 TO 149}}", "python", "robots", "chinese"),
    _asked("open_upper_end", f"{PRICE}:[149 TO *]", "machine", "data"),
    _asked("open_lower_end", f"{PRICE}:[* TO 0]", "justice"),
    _asked(
        "both_ends_open_means_exists",
        "end:[* TO *]",
        "python",
        "machine",
        "justice",
        "data",
        "robots",
        "chinese",
    ),
    _asked("greater_than", f"{PRICE}:>99", "machine", "data"),
    _asked("at_least", f"{PRICE}:>=99", "machine", "data", "chinese"),
    _asked("less_than", f"{PRICE}:<49", "justice"),
    _asked("at_most", f"{PRICE}:<=49", "justice", "python", "robots"),
    _asked("dates", "start:[2026-01-01 TO 2026-10-31]", "python", "poetry", "data"),
    _asked("upper_day_in_brackets_is_whole", "start:[2026-01-10 TO 2026-01-10]", "poetry", "data"),
    _asked(
        "instants_in_quotes",
        'start:["2026-12-01T00:00:00Z" TO "2027-02-01T00:00:00Z"]',
        "chinese",
        "machine",
    ),
    _asked("instants_bare", "start:[2026-12-01T00:00:00Z TO 2027-02-01T00:00:00Z}", "chinese"),
    _asked("dates_open_ended", "start:[2026-12-01 TO *]", "chinese", "machine"),
    _asked("dates_before", "start:<2021", "robots"),
    _asked("keywords", "org.raw:[ETHx TO HarvardX]", "robots", "justice", "poetry", "data"),
    _asked("keywords_open_ended", "languages:{English TO *]", "machine", "robots", "spanish"),
    _asked("words_of_a_text_field_are_stems", "title:[poetry TO python]", "python", "machine"),
    _asked(
        "words_of_a_text_field_open_ended", "title:[whitman TO *]", "poetry", "machine", "chinese"
    ),
    _asked("ranges_combine", f"{PRICE}:[100 TO *] AND NOT start:[2027 TO *]", "data"),
    _asked("floats_in_brackets", "fixed_price_usd:[49.5 TO 99}", "python"),
    _asked("unknown_field_in_brackets", "nowhere:[1 TO 2]"),
    _asked_dated(
        "anchored_math_in_brackets", "start:[2026-02-17||\\/M TO 2026-02-17||\\/M]", "micro"
    ),
    _asked_dated("now_in_brackets", "start:[now-1d TO *]", "leap", "far"),
    _asked_dated("now_as_a_limit", "start:<now-20y", "ancient"),
    _asked_dated("negative_numbers", "pk:[-5 TO 0]", "ancient", "day"),
    _asked_dated("an_escaped_negative_number", "pk:\\-1", "ancient"),
)

CASES: tuple[Case, ...] = (*VALUES, *DATE_LIMITS, *IN_QUERY_STRINGS)
