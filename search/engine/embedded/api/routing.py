"""Finds who answers a request, and refuses what nobody does."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import ParsingError, RequestError

COMMON_PARAMETERS = frozenset({"pretty", "human", "error_trace"})
TIMEOUTS = frozenset({"timeout", "master_timeout", "wait_for_active_shards"})
INDEX_OPTIONS = frozenset({"ignore_unavailable", "allow_no_indices", "expand_wildcards"})


@dataclass(frozen=True)
class Request:
    """A request whose path has been taken apart; `parts` are the names in it."""

    method: str
    parts: dict[str, str]
    parameters: dict[str, str]
    body: bytes = b""

    @property
    def index(self) -> str:
        """The indexes that the path names; all, if it names none."""
        return self.parts.get("index", "_all")

    def json(self, default: Any = None) -> Any:
        """Return the body; raises ParsingError if it is no JSON."""
        if not self.body.strip():
            return {} if default is None else default
        return load_json(self.body)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a parameter that is true or false; without a value it is true."""
        value = self.parameters.get(name)
        if value is None:
            return default
        if value not in ("", "true", "false"):
            raise RequestError(f"Failed to parse value [{value}] as boolean for [{name}]")
        return value != "false"

    def index_options(self) -> dict[str, bool]:
        """Return how names that mean no index are taken."""
        if self.parameters.get("expand_wildcards", "open") not in ("open", "all"):
            raise RequestError("[expand_wildcards] supports only [open] and [all]")
        return {
            "ignore_unavailable": self.flag("ignore_unavailable", default=False),
            "allow_no_indices": self.flag("allow_no_indices", default=True),
        }


@dataclass(frozen=True)
class Response:
    """An answer; `body` is JSON, or text if it is a str."""

    body: Any = field(default_factory=dict)
    status: int = 200


Handler = Callable[[Engine, Request], Response]


@dataclass(frozen=True)
class Route:
    """Requests with one of the methods and a path such as `/{index}/_doc/{id}`."""

    methods: tuple[str, ...]
    path: str
    handler: Handler
    parameters: frozenset[str] = frozenset()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The paths that it answers; the name of an index never starts with an underscore."""
        text = re.escape(self.path).replace(r"\{", "{").replace(r"\}", "}")
        text = text.replace("{index}", "(?P<index>(?!_)[^/]+)")
        return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", text) + "/?")


class Router:
    """Knows all routes."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = [(route, route.pattern) for route in routes]

    def answer(self, engine: Engine, method: str, target: str, body: bytes) -> Response:
        """Return the answer to a request; raises RequestError for one that is not supported."""
        url = urlsplit(target)
        parameters = dict(parse_qsl(url.query, keep_blank_values=True))
        for route, pattern in self._routes:
            found = pattern.fullmatch(url.path)
            if found is None or method not in route.methods:
                continue
            if unknown := parameters.keys() - route.parameters - COMMON_PARAMETERS:
                names = ", ".join(sorted(unknown))
                raise RequestError(
                    f"request [{url.path}] contains unrecognized parameters: [{names}]"
                )
            parts = {name: unquote(value) for name, value in found.groupdict().items()}
            return route.handler(engine, Request(method, parts, parameters, body))
        raise RequestError(f"no handler found for uri [{url.path}] and method [{method}]")


def load_json(data: bytes) -> Any:
    """Return JSON; raises ParsingError if it is none."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ParsingError(str(error), "x_content_parse_exception") from None
