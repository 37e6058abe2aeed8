"""How values are taken from what readers see."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import orjson

from search.documents.base import Body, Rendered

_RUN_KEY = re.compile(r"course-v\d+:")


def distinct(values: Iterable[Any]) -> list[Any]:
    """The values that there are, once each, in order."""
    return sorted({value for value in values if value not in (None, "")})


def organization_of(key: str) -> str:
    """The organization that a course key (`ORG+NUMBER`) or a run key of either form starts with."""
    return _parts(key)[0]


def number_of(key: str) -> str:
    """The course number in such a key, "" without one."""
    return [*_parts(key), ""][1]


def _parts(key: str) -> list[str]:
    return re.split(r"[+/]", _RUN_KEY.sub("", key, count=1))


def named(organizations: Iterable[Rendered]) -> list[str]:
    """Organizations as documents name them: `KEY: Name`."""
    return [f"{each['key']}: {each['name']}" for each in organizations]


def organization_bodies(organizations: Iterable[Rendered]) -> list[str]:
    """Organizations as JSON texts, which documents keep beside their names."""
    return [orjson.dumps(each).decode() for each in organizations]


def person_name(person: Rendered) -> str:
    """The name of a rendered person; the salutation stands before a family name only."""
    parts = [person["given_name"], person["family_name"]]
    if person["salutation"] and person["family_name"]:
        parts.insert(0, person["salutation"])
    return " ".join(part for part in parts if part)


def skills(rendered: Rendered) -> list[dict[str, Any]]:
    """The skills of a rendered thing, each with the four keys that clients know."""
    keys = ("name", "description", "category", "subcategory")
    return [{key: skill.get(key) for key in keys} for skill in rendered["skills"]]


def joined(values: Iterable[str | None]) -> str:
    """One text out of several, a line each; what is empty is left out."""
    return "\n".join(value for value in values if value)


def fingerprint(body: Body) -> str:
    """A digest that two documents share only if they are equal."""
    return blake2b(orjson.dumps(body, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
