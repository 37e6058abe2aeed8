"""One line of a catalog feed, checked against the schema of its kind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.operations.translation import default_text

SCHEMA = Path(__file__).parents[1] / "catalog_feed.schema.json"
# What names an object of a kind, where that is not `key`; the first name told is shown.
_NAMES = {
    "subject": ("slug",),
    "level": ("name",),
    "language": ("code",),
    "person": ("slug", "uuid"),
    "program": ("marketing_slug", "uuid"),
    "degree": ("marketing_slug", "uuid"),
    "curriculum": ("program name", "uuid"),
    "pathway": ("uuid",),
}
_DEEPEST = 8
_formats = FormatChecker(formats=())


class BadLine(Refusal):
    """A line that is not as the schema says; the text names the key and the rule, not the value."""

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.key = key


@dataclass(frozen=True)
class FeedLine:
    """A checked line: its number in the document, its kind and key, and all that it tells."""

    number: int
    kind: str
    key: str
    values: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """All that tells the line's object from others: its key, and its uuid where it has one."""
        return _names(self.kind, self.values)


def read_line(number: int, line: bytes) -> FeedLine:
    """The line, its texts stripped of blanks. Raises BadLine."""
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise BadLine("not JSON in UTF-8") from None
    if not isinstance(told, dict):
        raise BadLine("not a JSON object")
    told = _stripped(told, _DEEPEST)
    kind = told.get("kind")
    if not isinstance(kind, str) or kind not in _kinds():
        raise BadLine(f"kind: not one of {', '.join(sorted(_kinds()))}")
    key = next(iter(_names(kind, told)), "")
    try:
        error = min(_kinds()[kind].iter_errors(told), key=_place, default=None)
    except RecursionError:
        raise BadLine("nested too deeply", key) from None
    if error is not None:
        raise BadLine(_reason(error), key)
    if b"\\u0000" in line and _has_nul(told):
        raise BadLine("has a NUL character", key)
    return FeedLine(number, kind, key, told)


def read_moment(text: str) -> datetime:
    """The moment in UTC. Raises ValueError for a text that is no time with a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("out of range") from None


@_formats.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or read_moment(value) is not None


@cache
def _kinds() -> dict[str, Draft202012Validator]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    names = [each["$ref"].rpartition("/")[2] for each in schema["oneOf"]]
    return {
        name: Draft202012Validator(
            {"$defs": schema["$defs"], "$ref": f"#/$defs/{name}"}, format_checker=_formats
        )
        for name in names
    }


def _stripped(value: Any, depth: int) -> Any:
    """The value with its texts stripped, as far down as any line of the schema goes."""
    if isinstance(value, str):
        return value.strip()
    if depth and isinstance(value, dict):
        return {key: _stripped(each, depth - 1) for key, each in value.items()}
    if depth and isinstance(value, list):
        return [_stripped(each, depth - 1) for each in value]
    return value


def _has_nul(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_nul(each) for each in (*value, *value.values()))
    if isinstance(value, list):
        return any(_has_nul(each) for each in value)
    return isinstance(value, str) and "\x00" in value


def _names(kind: str, told: Mapping[str, Any]) -> list[str]:
    """See `FeedLine.names`; whatever is no name is left out."""
    found = (_name(told, keys) for keys in _NAMES.get(kind, ("key",)))
    return [name for name in found if name]


def _name(told: Mapping[str, Any], keys: str) -> str:
    parts = []
    for key in keys.split():
        part = told.get(key)
        if isinstance(part, dict) and part and all(isinstance(x, str) for x in part.values()):
            part = default_text(part)
        parts.append(part if isinstance(part, str) else "")
    return " ".join(parts) if all(parts) else ""


def _place(error: ValidationError) -> tuple[int, str]:
    """Orders errors: what is wrong with the whole line comes before what is wrong inside."""
    return len(error.absolute_path), ".".join(map(str, error.absolute_path))


def _reason(error: ValidationError) -> str:
    """The error in a few words that never repeat the value."""
    path = ".".join(str(part) for part in error.absolute_path)
    words = _words(error)
    return f"{path[:100]}: {words}" if path else words


def _words(error: ValidationError) -> str:
    rule = str(error.validator)
    value: Any = error.instance
    limit: Any = error.validator_value
    if rule == "required":
        return f"{next(key for key in limit if key not in value)} is missing"
    if rule == "anyOf":
        return f"{' or '.join(each['required'][0] for each in limit)} is missing"
    if rule == "additionalProperties":
        schema: Any = error.schema
        known = schema.get("properties", {})
        return f"unknown key {min(key for key in value if key not in known)[:50]!r}"
    if rule == "type":
        return f"is no {' or '.join([limit] if isinstance(limit, str) else limit)}"
    if rule == "enum":
        return f"not one of {', '.join(map(str, limit))}"
    texts = {
        "maxLength": f"longer than {limit} characters",
        "minLength": "may not be empty",
        "maximum": f"more than {limit}",
        "minimum": f"less than {limit}",
        "maxItems": f"more than {limit} items",
        "minItems": "may not be empty",
        "minProperties": "may not be empty",
        "format": "no date and time with a zone",
        "oneOf": "neither a text nor texts by language",
    }
    return texts.get(rule, "has the wrong form")
