"""The pieces of cases that write documents: lines of a bulk, the call, and what it answers."""

from typing import Any

from search.tests.conformance.case import SERVERS, Call, Case
from search.tests.conformance.catalog import EMPTY, Index

CREATED = ["index", "a", 201, "created"]
UPDATED = ["index", "a", 200, "updated"]
CONFLICT = ["index", "a", 409, "version_conflict_engine_exception"]


def index_line(key: str, source: dict[str, Any], **options: Any) -> list[Any]:
    return [{"index": {"_index": "@courses", "_id": key, **options}}, source]


def versioned_line(key: str, version: int, kind: str = "external") -> list[Any]:
    return index_line(key, {"pk": version % 1000}, version=version, version_type=kind)


def delete_line(key: str, **options: Any) -> list[Any]:
    return [{"delete": {"_index": "@courses", "_id": key, **options}}]


def bulk(lines: list[Any], items: list[Any]) -> Call:
    """Return the call of a bulk; `errors` must tell whether any line failed."""
    failed = any(status >= 400 and result != "not_found" for _, _, status, result in items)
    expect = {"items": items, "at": {"errors": failed}}
    return Call("bulk", {"operations": lines, "refresh": True}, expect)


def stored(key: str, **expect: Any) -> Call:
    return Call("get", {"index": "@courses", "id": key}, {"at": {"found": True, **expect}})


def writing(name: str, *calls: Call, on: Index = EMPTY) -> Case:
    return Case(name=name, calls=calls, confirmed_by=SERVERS, indexes={"@courses": on})
