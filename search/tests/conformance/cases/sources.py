"""What of a stored document an answer shows."""

from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case, search
from search.tests.conformance.catalog import COURSES


def _shown(name: str, source: Any, shown: Any) -> Case:
    body = {"query": {"ids": {"values": ["justice"]}}, "_source": source}
    return search(name, body, {"sources": {"justice": shown}}, confirmed_by=SERVERS)


CASES: tuple[Case, ...] = (
    _shown("nothing_of_the_source", False, None),
    _shown("one_field", "org", {"org": "HarvardX"}),
    _shown("several_fields", ["org", "pk", "nowhere"], {"org": "HarvardX", "pk": 3}),
    _shown("fields_inside_objects", ["skills.name"], {"skills": [{"name": "Ethics"}]}),
    _shown(
        "fields_by_pattern",
        ["*_run*", "p*"],
        {"course_runs": ["course-v1:HarvardX+ER22.1x+2T2025"], "pk": 3, "published": True},
    ),
    _shown(
        "a_whole_object_by_its_name",
        ["skills"],
        {"skills": [{"name": "Ethics", "description": "A craft"}]},
    ),
    _shown(
        "excluded_fields",
        {"includes": ["p*", "org"], "excludes": ["pk"]},
        {"published": True, "org": "HarvardX"},
    ),
    _shown(
        "only_exclusions",
        {"excludes": ["a*", "c*", "f*", "k*", "l*", "m*", "o*", "s*", "e*", "t*", "p*"]},
        {"hidden": False},
    ),
    Case(
        name="the_source_is_what_was_stored",
        confirmed_by=SERVERS,
        calls=[
            Call(
                "get",
                {"index": "@courses", "id": "spanish"},
                {"at": {"_source": dict(COURSES.documents["spanish"]), "found": True}},
            )
        ],
    ),
)
