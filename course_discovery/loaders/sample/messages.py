"""A request as the endpoints see it, and what they answer."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

MAX_FIELDS = 100


class BadRequest(Exception):
    """The request cannot be read; the message may be shown."""


@dataclass(frozen=True)
class Request:
    """One request; `path` is percent-decoded, header names are lower case."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""

    def parameter(self, name: str) -> str | None:
        """The last value of a query parameter, None when it is missing."""
        return self.query[name][-1] if name in self.query else None

    def form(self) -> Mapping[str, str]:
        """The last value of each field of an urlencoded body, {} for any other body."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            return {}
        fields = read_fields(self.body.decode("utf-8", "replace"))
        return {name: values[-1] for name, values in fields.items()}


@dataclass(frozen=True)
class Answer:
    """One answer; a body that is no bytes is streamed piece by piece."""

    status: int
    body: bytes | Iterable[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def read_fields(text: str) -> dict[str, list[str]]:
    """The fields of a query string or form. Raises BadRequest when there are too many."""
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise BadRequest("Too many parameters.") from None


def json_answer(status: int, value: Any, headers: Mapping[str, str] | None = None) -> Answer:
    """`value` as JSON in UTF-8."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Answer(status, body, {"Content-Type": "application/json", **(headers or {})})


def detail(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An error of most of the platform's services."""
    return json_answer(status, {"detail": text}, headers)


def developer_message(status: int, text: str) -> Answer:
    """An error of the course list, which has a form of its own."""
    return json_answer(status, {"developer_message": text})


def instant(moment: datetime | None) -> str | None:
    """An instant (in UTC) as the platform writes it, in whole seconds."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
