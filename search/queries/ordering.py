"""The order of hits. Whatever is asked for, no two hits share a place."""

from collections.abc import Sequence
from typing import Any

RELEVANCE = "relevance"
UNIQUE = "aggregation_uuid"
# What a server shows for a date that is missing, going up and down.
LATEST, EARLIEST = 2**63 - 1, -(2**63)

BY_KEY = ("start", "aggregation_key")
BY_UUID = ("start", UNIQUE)
DEFAULT_BY_KEY = ("-start", "aggregation_key")
DEFAULT_BY_UUID = ("-start", UNIQUE)
_DATES = frozenset({"start"})

Sort = list[dict[str, dict[str, str]]]


def sort_of(asked: Sequence[Any], allowed: tuple[str, ...], default: Sequence[str]) -> Sort:
    """The sort that `ordering` parameters ask for, one field each; unknown ones do not count.

    Without a known one `default` holds. `relevance` puts the best hits first.
    """
    names = [str(each) for each in asked]
    known = [name for name in names if name == RELEVANCE or name.removeprefix("-") in allowed]
    sort: Sort = []
    for name in dict.fromkeys([*(known or default), UNIQUE]):
        field = "_score" if name == RELEVANCE else name.removeprefix("-")
        down = name == RELEVANCE or name.startswith("-")
        if not any(field in key for key in sort):
            sort.append({field: {"order": "desc" if down else "asc"}})
    return sort


def is_by_score(sort: Sort) -> bool:
    """Whether scores matter."""
    return any("_score" in key for key in sort)


def place_shown(sort: Sort, place: Sequence[Any]) -> list[Any]:
    """A hit's place as clients get it: a missing date is null, for its number is beyond what
    JavaScript can hold."""
    return [None if value in (LATEST, EARLIEST) else value for value in place]


def place_asked(sort: Sort, place: Any) -> list[Any]:
    """A place that a client gives back, as engines take it.

    Raises ValueError if it is no place in this order.
    """
    if not isinstance(place, list) or len(place) != len(sort):
        raise ValueError(f"Must be a JSON list of {len(sort)} values")
    return [_value(key, value) for key, value in zip(sort, place, strict=True)]


def _value(key: dict[str, dict[str, str]], value: Any) -> Any:
    ((field, how),) = key.items()
    if field in _DATES:
        if value is None:
            return EARLIEST if how["order"] == "desc" else LATEST
        if isinstance(value, int) and not isinstance(value, bool) and EARLIEST <= value <= LATEST:
            return value
        raise ValueError(f"The value of {field} must be a number or null")
    if field == "_score":
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        raise ValueError("The value of relevance must be a number")
    if isinstance(value, str):
        return value
    raise ValueError(f"The value of {field} must be a text")
