"""Reads JSON objects key by key, so that no key is ever passed over in silence."""

import math
import re
from typing import Any

from search.engine.embedded.errors import ParsingError, RequestError

_MISSING: Any = object()


class Body:
    """An object of a request; every key must be taken before `done` is called.

    All methods raise RequestError, which names `where`, for what is missing or of a wrong type;
    `kind` is the type of the error for keys that are not known.
    """

    def __init__(self, where: str, value: Any, kind: str = "parsing_exception") -> None:
        if not isinstance(value, dict):
            raise ParsingError(f"[{where}] must be an object but is [{_shown(value)}]")
        self._where = where
        self._kind = kind
        self._rest = dict(value)

    def __contains__(self, name: str) -> bool:
        return name in self._rest

    def take(self, name: str, default: Any = _MISSING) -> Any:
        """Return the value of a key, of any type."""
        value = self._rest.pop(name, default)
        if value is _MISSING:
            raise ParsingError(f"[{self._where}] requires [{name}]")
        return value

    def text(self, name: str, default: Any = _MISSING) -> str:
        """Return a text."""
        value = self.take(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, value, "a text")
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of some words, in lower case."""
        value = self.text(name, default).lower()
        if value not in choices:
            raise self._wrong(name, value, "one of " + ", ".join(choices), RequestError.kind)
        return value

    def number(self, name: str, default: Any = _MISSING) -> float:
        """Return a number that is not negative."""
        value = self.take(name, default)
        try:
            number = float(value) if not isinstance(value, bool) else math.nan
        except (TypeError, ValueError):
            raise self._wrong(name, value, "a number", "number_format_exception") from None
        if not math.isfinite(number) or number < 0:
            raise self._wrong(name, value, "a number that is not negative", RequestError.kind)
        return number

    def integer(self, name: str, default: Any = _MISSING) -> int:
        """Return a whole number that is not negative."""
        value = self.take(name, default)
        if isinstance(value, str):
            if not re.fullmatch(r"-?[0-9]{1,9}", value):
                raise self._wrong(name, value, "a whole number", "number_format_exception")
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(name, value, "a whole number")
        if value < 0:
            raise self._wrong(name, value, "a number that is not negative", RequestError.kind)
        return value

    def flag(self, name: str, default: Any = _MISSING) -> bool:
        """Return true or false, which may be written as text."""
        value = self.take(name, default)
        if isinstance(value, str) and value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            raise self._wrong(name, value, "true or false")
        return value

    def listed(self, name: str, default: Any = _MISSING) -> list[Any]:
        """Return a list; a value that is none stands for a list of itself."""
        value = self.take(name, default)
        return value if isinstance(value, list) else [value]

    def boost(self) -> float:
        """Return the boost, 1 if there is none."""
        return self.number("boost", 1.0)

    def only_key(self) -> str:
        """Return the one key that the object has."""
        if len(self._rest) != 1:
            raise ParsingError(f"[{self._where}] must have one key but has {sorted(self._rest)}")
        return str(next(iter(self._rest)))

    def names(self) -> list[str]:
        """Return the keys that have not been taken."""
        return list(self._rest)

    def done(self) -> None:
        """Refuse what was not taken."""
        if self._rest:
            names = ", ".join(sorted(self._rest))
            raise ParsingError(f"[{self._where}] does not support [{names}]", self._kind)

    def _wrong(self, name: str, value: Any, wanted: str, kind: str | None = None) -> ParsingError:
        reason = f"[{name}] of [{self._where}] must be {wanted}: [{_shown(value)}]"
        return ParsingError(reason, kind)


def _shown(value: Any) -> str:
    return str(value)[:100]
