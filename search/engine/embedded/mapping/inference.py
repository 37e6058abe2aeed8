"""Guesses the mapping of a field from the first value that a document gives it."""

from typing import Any

from search.engine.embedded.mapping.dates import is_iso_date
from search.engine.embedded.mapping.definition import MAX_DEPTH, Definition

_MAX_KEYWORD = 256


def infer_definition(value: Any, depth: int = 1) -> Definition | None:
    """Return a mapping that fits a JSON value; None when it tells nothing (a null, no items)."""
    if isinstance(value, list):
        found = (infer_definition(item, depth) for item in value)
        return next((definition for definition in found if definition is not None), None)
    if isinstance(value, dict):
        return _object(value, depth)
    if isinstance(value, bool):
        return {"type": "boolean"}
    if isinstance(value, int):
        return {"type": "long"}
    if isinstance(value, float):
        return {"type": "float"}
    if isinstance(value, str):
        if is_iso_date(value):
            return {"type": "date"}
        keyword = {"type": "keyword", "ignore_above": _MAX_KEYWORD}
        return {"type": "text", "fields": {"keyword": keyword}}
    return None


def _object(value: dict[str, Any], depth: int) -> Definition:
    definition: Definition = {"properties": {}}
    if depth <= MAX_DEPTH:
        for name, item in value.items():
            inner = infer_definition(item, depth + 1)
            if inner is not None:
                definition["properties"][name] = inner
    return definition
