"""What the embedded engine refuses although servers answer it: an error, never a wrong answer."""

from typing import Any

from search.tests.conformance.case import DESIGN, Call, Case, query, search

REFUSED = {"at": {"status": 400}}
ONLY = ("embedded",)


def _text(name: str, text: str) -> Case:
    body = {"query_string": {"query": text, "default_field": "title"}}
    return query(name, body, REFUSED, confirmed_by=DESIGN, engines=ONLY)


def _query(name: str, body: dict[str, Any]) -> Case:
    return query(name, body, REFUSED, confirmed_by=DESIGN, engines=ONLY)


def _search(name: str, body: dict[str, Any]) -> Case:
    return search(name, body, REFUSED, confirmed_by=DESIGN, engines=ONLY)


def _index(name: str, **arguments: Any) -> Case:
    return Case(
        name=name,
        calls=[Call("indices.create", {"index": "@made", **arguments}, REFUSED)],
        confirmed_by=DESIGN,
        indexes={},
        creates=("@made",),
        engines=ONLY,
    )


CASES: tuple[Case, ...] = (
    _text("a_very_long_query", "python OR " * 5_000 + "python"),
    _text("a_very_deep_query", "(" * 500 + "python" + ")" * 500),
    _text("many_scans", "*a *b *c *d *e *f *g *h *i *j *k"),
    _text("a_regular_expression_with_many_states", "/(a|b)*a(a|b){10}/"),
    _text("a_regular_expression_with_a_number", "/<1-9>/"),
    _query("a_script", {"script": {"script": "true"}}),
    _query("a_fuzzy_match", {"match": {"title": {"query": "pyhton", "fuzziness": "AUTO"}}}),
    _query("more_like_this", {"more_like_this": {"fields": ["title"], "like": "python"}}),
    _search("script_fields", {"script_fields": {"x": {"script": "1"}}}),
    _search("suggestions", {"suggest": {"x": {"text": "pyhton", "term": {"field": "title"}}}}),
    _search("rescoring", {"rescore": {"query": {"rescore_query": {"match_all": {}}}}}),
    _search("collapsing", {"collapse": {"field": "org.raw"}}),
    _search("runtime_fields", {"runtime_mappings": {"x": {"type": "long"}}}),
    _search("a_sort_by_script", {"sort": [{"_script": {"type": "number", "script": "1"}}]}),
    _search(
        "a_date_histogram",
        {"aggs": {"x": {"date_histogram": {"field": "start", "calendar_interval": "year"}}}},
    ),
    _search("top_hits", {"aggs": {"x": {"top_hits": {}}}}),
    _index(
        "a_type_of_field_outside_the_subset", mappings={"properties": {"at": {"type": "geo_point"}}}
    ),
    _index(
        "a_filter_outside_the_subset",
        settings={"analysis": {"filter": {"own": {"type": "phonetic", "encoder": "soundex"}}}},
    ),
)
