"""Checks and merges mappings in the form in which they are sent and shown."""

from collections.abc import Mapping as JsonObject
from copy import deepcopy
from typing import Any

from search.engine.embedded.errors import MappingError, RequestError
from search.engine.embedded.mapping.fields import TYPES

Definition = dict[str, Any]

MAX_FIELDS = 1000
"""So many fields and objects an index may have, as Elasticsearch allows."""
MAX_DEPTH = 20

_OBJECT = {"type", "properties", "dynamic"}
_PARAMETERS: dict[str, set[str]] = {
    "keyword": {"ignore_above"},
    "text": {"analyzer", "search_analyzer"},
    "date": {"format"},
    "completion": {
        "analyzer",
        "search_analyzer",
        "preserve_separators",
        "preserve_position_increments",
        "max_input_length",
    },
}
_DATE_FORMATS = {
    "strict_date_optional_time||epoch_millis",
    "strict_date_optional_time",
    "date_optional_time",
}
_DYNAMIC = {True: "true", False: "false", "true": "true", "false": "false", "strict": "strict"}


def check_mapping(definition: Any) -> Definition:
    """Return a mapping as it is kept; raises MappingError for what is not supported."""
    if not isinstance(definition, dict):
        raise MappingError("A mapping must be an object")
    if unknown := definition.keys() - (_OBJECT - {"type"}):
        raise MappingError(f"Root mapping definition has unsupported parameters: {sorted(unknown)}")
    return _object("_doc", definition, 1)


def merge_mappings(old: Definition, new: Definition) -> Definition:
    """Return the old mapping with the fields that the new one adds.

    Raises RequestError when the new one changes what is there.
    """
    merged = deepcopy(old)
    _merge("", merged, new)
    return merged


def shown_mapping(definition: Definition) -> Definition:
    """Return a mapping as it is shown: an object without fields names its type."""
    shown = dict(definition)
    if "properties" in shown:
        inner = {name: shown_mapping(found) for name, found in shown["properties"].items()}
        if inner:
            shown["properties"] = inner
        else:
            del shown["properties"]
            shown.setdefault("type", "object")
    return shown


def _object(path: str, definition: Definition, depth: int) -> Definition:
    if depth > MAX_DEPTH:
        raise MappingError(f"Limit of mapping depth [{MAX_DEPTH}] has been exceeded")
    checked: Definition = {}
    if "type" in definition:
        checked["type"] = definition["type"]
    if "dynamic" in definition:
        dynamic = definition["dynamic"]
        if not isinstance(dynamic, str | bool) or dynamic not in _DYNAMIC:
            raise MappingError(f"dynamic [{dynamic}] of [{path}] is not supported")
        checked["dynamic"] = _DYNAMIC[dynamic]
    properties = definition.get("properties", {})
    if not isinstance(properties, dict):
        raise MappingError(f"Expected map for property [properties] on [{path}]")
    if properties:
        checked["properties"] = {
            name: _field(name, properties[name], depth) for name in sorted(properties)
        }
    return checked


def _field(name: str, definition: Any, depth: int) -> Definition:
    if not isinstance(definition, dict):
        raise MappingError(f"Expected map for property [{name}]")
    if not name or name.startswith(".") or name.endswith(".") or ".." in name:
        raise MappingError(f"A field may not be named [{name}]")
    if "." in name:
        first, _, rest = name.partition(".")
        return _field(first, {"properties": {rest: definition}}, depth)
    kind = definition.get("type", "object" if "properties" in definition else None)
    if not isinstance(kind, str):
        raise MappingError(f"No type specified for field [{name}]")
    if kind in ("object", "nested"):
        _only(name, kind, definition, _OBJECT)
        checked = _object(name, definition, depth + 1)
        if kind == "object":
            checked.pop("type", None)
            checked.setdefault("properties", {})
        return checked
    return _leaf(name, kind, definition)


def _leaf(name: str, kind: str, definition: Definition) -> Definition:
    if kind not in TYPES:
        raise MappingError(f"No handler for type [{kind}] declared on field [{name}]")
    _only(name, kind, definition, _PARAMETERS.get(kind, set()) | {"type", "fields"})
    checked = dict(definition)
    for parameter, value in checked.items():
        if parameter != "fields" and not isinstance(value, str | int | bool):
            raise MappingError(f"[{parameter}] of [{name}] must be one value: [{value}]")
    if checked.get("format", "strict_date_optional_time") not in _DATE_FORMATS:
        raise MappingError(f"Date format [{checked['format']}] of [{name}] is not supported")
    ignore_above = checked.get("ignore_above", 1)
    if isinstance(ignore_above, bool) or not isinstance(ignore_above, int) or ignore_above < 1:
        raise MappingError(f"[ignore_above] of [{name}] must be a positive number")
    subfields = checked.pop("fields", {})
    if not isinstance(subfields, dict):
        raise MappingError(f"Expected map for property [fields] on field [{name}]")
    if subfields:
        checked["fields"] = {key: _subfield(key, subfields[key]) for key in sorted(subfields)}
    return checked


def _subfield(name: str, definition: Any) -> Definition:
    if not isinstance(definition, dict) or "fields" in definition or "." in name or not name:
        raise MappingError(f"A subfield cannot be defined so: [{name}]")
    return _leaf(name, str(definition.get("type")), definition)


def _only(name: str, kind: str, definition: JsonObject[str, Any], known: set[str]) -> None:
    if unknown := definition.keys() - known:
        raise MappingError(
            f"unknown parameter [{min(unknown)}] on mapper [{name}] of type [{kind}]"
        )


def _merge(path: str, old: Definition, new: Definition) -> None:
    if "dynamic" in new:
        old["dynamic"] = new["dynamic"]
    for group in ("properties", "fields"):
        for name, definition in new.get(group, {}).items():
            full = f"{path}.{name}" if path else name
            known = old.setdefault(group, {})
            if name not in known:
                known[name] = deepcopy(definition)
                continue
            _same_kind(full, known[name], definition)
            _merge(full, known[name], definition)


def _same_kind(path: str, old: Definition, new: Definition) -> None:
    before, after = old.get("type", "object"), new.get("type", "object")
    if before != after:
        raise RequestError(f"mapper [{path}] cannot be changed from type [{before}] to [{after}]")
    inner = {"properties", "fields", "dynamic", "type"}
    for name in sorted((old.keys() | new.keys()) - inner):
        if old.get(name) != new.get(name):
            raise RequestError(
                f"Mapper for [{path}] conflicts with existing mapper: Cannot update parameter"
                f" [{name}] from [{old.get(name)}] to [{new.get(name)}]"
            )
