"""The query language of catalogs and of `q`: Lucene's classic grammar, read without any engine."""

from search.engine.query_string.budgets import MAX_BEGINNINGS, MAX_RANGES, MAX_SCANS
from search.engine.query_string.errors import QueryStringError
from search.engine.query_string.nodes import (
    Clause,
    Conjunction,
    Exists,
    Fuzzy,
    Group,
    Modifier,
    Node,
    Phrase,
    Prefix,
    Range,
    Regex,
    Wildcard,
    Words,
    leaves,
)
from search.engine.query_string.parser import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, parse

__all__ = [
    "MAX_BEGINNINGS",
    "MAX_CLAUSES",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_RANGES",
    "MAX_SCANS",
    "Clause",
    "Conjunction",
    "Exists",
    "Fuzzy",
    "Group",
    "Modifier",
    "Node",
    "Phrase",
    "Prefix",
    "QueryStringError",
    "Range",
    "Regex",
    "Wildcard",
    "Words",
    "leaves",
    "parse",
]
