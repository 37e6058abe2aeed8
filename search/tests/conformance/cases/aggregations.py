"""Counts beside the hits: terms, filter, filters and cardinality."""

from typing import Any

from search.tests.conformance.case import SERVERS, Case, search
from search.tests.conformance.catalog import COURSES

PRICE = "first_enrollable_paid_seat_price"
HARVARD = {"term": {"org.raw": "HarvardX"}}


def _facet(name: str, aggregation: dict[str, Any], found: Any, **body: Any) -> Case:
    """Return the case of one aggregation, named `facet`, over the hits of `body`."""
    return search(
        name,
        {"size": 0, "aggs": {"facet": aggregation}, **body},
        {"aggregations": {"facet": found}},
        confirmed_by=SERVERS,
    )


TIED = COURSES.holding(
    {
        str(number): {"skill_names": [letter, "é", "Z"], "pk": number % 3}
        for number, letter in enumerate("bbaaccddee_1")
    }
)

CASES: tuple[Case, ...] = (
    _facet(
        "terms_count_documents_most_first_then_by_key",
        {"terms": {"field": "org.raw"}},
        [["HarvardX", 3], ["MITx", 2], ["ETHx", 1], ["TsinghuaX", 1], ["UPValenciaX", 1]],
    ),
    _facet(
        "terms_count_every_value_of_an_array",
        {"terms": {"field": "languages"}},
        [["English", 6], ["Spanish", 2], ["Chinese - Mandarin", 1], ["German", 1]],
    ),
    _facet(
        "terms_count_only_hits",
        {"terms": {"field": "languages"}},
        [["English", 1], ["Spanish", 1]],
        query={"term": {"pk": 2}},
    ),
    _facet(
        "terms_of_no_hits_are_empty",
        {"terms": {"field": "languages"}},
        [],
        query={"match_none": {}},
    ),
    _facet("terms_on_an_unknown_field_are_empty", {"terms": {"field": "nowhere"}}, []),
    _facet(
        "terms_by_key",
        {"terms": {"field": "level_type.raw", "order": {"_key": "asc"}}},
        [["Advanced", 2], ["Intermediate", 1], ["Introductory", 4]],
    ),
    _facet(
        "terms_by_rising_count_then_by_key",
        {"terms": {"field": "org.raw", "order": {"_count": "asc"}, "size": 4}},
        [["ETHx", 1], ["TsinghuaX", 1], ["UPValenciaX", 1], ["MITx", 2]],
    ),
    _facet(
        "terms_may_name_what_is_missing",
        {"terms": {"field": "level_type.raw", "missing": "none"}},
        [["Introductory", 4], ["Advanced", 2], ["Intermediate", 1], ["none", 1]],
    ),
    _facet(
        "terms_may_show_values_without_hits",
        {"terms": {"field": "org.raw", "min_doc_count": 0}},
        [["HarvardX", 3], ["ETHx", 0], ["MITx", 0], ["TsinghuaX", 0], ["UPValenciaX", 0]],
        query=HARVARD,
    ),
    _facet(
        "terms_may_leave_out_rare_values",
        {"terms": {"field": "org.raw", "min_doc_count": 2}},
        [["HarvardX", 3], ["MITx", 2]],
    ),
    _facet(
        "terms_on_integers_have_numbers_as_keys",
        {"terms": {"field": PRICE}},
        [[49, 2], [0, 1], [99, 1], [149, 1], [300, 1]],
    ),
    _facet(
        "terms_on_booleans_have_one_and_zero_as_keys",
        {"terms": {"field": "hidden"}},
        [[0, 7], [1, 1]],
    ),
    search(
        "terms_on_booleans_name_their_keys",
        {"size": 0, "aggs": {"facet": {"terms": {"field": "hidden"}}}},
        {
            "at": {
                "aggregations.facet.buckets.0.key_as_string": "false",
                "aggregations.facet.buckets.1.key_as_string": "true",
            }
        },
        confirmed_by=SERVERS,
    ),
    _facet(
        "terms_on_dates_have_milliseconds_as_keys",
        {"terms": {"field": "start", "size": 1}},
        [[1768035600000, 2]],
    ),
    search(
        "terms_tell_how_many_documents_their_size_left_out",
        {"size": 0, "aggs": {"facet": {"terms": {"field": "org.raw", "size": 2}}}},
        {
            "aggregations": {"facet": [["HarvardX", 3], ["MITx", 2]]},
            "at": {
                "aggregations.facet.sum_other_doc_count": 3,
                "aggregations.facet.doc_count_error_upper_bound": 0,
            },
        },
        confirmed_by=SERVERS,
    ),
    search(
        "terms_ties_are_broken_by_code_point_and_ten_are_shown",
        {
            "size": 0,
            "aggs": {
                "all": {"terms": {"field": "skill_names", "size": 100}},
                "first": {"terms": {"field": "skill_names", "size": 4}},
                "numbers": {"terms": {"field": "pk"}},
            },
        },
        {
            "aggregations": {
                "all": [
                    ["Z", 12],
                    ["é", 12],
                    ["a", 2],
                    ["b", 2],
                    ["c", 2],
                    ["d", 2],
                    ["e", 2],
                    ["1", 1],
                    ["_", 1],
                ],
                "first": [["Z", 12], ["é", 12], ["a", 2], ["b", 2]],
                "numbers": [[0, 4], [1, 4], [2, 4]],
            }
        },
        on=TIED,
        confirmed_by=SERVERS,
    ),
    search(
        "terms_show_ten_unless_asked",
        {"size": 0, "aggs": {"facet": {"terms": {"field": "pk"}}}},
        {
            "aggregations": {"facet": [[number, 1] for number in range(10)]},
            "at": {"aggregations.facet.sum_other_doc_count": 2},
        },
        on=COURSES.holding({str(number): {"pk": number} for number in range(12)}),
        confirmed_by=SERVERS,
    ),
    _facet(
        "a_value_twice_in_one_document_counts_once",
        {"terms": {"field": "org.raw", "size": 1}},
        [["HarvardX", 3]],
    ),
    _facet("filter_counts_hits_that_hold", {"filter": HARVARD}, 3),
    _facet(
        "filter_counts_within_the_query",
        {"filter": HARVARD},
        2,
        query={"term": {"level_type.raw": "Introductory"}},
    ),
    _facet(
        "filter_narrows_inner_aggregations",
        {
            "filter": HARVARD,
            "aggs": {"levels": {"terms": {"field": "level_type.raw"}}},
        },
        [3, {"levels": [["Introductory", 2]]}],
    ),
    _facet(
        "filters_count_each_by_name",
        {
            "filters": {
                "filters": {
                    "harvard": HARVARD,
                    "dear": {"range": {PRICE: {"gte": 100}}},
                    "nobody": {"term": {"org.raw": "nobody"}},
                }
            }
        },
        {"harvard": 3, "dear": 2, "nobody": 0},
    ),
    _facet("cardinality_counts_distinct_values", {"cardinality": {"field": "org.raw"}}, 5),
    _facet(
        "cardinality_counts_values_of_arrays",
        {"cardinality": {"field": "languages", "precision_threshold": 1500}},
        4,
    ),
    _facet("cardinality_of_numbers", {"cardinality": {"field": PRICE}}, 5),
    _facet(
        "cardinality_of_no_hits_is_zero",
        {"cardinality": {"field": "org.raw"}},
        0,
        query={"match_none": {}},
    ),
    _facet("cardinality_of_an_unknown_field_is_zero", {"cardinality": {"field": "nowhere"}}, 0),
    _facet(
        "cardinality_inside_terms",
        {
            "terms": {"field": "org.raw", "size": 2},
            "aggs": {"levels": {"cardinality": {"field": "level_type.raw"}}},
        },
        [["HarvardX", 3, {"levels": 1}], ["MITx", 2, {"levels": 2}]],
    ),
    _facet(
        "terms_inside_terms",
        {
            "terms": {"field": "course_type", "size": 1},
            "aggs": {"languages": {"terms": {"field": "languages", "size": 2}}},
        },
        [["verified-audit", 4, {"languages": [["English", 3], ["Chinese - Mandarin", 1]]}]],
    ),
    search(
        "post_filter_narrows_hits_and_total_but_not_aggregations",
        {
            "query": {"term": {"published": True}},
            "post_filter": {"term": {"org.raw": "MITx"}},
            "aggs": {"orgs": {"terms": {"field": "org.raw", "size": 2}}},
        },
        {
            "id_set": ["python", "machine"],
            "total": 2,
            "aggregations": {"orgs": [["HarvardX", 2], ["MITx", 2]]},
        },
        confirmed_by=SERVERS,
    ),
    search(
        "several_aggregations_at_once_beside_hits",
        {
            "size": 1,
            "sort": ["pk"],
            "aggregations": {
                "orgs": {"cardinality": {"field": "org.raw"}},
                "types": {"terms": {"field": "course_type"}},
            },
        },
        {
            "ids": ["python"],
            "total": 8,
            "aggregations": {
                "orgs": 5,
                "types": [["verified-audit", 4], ["audit", 3], ["professional", 1]],
            },
        },
        confirmed_by=SERVERS,
    ),
)
