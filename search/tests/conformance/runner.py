"""Runs cases: makes their indexes, makes their calls, compares what came back, removes all."""

from collections.abc import Callable, Mapping
from functools import reduce
from itertools import count
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from search.tests.conformance.case import Call, Case
from search.tests.conformance.catalog import Index
from search.tests.conformance.reading import observe

READS = {
    "search",
    "msearch",
    "count",
    "get",
    "mget",
    "exists",
    "explain",
    "indices.validate_query",
}


class Stage:
    """One engine and the indexes that cases run on; every name on it starts with `prefix`.

    Making an index takes a server longer than all else in a case, so cases that only read share
    an index that is equal for all of them until the stage is closed; other cases have their own.
    """

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self.client = client
        self._prefix = prefix
        self._numbers = count()
        self._shared: dict[tuple[tuple[str, int], ...], str] = {}
        self._names: set[str] = set()

    def play(self, case: Case) -> None:
        """Run a case; a failed expectation is an AssertionError."""
        if all(call.method in READS for call in case.calls):
            self._call(case, self._share(case.indexes))
            return
        prefix = self._make(case.indexes)
        made = {_prefixed(name, prefix) for name in (*case.indexes, *case.creates)}
        self._names |= made
        self._call(case, prefix)
        self._remove(made)

    def close(self) -> None:
        """Remove what is left, also after failures."""
        self._remove(set(self._names))
        self.client.close()

    def _call(self, case: Case, prefix: str) -> None:
        for call in case.calls:
            _check(self.client, call, prefix)

    def _share(self, indexes: Mapping[str, Index]) -> str:
        key = tuple((name, id(index)) for name, index in indexes.items())
        if key not in self._shared:
            self._shared[key] = self._make(indexes)
        return self._shared[key]

    def _make(self, indexes: Mapping[str, Index]) -> str:
        prefix = f"{self._prefix}-{next(self._numbers)}-"
        for name, index in indexes.items():
            self._names.add(_prefixed(name, prefix))
            _create(self.client, _prefixed(name, prefix), index)
        return prefix

    def _remove(self, names: set[str]) -> None:
        for name in names:
            self.client.indices.delete(index=name, ignore_unavailable=True)
        self._names -= names


def _create(client: Elasticsearch, name: str, index: Index) -> None:
    client.indices.create(index=name, mappings=index.mappings, settings=index.settings)
    if not index.documents:
        return
    lines: list[Any] = []
    for key, document in index.documents.items():
        lines += [{"index": {"_index": name, "_id": key}}, document]
    answer = client.bulk(operations=lines, refresh=True)
    assert not answer["errors"], answer["items"]


def _check(client: Elasticsearch, call: Call, prefix: str) -> None:
    method: Any = reduce(getattr, call.method.split("."), client)
    try:
        body = method(**_rename(call.arguments, lambda text: _prefixed(text, prefix))).body
        answer = body if isinstance(body, dict) else {"is": body}
    except ApiError as error:
        if not call.expect:
            raise
        answer = {"status": error.status_code, **error.body}
    answer = _rename(answer, lambda text: text.replace(prefix, "@"))
    assert observe(answer, call.expect) == dict(call.expect)


def _prefixed(text: str, prefix: str) -> str:
    return prefix + text[1:] if text.startswith("@") else text


def _rename(value: Any, change: Callable[[str], str]) -> Any:
    """Apply `change` to every string and key of a JSON value."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {_rename(key, change): _rename(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rename(item, change) for item in value]
    return value
