"""How an answer is reduced to what every engine must agree on.

Each reader takes the answer (and the value that a case expects, where it says what to look at) and
returns plain data that is compared with that value.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Reader = Callable[[Any, Any], Any]
MARKED = re.compile(r"<em>(.*?)</em>")


def observe(answer: Any, expect: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the readers that `expect` names find in an answer, or the error met instead."""
    if "error" in answer and not expect.keys() & {"error", "at"}:
        return {"error": answer["error"]}
    return {name: READERS[name](answer, wanted) for name, wanted in expect.items()}


def _ids(answer: Any, _: Any) -> list[str]:
    return [hit["_id"] for hit in answer["hits"]["hits"]]


def _id_set(answer: Any, wanted: Any) -> list[str]:
    """The same hits in any order come back as the case lists them."""
    found = _ids(answer, None)
    return list(wanted) if sorted(found) == sorted(wanted) else sorted(found)


def _sources(answer: Any, _: Any) -> dict[str, Any]:
    return {hit["_id"]: hit.get("_source") for hit in answer["hits"]["hits"]}


def _total(answer: Any, _: Any) -> int:
    total = answer["hits"]["total"]
    return int(total["value"])


def _sort(answer: Any, _: Any) -> list[Any]:
    return [hit["sort"] for hit in answer["hits"]["hits"]]


def _scores(answer: Any, _: Any) -> dict[str, float]:
    return {hit["_id"]: round(hit["_score"], 3) for hit in answer["hits"]["hits"]}


def _aggregations(answer: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _aggregation(answer["aggregations"][name]) for name in wanted}


def _aggregation(found: Any) -> Any:
    """A list of [key, count] for terms, {name: count} for filters, else a number."""
    buckets = found.get("buckets")
    if isinstance(buckets, list):
        return [_bucket(bucket) for bucket in buckets]
    if isinstance(buckets, dict):
        return {name: bucket["doc_count"] for name, bucket in buckets.items()}
    if "value" in found:
        return found["value"]
    inner = {name: _aggregation(value) for name, value in found.items() if isinstance(value, dict)}
    return [found["doc_count"], inner] if inner else found["doc_count"]


def _bucket(bucket: Mapping[str, Any]) -> list[Any]:
    inner = {name: _aggregation(value) for name, value in bucket.items() if isinstance(value, dict)}
    return [bucket["key"], bucket["doc_count"], *([inner] if inner else [])]


def _items(answer: Any, _: Any) -> list[list[Any]]:
    """One [action, id, status, result or error type] for each line of a bulk."""
    return [
        [action, item["_id"], item["status"], _result(item)]
        for line in answer["items"]
        for action, item in line.items()
    ]


def _result(item: Mapping[str, Any]) -> str:
    """OpenSearch and Elasticsearch 7 give the error of a bad document the name of a bad mapping."""
    result = str(item["error"]["type"] if "error" in item else item["result"])
    return result.replace("mapper_parsing_exception", "document_parsing_exception")


def _responses(answer: Any, wanted: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each answer of a multi search, read as its own expectation says."""
    found = answer["responses"]
    pairs = zip(found, wanted, strict=False)
    return [observe(one, expect) for one, expect in pairs] + [{}] * (len(found) - len(wanted))


def _at(answer: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The values at dotted paths; "(absent)" where there is none."""
    return {path: _follow(answer, path.split(".")) for path in wanted}


def _follow(value: Any, path: list[str]) -> Any:
    for step in path:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return "(absent)"
    return value


def _highlighted(answer: Any, _: Any) -> dict[str, dict[str, list[str]]]:
    """The marked words of each hit and field; how the text is cut around them is free."""
    return {
        hit["_id"]: {
            name: sorted({word for text in texts for word in MARKED.findall(text)})
            for name, texts in hit.get("highlight", {}).items()
        }
        for hit in answer["hits"]["hits"]
    }


def _error(answer: Any, _: Any) -> list[Any]:
    """The status and the type of the first cause: a failed search wraps what went wrong."""
    error = answer["error"]
    return [answer["status"], error.get("root_cause", [error])[0]["type"]]


READERS: dict[str, Reader] = {
    "ids": _ids,
    "id_set": _id_set,
    "total": _total,
    "sort": _sort,
    "scores": _scores,
    "sources": _sources,
    "highlighted": _highlighted,
    "aggregations": _aggregations,
    "items": _items,
    "responses": _responses,
    "at": _at,
    "error": _error,
    "is": lambda answer, _: answer["is"],
}
