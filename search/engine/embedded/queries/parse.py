"""Reads a query from its JSON form."""

import math
from collections.abc import Callable
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError, RequestError
from search.engine.embedded.queries.base import Everything, Nothing, Query
from search.engine.embedded.queries.compound import Bool, ConstantScore, DisMax, Nested
from search.engine.embedded.queries.full_text import (
    parse_match,
    parse_match_phrase,
    parse_multi_match,
)
from search.engine.embedded.queries.function_score import (
    BOOST_MODES,
    SCORE_MODES,
    Function,
    FunctionScore,
    parse_function,
)
from search.engine.embedded.queries.minimum import minimum_of
from search.engine.embedded.queries.query_string import parse_query_string
from search.engine.embedded.queries.term_level import (
    parse_exists,
    parse_fuzzy,
    parse_ids,
    parse_prefix,
    parse_range,
    parse_regexp,
    parse_term,
    parse_terms,
    parse_wildcard,
)

OBJECT_PARSER = "x_content_parse_exception"
MAX_DEPTH = 30
"""So deep queries may contain each other, as Elasticsearch allows for bool."""

_LEAVES: dict[str, Callable[[Any], Query]] = {
    "term": parse_term,
    "terms": parse_terms,
    "range": parse_range,
    "exists": parse_exists,
    "ids": parse_ids,
    "prefix": parse_prefix,
    "wildcard": parse_wildcard,
    "regexp": parse_regexp,
    "fuzzy": parse_fuzzy,
    "match": parse_match,
    "match_phrase": parse_match_phrase,
    "multi_match": parse_multi_match,
    "query_string": parse_query_string,
}


def parse_query(body: Any, depth: int = 1) -> Query:
    """Return the query of a JSON object with one key; raises ParsingError if it is not known."""
    if depth > MAX_DEPTH:
        raise RequestError(f"The nested depth of the query exceeds the maximum of [{MAX_DEPTH}]")
    if not isinstance(body, dict):
        raise ParsingError("[_na] query malformed, must start with start_object")
    if not body:
        raise RequestError("query malformed, empty clause found")
    if len(body) > 1:
        names = ", ".join(sorted(body))
        raise ParsingError(f"a query must have one name but has [{names}]")
    ((name, inner),) = body.items()
    if name in _LEAVES:
        return _LEAVES[name](inner)
    if name in _COMPOUND:
        return _COMPOUND[name](inner, depth)
    raise ParsingError(f"unknown query [{name}]")


def _match_all(body: Any, depth: int) -> Query:
    options = Body("match_all", body)
    query = Everything(boost=options.boost())
    options.done()
    return query


def _match_none(body: Any, depth: int) -> Query:
    Body("match_none", body).done()
    return Nothing()


def _bool(body: Any, depth: int) -> Query:
    options = Body("bool", body, OBJECT_PARSER)
    clauses = {
        name: tuple(parse_query(item, depth + 1) for item in options.listed(name, []))
        for name in ("must", "filter", "should", "must_not")
    }
    should = clauses["should"]
    minimum = options.take("minimum_should_match", None)
    needed = 0 if minimum is None else minimum_of(minimum, len(should))
    if not clauses["must"] and not clauses["filter"]:
        needed = max(needed, 1) if should else 0
    query = Bool(
        must=clauses["must"],
        filter=clauses["filter"],
        should=clauses["should"],
        must_not=clauses["must_not"],
        minimum=needed,
        boost=options.boost(),
    )
    options.done()
    return query if any(clauses.values()) else Everything(boost=query.boost)


def _dis_max(body: Any, depth: int) -> Query:
    options = Body("dis_max", body)
    queries = tuple(parse_query(item, depth + 1) for item in options.listed("queries"))
    if not queries:
        raise ParsingError("[dis_max] requires 'queries' field with at least one clause")
    query = DisMax(
        queries=queries, tie_breaker=options.number("tie_breaker", 0.0), boost=options.boost()
    )
    options.done()
    return query


def _constant_score(body: Any, depth: int) -> Query:
    options = Body("constant_score", body)
    query = ConstantScore(
        filter=parse_query(options.take("filter"), depth + 1), boost=options.boost()
    )
    options.done()
    return query


def _nested(body: Any, depth: int) -> Query:
    options = Body("nested", body)
    query = Nested(
        path=options.text("path"),
        query=parse_query(options.take("query"), depth + 1),
        mode=options.choice("score_mode", ("avg", "sum", "max", "min", "none"), "avg"),
        ignores_unmapped=options.flag("ignore_unmapped", False),
        boost=options.boost(),
    )
    options.done()
    return query


def _function_score(body: Any, depth: int) -> Query:
    options = Body("function_score", body)
    inner = options.take("query", {"match_all": {}})
    query = FunctionScore(
        query=parse_query(inner, depth + 1),
        functions=_functions(options, depth),
        score_mode=options.choice("score_mode", SCORE_MODES, "multiply"),
        boost_mode=options.choice("boost_mode", BOOST_MODES, "multiply"),
        max_boost=options.number("max_boost") if "max_boost" in options else math.inf,
        min_score=options.number("min_score") if "min_score" in options else None,
        boost=options.boost(),
    )
    options.done()
    return query


def _functions(options: Body, depth: int) -> tuple[Function, ...]:
    single = {name: options.take(name) for name in ("weight", "gauss") if name in options}
    listed = options.listed("functions", [])
    if single and listed:
        raise ParsingError("[function_score] takes either [functions] or one function")
    functions = []
    for body in [single] if single else listed:
        if not isinstance(body, dict):
            raise ParsingError("[functions] of [function_score] must be objects")
        rest = dict(body)
        condition = rest.pop("filter", None)
        query = None if condition is None else parse_query(condition, depth + 1)
        functions.append(parse_function(rest, query))
    return tuple(functions)


_COMPOUND: dict[str, Callable[[Any, int], Query]] = {
    "match_all": _match_all,
    "match_none": _match_none,
    "bool": _bool,
    "dis_max": _dis_max,
    "constant_score": _constant_score,
    "nested": _nested,
    "function_score": _function_score,
}
