"""Requests as a catalog sends them: ranked texts, facets beside a page, beginnings, all pages."""

from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case, query, search
from search.tests.conformance.catalog import COURSES, DOCUMENTS

TEXTS = ["key", "title", "full_description"]
BOOSTS = [
    {"filter": {"term": {"course_type": "professional"}}, "weight": 5},
    {"filter": {"range": {"first_enrollable_paid_seat_price": {"gt": 0}}}, "weight": 15},
    {"gauss": {"start": {"origin": "2026-11-20", "scale": "30d"}}, "weight": 5},
]


def _boosted(inner: dict[str, Any]) -> dict[str, Any]:
    return {
        "function_score": {
            "query": inner,
            "functions": BOOSTS,
            "score_mode": "sum",
            "boost_mode": "sum",
        }
    }


def _pages(size: int, *pages: list[str]) -> tuple[Call, ...]:
    """Return the calls that follow positions through all courses, latest start first."""
    starts = {
        key: max(course["start"], default="") if course["start"] else ""
        for key, course in DOCUMENTS.items()
    }
    calls = []
    after: dict[str, Any] = {}
    for found in pages:
        body = {"size": size, "sort": [{"start": "desc"}, {"pk": "asc"}], "_source": False, **after}
        calls.append(
            Call("search", {"index": "@courses", "body": body}, {"ids": found, "total": 8})
        )
        if found:
            last = found[-1]
            position = starts[last] or -(2**63)
            after = {"search_after": [position, DOCUMENTS[last]["pk"]]}
    return tuple(calls)


RANKED = (
    query(
        "a_title_of_the_very_word_comes_first",
        {"multi_match": {"query": "justice", "fields": ["title^3", "full_description"]}},
        {"at": {"hits.hits.0._id": "title"}, "total": 3},
        on=COURSES.holding(
            {
                "text": {"title": "Ethics", "full_description": "What is justice?"},
                "title": {"title": "Justice", "full_description": "What is right?"},
                "long": {
                    "title": "Law, order and justice in the modern world",
                    "full_description": "x",
                },
            }
        ),
        confirmed_by=SERVERS,
    ),
    query(
        "a_word_said_often_counts_more",
        {"match": {"full_description": "data"}},
        {"ids": ["often", "once"]},
        on=COURSES.holding(
            {
                "once": {"full_description": "data and three more words here"},
                "often": {"full_description": "data beside data and data here"},
            }
        ),
        confirmed_by=SERVERS,
    ),
    query(
        "a_rare_word_counts_more_than_a_common_one",
        {"match": {"title": "science robotics"}},
        {"at": {"hits.hits.0._id": "rare"}, "total": 6},
        on=COURSES.holding(
            {
                **{f"common{number}": {"title": "Science basics"} for number in range(5)},
                "rare": {"title": "Robotics basics"},
            }
        ),
        confirmed_by=SERVERS,
    ),
    query(
        "boosts_decide_among_equal_texts",
        _boosted({"multi_match": {"query": "poetry", "type": "phrase", "fields": TEXTS}}),
        {"ids": ["dear", "professional", "near", "plain"]},
        on=COURSES.holding(
            {
                "plain": {"title": "Poetry", "start": "2020-01-01"},
                "near": {"title": "Poetry", "start": "2026-12-10"},
                "professional": {
                    "title": "Poetry",
                    "course_type": "professional",
                    "start": "2020-01-01",
                },
                "dear": {
                    "title": "Poetry",
                    "first_enrollable_paid_seat_price": 10,
                    "start": "2020-01-01",
                },
            }
        ),
        confirmed_by=SERVERS,
    ),
)

PAGES = (
    search(
        "a_page_of_a_search_with_facets",
        {
            "query": {
                "bool": {
                    "must": [_boosted({"multi_match": {"query": "programming", "fields": TEXTS}})],
                    "filter": [
                        {"term": {"published": True}},
                        {"term": {"hidden": False}},
                        {"terms": {"languages": ["English", "Spanish"]}},
                        {"range": {"start": {"gte": "2024-01-01"}}},
                    ],
                    "must_not": [{"term": {"org.lower": "ethx"}}],
                }
            },
            "post_filter": {"term": {"level_type.raw": "Introductory"}},
            "aggs": {
                "level_type": {"terms": {"field": "level_type.raw", "size": 100}},
                "subjects": {"terms": {"field": "subjects.raw", "size": 100}},
                "current": {
                    "filter": {
                        "bool": {
                            "filter": [
                                {"range": {"start": {"lte": "2026-11-20"}}},
                                {"range": {"end": {"gte": "2026-11-20"}}},
                            ]
                        }
                    }
                },
                "distinct": {"cardinality": {"field": "aggregation_key"}},
            },
            "sort": [{"start": {"order": "desc"}}, {"aggregation_key": {"order": "asc"}}],
            "from": 0,
            "size": 1,
            "track_total_hits": True,
            "_source": ["key", "title"],
        },
        {
            "ids": ["python"],
            "total": 2,
            "sources": {
                "python": {
                    "key": "MITx+6.00.1x",
                    "title": "Introduction to Computer Science and Programming Using Python",
                }
            },
            "aggregations": {
                "level_type": [["Introductory", 2], ["Advanced", 1]],
                "subjects": [
                    ["Computer Science", 3],
                    ["Data Analysis & Statistics", 2],
                    ["Engineering", 1],
                ],
                "current": 2,
                "distinct": 3,
            },
        },
        confirmed_by=SERVERS,
    ),
    search(
        "a_beginning_of_a_title_or_an_organization",
        {
            "size": 3,
            "query": {
                "bool": {
                    "filter": [{"term": {"published": True}}],
                    "minimum_should_match": 1,
                    "should": [
                        {
                            "match": {
                                "title.edge_ngram_completion": {"query": "mach", "operator": "and"}
                            }
                        },
                        {
                            "match": {
                                "authoring_organizations.edge_ngram_completion": {
                                    "query": "mass",
                                    "operator": "and",
                                }
                            }
                        },
                    ],
                }
            },
        },
        {"id_set": ["machine", "python"]},
        confirmed_by=SERVERS,
    ),
    Case(
        name="positions_lead_through_every_document_once",
        calls=_pages(
            3,
            ["machine", "chinese", "python"],
            ["poetry", "data", "justice"],
            ["robots", "spanish"],
            [],
        ),
        confirmed_by=SERVERS,
    ),
    Case(
        name="positions_lead_through_ties_one_by_one",
        calls=_pages(1, ["machine"], ["chinese"], ["python"], ["poetry"], ["data"], ["justice"]),
        confirmed_by=SERVERS,
    ),
)

CASES: tuple[Case, ...] = (*RANKED, *PAGES)
