"""Asking the engine, and what it means when that fails."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch
from elasticsearch.dsl import Search

from search.documents.connection import Purpose, SearchUnavailable, answering, client, whole
from search.documents.kinds import Kind
from search.engine.breaker import State
from search.engine.client import breaker_states, engine_name
from search.engine.transport import Route
from search.queries.errors import BadQuery

logger = logging.getLogger(__name__)

Answer = dict[str, Any]
# Why a shard fails if it is the query's own fault: only some indexes may find it.
_FAULTS_OF_QUERIES = frozenset({
    "illegal_argument_exception", "number_format_exception", "parse_exception",
    "parsing_exception", "query_shard_exception", "too_many_clauses", "too_many_nested_clauses",
})  # fmt: skip


def ask(kinds: Sequence[Kind], search: Search[Any], *, purpose: Purpose = "search") -> Answer:
    """The answer of the indexes of these kinds; SEARCH_TIMEOUTS of `purpose` bounds the wait.

    Raises BadQuery for what an engine refuses although it was checked before, and
    SearchUnavailable when nobody answers, and also when a part of an index does not: half an
    answer is none.
    """
    aliases = [kind.alias for kind in kinds]
    try:
        with answering():
            answer = client(purpose).search(index=aliases, body=search.to_dict()).body
    except ApiError as error:
        raise _refusal(error.status_code, error.body) from error
    return _whole(answer)


def ask_many(
    searches: Sequence[tuple[Sequence[Kind], Search[Any]]],
    *,
    purpose: Purpose = "search",
    engine: Elasticsearch | None = None,
) -> list[Answer | BadQuery]:
    """The answers to several searches of the indexes of these kinds, asked at once.

    `engine` is asked if it is given, else the one in use. One that an engine refuses is answered
    with BadQuery and spoils no other. Raises SearchUnavailable as `ask` does.
    """
    if not searches:
        return []
    lines: list[Mapping[str, Any]] = []
    for kinds, search in searches:
        lines += [{"index": [kind.alias for kind in kinds]}, search.to_dict()]
    try:
        with answering():
            told = (engine or client(purpose)).msearch(searches=lines).body
    except ApiError as error:
        raise SearchUnavailable(f"the search server refuses: {error}") from error
    answers = told.get("responses") if isinstance(told, dict) else None
    if not isinstance(answers, list) or len(answers) != len(searches):
        raise SearchUnavailable("the search server answered something else")
    return [_one_of_many(answer) for answer in answers]


def who_answers() -> str:
    """The name of the engine in use, e.g. "embedded" or "elasticsearch 8.17.0".

    Raises SearchUnavailable.
    """
    with answering():
        try:
            return engine_name(client("health"))
        except (ApiError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise SearchUnavailable("the search server does not say what it is") from error


def breakers() -> dict[Route, State]:
    """Whether requests that read and that write are sent now: closed, open, or half-open."""
    return breaker_states(client("health"))


def _whole(answer: Any) -> Answer:
    """The answer, if all that was asked for answered. Raises BadQuery and SearchUnavailable."""
    failures = answer["_shards"].get("failures") if _has_shards(answer) else None
    if failures and all(_type_of(each) in _FAULTS_OF_QUERIES for each in failures):
        raise _refusal(400, {"error": failures[0]["reason"]})
    found = whole(answer)
    if "hits" not in found:
        raise SearchUnavailable("the search server answered something else")
    return found


def _has_shards(answer: Any) -> bool:
    return isinstance(answer, dict) and isinstance(answer.get("_shards"), dict)


def _type_of(failure: Any) -> str | None:
    reason = failure.get("reason") if isinstance(failure, dict) else None
    return reason.get("type") if isinstance(reason, dict) else None


def _one_of_many(answer: Any) -> Answer | BadQuery:
    if isinstance(answer, dict) and "error" in answer:
        refusal = _refusal(answer.get("status"), answer)
        if isinstance(refusal, SearchUnavailable):
            raise refusal
        return refusal
    try:
        return _whole(answer)
    except BadQuery as error:
        return error


def _refusal(status: int | None, told: Any) -> BadQuery | SearchUnavailable:
    """What a refusal means: 400 is about the query, all else about the server."""
    cause = _cause(told)
    if status != 400:
        return SearchUnavailable(f"the search server refuses: {cause}")
    logger.warning("a request that was checked before was refused: %s", cause)
    return BadQuery(cause, 0)


def _cause(told: Any) -> str:
    """The first reason that an engine gives."""
    error = told.get("error") if isinstance(told, dict) else None
    if isinstance(error, dict):
        causes = error.get("root_cause") or [error]
        return str(causes[0].get("reason") or error.get("type"))
    return str(error or "without a reason")
