"""Asking the engine, and what it means when that fails."""

import logging
from collections.abc import Sequence
from typing import Any

from elasticsearch import ApiError
from elasticsearch.dsl import Search

from search.documents.connection import SearchUnavailable, answering, client
from search.documents.kinds import Kind
from search.engine.client import engine_name
from search.queries.errors import BadQuery

logger = logging.getLogger(__name__)

Answer = dict[str, Any]


def ask(kinds: Sequence[Kind], search: Search[Any]) -> Answer:
    """The answer of the indexes of these kinds.

    Raises BadQuery for what an engine refuses although it was checked before, and
    SearchUnavailable when nobody answers, and also when a part of an index does not: half an
    answer is none.
    """
    aliases = [kind.alias for kind in kinds]
    try:
        with answering():
            answer: Answer = client().search(index=aliases, body=search.to_dict()).body
    except ApiError as error:
        logger.warning("a request that was checked before was refused: %s", _cause(error))
        raise BadQuery(_cause(error), 0) from error
    shards = answer["_shards"]
    if shards["failed"]:
        raise SearchUnavailable(f"{shards['failed']} of {shards['total']} shards did not answer")
    if answer.get("timed_out"):
        raise SearchUnavailable("the search server took too long")
    return answer


def who_answers() -> str:
    """The name of the engine in use, e.g. "embedded" or "elasticsearch 8.17.0".

    Raises SearchUnavailable.
    """
    with answering():
        return engine_name(client())


def _cause(error: ApiError) -> str:
    """The first reason that an engine gives."""
    told = error.body.get("error") if isinstance(error.body, dict) else None
    if isinstance(told, dict):
        causes = told.get("root_cause") or [told]
        return str(causes[0].get("reason") or told.get("type"))
    return str(told or error.message)
