"""Which parts of a document an answer shows: `_source`."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from search.engine.embedded.body import Body
from search.engine.embedded.errors import ParsingError


@dataclass(frozen=True)
class SourceFilter:
    """Shows what `includes` name (everything if they name nothing) without what `excludes` do.

    Names are paths, in which a star stands for any text; a path means all that is inside it.
    """

    is_shown: bool = True
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    @property
    def shows_all(self) -> bool:
        """Whether documents are shown as they are."""
        return self.is_shown and not self.includes and not self.excludes

    def apply(self, source: dict[str, Any]) -> dict[str, Any]:
        """Return what is shown of a document."""
        return self._object(source, "", is_included=not self.includes)

    def _object(self, value: dict[str, Any], path: str, *, is_included: bool) -> dict[str, Any]:
        kept = {}
        for name, inner in value.items():
            found = self._value(inner, f"{path}{name}", is_included=is_included)
            if found is not _HIDDEN:
                kept[name] = found
        return kept

    def _value(self, value: Any, path: str, *, is_included: bool) -> Any:
        if any(pattern.fullmatch(path) for pattern in self._excluded):
            return _HIDDEN
        included = is_included or any(pattern.fullmatch(path) for pattern in self._included)
        if isinstance(value, dict):
            kept = self._object(value, f"{path}.", is_included=included)
            return kept if kept or included else _HIDDEN
        if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            items = [self._value(item, path, is_included=included) for item in value]
            shown = [item for item in items if item is not _HIDDEN]
            return shown if shown or included else _HIDDEN
        return value if included else _HIDDEN

    @cached_property
    def _included(self) -> list[re.Pattern[str]]:
        return [_pattern(name) for name in self.includes]

    @cached_property
    def _excluded(self) -> list[re.Pattern[str]]:
        return [_pattern(name) for name in self.excludes]


_HIDDEN: Any = object()
MAX_NAMES = 1000


def parse_source(body: Any) -> SourceFilter:
    """Read `_source`: true, false, a name, names, or `includes` and `excludes`."""
    if isinstance(body, bool):
        return SourceFilter(is_shown=body)
    if isinstance(body, str | list):
        return SourceFilter(includes=_names(body))
    options = Body("_source", body)
    includes = options.take("includes", options.take("include", []))
    excludes = options.take("excludes", options.take("exclude", []))
    options.done()
    return SourceFilter(includes=_names(includes), excludes=_names(excludes))


def _names(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    if len(listed) > MAX_NAMES or not all(isinstance(name, str) for name in listed):
        raise ParsingError(f"[_source] takes up to {MAX_NAMES} names")
    return tuple(listed)


def _pattern(name: str) -> re.Pattern[str]:
    parts = name.split("*")
    if len(parts) > 10:
        raise ParsingError(f"[_source] takes up to nine stars in a name: [{name}]")
    return re.compile(".*".join(map(re.escape, parts)))
