"""The small catalog that most cases ask: eight courses under the mapping of a course index."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Index:
    """An index as a case finds it; `documents` are stored under their keys, in this order."""

    mappings: Mapping[str, Any]
    settings: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)

    def holding(self, documents: Mapping[str, Document]) -> "Index":
        """Return the same index with other documents."""
        return replace(self, documents=documents)


KEYWORD = {"type": "keyword"}
TEXT = {"type": "text"}
DATE = {"type": "date"}
LOWER = {"type": "text", "analyzer": "case_insensitive_keyword"}
HTML_WITH_RAW = {"type": "text", "analyzer": "html_strip", "fields": {"raw": KEYWORD}}

SETTINGS = {
    "number_of_shards": "1",
    "number_of_replicas": "0",
    "blocks": {"read_only_allow_delete": None},
    "max_result_window": "100",
    "analysis": {
        "filter": {
            "edge_ngram_completion_filter": {
                "type": "edge_ngram",
                "min_gram": "2",
                "max_gram": "22",
            }
        },
        "analyzer": {
            "case_insensitive_keyword": {
                "type": "custom",
                "tokenizer": "keyword",
                "filter": ["lowercase"],
            },
            "edge_ngram_completion": {
                "type": "custom",
                "tokenizer": "standard",
                "filter": ["lowercase", "edge_ngram_completion_filter"],
            },
            "html_strip": {
                "type": "custom",
                "tokenizer": "standard",
                "char_filter": ["html_strip"],
                "filter": ["lowercase", "stop", "snowball"],
            },
            "stemmed": {
                "type": "custom",
                "tokenizer": "standard",
                "char_filter": ["html_strip"],
                "filter": ["lowercase", "snowball"],
            },
        },
    },
}

MAPPINGS = {
    "properties": {
        "aggregation_key": KEYWORD,
        "authoring_organizations": {
            "type": "text",
            "fields": {
                "edge_ngram_completion": {"type": "text", "analyzer": "edge_ngram_completion"},
                "lower": LOWER,
                "raw": KEYWORD,
            },
        },
        "course_runs": KEYWORD,
        "course_type": KEYWORD,
        "end": DATE,
        "first_enrollable_paid_seat_price": {"type": "integer"},
        "fixed_price_usd": {"type": "float"},
        "full_description": {"type": "text", "analyzer": "html_strip"},
        "hidden": {"type": "boolean"},
        "key": {"type": "text", "fields": {"raw": KEYWORD}},
        "languages": KEYWORD,
        "level_type": {"type": "text", "fields": {"lower": LOWER, "raw": KEYWORD}},
        "modified": DATE,
        "org": {
            "type": "text",
            "analyzer": "html_strip",
            "fields": {"lower": LOWER, "raw": KEYWORD},
        },
        "organizations": HTML_WITH_RAW,
        "pk": {"type": "integer"},
        "published": {"type": "boolean"},
        "skill_names": KEYWORD,
        "skills": {"type": "nested", "properties": {"description": TEXT, "name": TEXT}},
        "start": DATE,
        "status": KEYWORD,
        "subjects": HTML_WITH_RAW,
        "title": {
            "type": "text",
            "analyzer": "stemmed",
            "fields": {
                "edge_ngram_completion": {"type": "text", "analyzer": "edge_ngram_completion"}
            },
        },
    }
}


def skills(*names: str) -> list[Document]:
    """Return nested skills; each description tells what its own skill is about."""
    about = {"Python": "A language for scripts", "SQL": "A language for tables"}
    return [{"name": name, "description": about.get(name, "A craft")} for name in names]


DOCUMENTS: dict[str, Document] = {
    "python": {
        "pk": 1,
        "key": "MITx+6.00.1x",
        "title": "Introduction to Computer Science and Programming Using Python",
        "full_description": "<p>Learn <em>computational</em> thinking &amp; programming.</p>",
        "org": "MITx",
        "organizations": ["MITx: Massachusetts Institute of Technology"],
        "authoring_organizations": [
            "MITx: Massachusetts Institute of Technology",
            "DelftX: Delft University of Technology",
        ],
        "subjects": ["Computer Science", "Engineering"],
        "languages": ["English"],
        "level_type": "Introductory",
        "course_type": "verified-audit",
        "course_runs": ["course-v1:MITx+6.00.1x+3T2026", "course-v1:MITx+6.00.1x+1T2024"],
        "status": ["published", "unpublished"],
        "start": ["2026-10-11T09:00:00+00:00", "2024-01-20T09:00:00+00:00"],
        "end": ["2027-06-08T09:00:00+00:00", "2024-06-30T09:00:00+00:00"],
        "modified": "2026-11-20T11:39:10.585357+00:00",
        "first_enrollable_paid_seat_price": 49,
        "fixed_price_usd": 49.5,
        "published": True,
        "hidden": False,
        "skill_names": ["Python (Programming Language)", "SQL (Programming Language)"],
        "skills": skills("Python", "SQL"),
        "aggregation_key": "course:MITx+6.00.1x",
    },
    "machine": {
        "pk": 2,
        "key": "MITx+6.86x",
        "title": "Machine Learning with Python: from Linear Models to Deep Learning",
        "full_description": "<p>Programming in Python for machine learning.</p><p>Projects</p>",
        "org": "MITx",
        "organizations": ["MITx: Massachusetts Institute of Technology"],
        "subjects": ["Computer Science", "Data Analysis & Statistics"],
        "languages": ["English", "Spanish"],
        "level_type": "Advanced",
        "course_type": "verified-audit",
        "course_runs": ["course-v1:MITx+6.86x+1T2027"],
        "status": ["published"],
        "start": ["2027-02-01T00:00:00+00:00"],
        "end": ["2027-05-31T23:59:59+00:00"],
        "modified": "2026-11-19T08:00:00+00:00",
        "first_enrollable_paid_seat_price": 300,
        "fixed_price_usd": 300,
        "published": True,
        "hidden": False,
        "skill_names": ["Python (Programming Language)", "Machine Learning"],
        "skills": skills("Python", "Machine Learning"),
        "aggregation_key": "course:MITx+6.86x",
    },
    "justice": {
        "pk": 3,
        "key": "HarvardX+ER22.1x",
        "title": "Justice",
        "full_description": "<p>An introduction to moral and political philosophy.</p>",
        "org": "HarvardX",
        "organizations": ["HarvardX: Harvard University"],
        "subjects": ["Philosophy & Ethics", "Law"],
        "languages": ["English"],
        "level_type": "Introductory",
        "course_type": "audit",
        "course_runs": ["course-v1:HarvardX+ER22.1x+2T2025"],
        "status": ["published"],
        "start": ["2025-03-15T09:00:00+00:00"],
        "end": ["2026-03-15T09:00:00+00:00"],
        "modified": "2026-10-01T00:00:00+00:00",
        "first_enrollable_paid_seat_price": 0,
        "published": True,
        "hidden": False,
        "skill_names": ["Ethics"],
        "skills": skills("Ethics"),
        "aggregation_key": "course:HarvardX+ER22.1x",
    },
    "poetry": {
        "pk": 4,
        "key": "HarvardX+AmPox.3",
        "title": "Poetry in America: Whitman",
        "full_description": "<p>Read the poems of Walt Whitman.</p>",
        "org": "HarvardX",
        "organizations": ["HarvardX: Harvard University"],
        "subjects": ["Literature"],
        "languages": ["English"],
        "level_type": None,
        "course_type": "audit",
        "course_runs": ["course-v1:HarvardX+AmPox.3+1T2026"],
        "status": ["unpublished"],
        "start": ["2026-01-10T09:00:00+00:00"],
        "end": None,
        "modified": "2026-10-01T00:00:00+00:00",
        "published": False,
        "hidden": False,
        "skill_names": [],
        "skills": [],
        "aggregation_key": "course:HarvardX+AmPox.3",
    },
    "data": {
        "pk": 5,
        "key": "HarvardX+PH125.1x",
        "title": "Data Science: R Basics",
        "full_description": "<p>Data wrangling and programming in R.</p>",
        "org": "HarvardX",
        "organizations": ["HarvardX: Harvard University"],
        "subjects": ["Data Analysis & Statistics", "Computer Science"],
        "languages": ["English"],
        "level_type": "Introductory",
        "course_type": "professional",
        "course_runs": ["course-v1:HarvardX+PH125.1x+1T2026"],
        "status": ["published"],
        "start": ["2026-01-10T09:00:00+00:00"],
        "end": ["2026-12-31T23:59:59+00:00"],
        "modified": "2026-11-01T00:00:00+00:00",
        "first_enrollable_paid_seat_price": 149,
        "fixed_price_usd": 149.99,
        "published": True,
        "hidden": False,
        "skill_names": ["SQL (Programming Language)"],
        "skills": skills("SQL"),
        "aggregation_key": "course:HarvardX+PH125.1x",
    },
    "robots": {
        "pk": 6,
        "key": "ETHx+AMRx",
        "title": "Autonomous Mobile Robots",
        "full_description": "<p>Basic concepts and algorithms for locomotion.</p>",
        "org": "ETHx",
        "organizations": ["ETHx: ETH Zurich", "DelftX: Delft University of Technology"],
        "subjects": ["Engineering"],
        "languages": ["English", "German"],
        "level_type": "Advanced",
        "course_type": "verified-audit",
        "course_runs": ["course-v1:ETHx+AMRx+1T2020"],
        "status": ["published"],
        "start": ["2020-02-29T12:00:00+00:00"],
        "end": ["2020-06-01T00:00:00+00:00"],
        "modified": "2020-06-02T00:00:00+00:00",
        "first_enrollable_paid_seat_price": 49,
        "published": True,
        "hidden": True,
        "skill_names": ["Robotics"],
        "skills": skills("Robotics"),
        "aggregation_key": "course:ETHx+AMRx",
    },
    "spanish": {
        "pk": 7,
        "key": "UPValenciaX+BSP101x",
        "title": "Español para todos: introducción",
        "full_description": "<p>Un curso para aprender español.</p>",
        "org": "UPValenciaX",
        "organizations": ["UPValenciaX: Universitat Politècnica de València"],
        "subjects": ["Language"],
        "languages": ["Spanish"],
        "level_type": "Introductory",
        "course_type": "audit",
        "course_runs": [],
        "status": [],
        "start": [],
        "end": [],
        "modified": "2026-11-18T00:00:00+00:00",
        "published": True,
        "hidden": False,
        "aggregation_key": "course:UPValenciaX+BSP101x",
    },
    "chinese": {
        "pk": 8,
        "key": "TsinghuaX+80000901x",
        "title": "中国建筑史 History of Chinese Architecture",
        "full_description": "<p>The buildings of China.</p>",
        "org": "TsinghuaX",
        "organizations": ["TsinghuaX: Tsinghua University"],
        "subjects": ["Architecture", "History"],
        "languages": ["Chinese - Mandarin"],
        "level_type": "Intermediate",
        "course_type": "verified-audit",
        "course_runs": ["course-v1:TsinghuaX+80000901x+3T2026"],
        "status": ["published"],
        "start": ["2026-12-01T00:00:00+00:00"],
        "end": ["2027-03-01T00:00:00+00:00"],
        "modified": "2026-11-18T00:00:00+00:00",
        "first_enrollable_paid_seat_price": 99,
        "fixed_price_usd": 99,
        "published": True,
        "hidden": False,
        "skill_names": ["Architecture"],
        "skills": skills("Architecture"),
        "aggregation_key": "course:TsinghuaX+80000901x",
    },
}

COURSES = Index(MAPPINGS, SETTINGS, DOCUMENTS)
EMPTY = COURSES.holding({})
