"""What a case of the suite is made of.

A name that starts with "@" stands for an index or alias: the runner puts the prefix of the run in
its place, in arguments and bodies, and turns it back in the answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.tests.conformance.catalog import COURSES, Index

ELASTICSEARCH = ("elasticsearch 8.17",)
"""Confirmed on a real Elasticsearch 8.17.0."""

SERVERS = (*ELASTICSEARCH, "opensearch 2.19")
"""Confirmed on a real OpenSearch 2.19.1 too."""

DESIGN = ("design",)
"""A choice of the embedded engine: constructs it refuses although servers know them."""

EVERY_ENGINE = ("elasticsearch", "opensearch", "embedded")
NOT_OPENSEARCH = ("elasticsearch", "embedded")


@dataclass(frozen=True)
class Call:
    """One call of the official client and what must come back.

    `method` is the client's own ("search", "indices.create"); the keys of `expect` are the
    readers of `reading.py`. A call without expectations must merely succeed.
    """

    method: str
    arguments: Mapping[str, Any]
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Calls made in order on fresh indexes; `creates` names indexes that the calls add."""

    name: str
    calls: Sequence[Call]
    confirmed_by: tuple[str, ...]
    indexes: Mapping[str, Index] = field(default_factory=lambda: {"@courses": COURSES})
    creates: tuple[str, ...] = ()
    engines: tuple[str, ...] = EVERY_ENGINE


def search(
    name: str,
    body: Mapping[str, Any],
    expect: Mapping[str, Any],
    *,
    confirmed_by: tuple[str, ...],
    on: Index = COURSES,
    engines: tuple[str, ...] = EVERY_ENGINE,
) -> Case:
    """Return the case of one search on one index."""
    call = Call("search", {"index": "@courses", "body": body}, expect)
    return Case(
        name=name,
        calls=(call,),
        confirmed_by=confirmed_by,
        indexes={"@courses": on},
        engines=engines,
    )


def query(
    name: str,
    query: Mapping[str, Any],
    expect: Mapping[str, Any],
    *,
    confirmed_by: tuple[str, ...],
    on: Index = COURSES,
    engines: tuple[str, ...] = EVERY_ENGINE,
) -> Case:
    """Return the case of one query, all of whose hits fit on a page."""
    body = {"query": query, "size": 50}
    return search(name, body, expect, confirmed_by=confirmed_by, on=on, engines=engines)
