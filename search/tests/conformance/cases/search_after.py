"""Pages by position: the hits after one whose sort values are known."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, search
from search.tests.conformance.catalog import COURSES

PRICE = "first_enrollable_paid_seat_price"
EARLIEST = -(2**63)
"""What a server shows for a missing date when it sorts last, going down."""


def _sorted(name: str, sort: Any, *found: str, **body: Any) -> Case:
    return search(name, {"sort": sort, **body}, {"ids": list(found)}, confirmed_by=SERVERS)


CASES: tuple[Case, ...] = (
    _sorted("after_a_number", ["pk"], "data", "robots", search_after=[4], size=2),
    _sorted(
        "after_a_tie",
        [{PRICE: "asc"}, {"pk": "asc"}],
        "robots",
        "chinese",
        search_after=[49, 1],
        size=2,
    ),
    _sorted(
        "after_a_date_given_in_milliseconds",
        [{"start": "desc"}, {"pk": "asc"}],
        "data",
        "justice",
        search_after=[1768035600000, 4],
        size=2,
    ),
    _sorted(
        "after_a_date_given_as_text",
        [{"start": "desc"}, {"pk": "asc"}],
        "data",
        "justice",
        search_after=["2026-01-10T09:00:00.000Z", 4],
        size=2,
    ),
    _sorted(
        "after_the_last_date_come_missing_ones",
        [{"start": "desc"}, {"pk": "asc"}],
        "spanish",
        search_after=[1582977600000, 6],
    ),
    _sorted("after_a_missing_date", [{"start": "desc"}, {"pk": "asc"}], search_after=[EARLIEST, 7]),
    _sorted(
        "after_the_missing_keywords_of_a_sort",
        [{"level_type.raw": "asc"}, {"pk": "asc"}],
        search_after=[None, 4],
    ),
    _sorted(
        "after_the_last_keyword_come_missing_ones",
        [{"level_type.raw": "asc"}, {"pk": "asc"}],
        "poetry",
        search_after=["Introductory", 7],
    ),
    _sorted(
        "after_two_keys_of_two_directions",
        [{"org.raw": "asc"}, {"pk": "desc"}],
        "poetry",
        "justice",
        search_after=["HarvardX", 5],
        size=2,
    ),
    search(
        "totals_ignore_the_position",
        {"sort": ["pk"], "search_after": [6]},
        {"ids": ["spanish", "chinese"], "total": 8},
        confirmed_by=SERVERS,
    ),
    search(
        "a_position_goes_beyond_the_window",
        {"sort": ["pk"], "search_after": [149], "size": 100},
        {"ids": ["150", "151"]},
        on=COURSES.holding({str(number): {"pk": number} for number in range(152)}),
        confirmed_by=SERVERS,
    ),
    search(
        "a_position_of_another_length",
        {"sort": ["pk"], "search_after": [1, 2]},
        {"error": [400, "illegal_argument_exception"]},
        confirmed_by=SERVERS,
    ),
    search(
        "a_position_without_a_sort",
        {"search_after": [1]},
        {"error": [400, "illegal_argument_exception"]},
        confirmed_by=SERVERS,
    ),
    search(
        "a_position_that_is_no_number",
        {"sort": ["pk"], "search_after": ["python"]},
        {"error": [400, "illegal_argument_exception"]},
        confirmed_by=SERVERS,
    ),
    search(
        "an_empty_position",
        {"sort": ["pk"], "search_after": []},
        {"error": [400, "illegal_argument_exception"]},
        confirmed_by=SERVERS,
    ),
)
