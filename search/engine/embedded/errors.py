"""Errors with the status, type and shape that Elasticsearch gives them."""

from typing import Any


class RequestError(Exception):
    """A request that cannot be answered: `status`, `kind` and `reason` are Elasticsearch's.

    `details` are further keys of the error object (index, field, position).
    """

    status = 400
    kind = "illegal_argument_exception"

    def __init__(self, reason: str, kind: str | None = None, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind or self.kind
        self.details = details

    def cause(self) -> dict[str, Any]:
        """Return the error object as it stands in a bulk item or a root cause."""
        return {"type": self.kind, "reason": self.reason, **self.details}

    def body(self) -> dict[str, Any]:
        """Return the whole answer."""
        return {"error": {"root_cause": [self.cause()], **self.cause()}, "status": self.status}


class ParsingError(RequestError):
    """A body whose form is not known."""

    kind = "parsing_exception"


class MappingError(RequestError):
    """A mapping that cannot be made or changed."""

    kind = "mapper_parsing_exception"


class DocumentError(RequestError):
    """A document whose values do not fit the mapping."""

    kind = "document_parsing_exception"


class QueryError(RequestError):
    """A query that is well formed but cannot be run on an index."""

    kind = "query_shard_exception"


class SearchError(RequestError):
    """A search that failed in its query phase; keeps what went wrong as the root cause."""

    kind = "search_phase_execution_exception"

    def __init__(self, cause: RequestError, index: str) -> None:
        super().__init__("all shards failed")
        self.status = cause.status
        self._cause = cause.cause()
        if isinstance(cause, QueryError):
            self._cause["index"] = index
        self._index = index

    def body(self) -> dict[str, Any]:
        """Return the whole answer."""
        failed = {"shard": 0, "index": self._index, "reason": self._cause}
        error = {
            "root_cause": [self._cause],
            **self.cause(),
            "phase": "query",
            "grouped": True,
            "failed_shards": [failed],
        }
        return {"error": error, "status": self.status}


class IndexMissing(RequestError):
    """No index or alias has this name."""

    status = 404
    kind = "index_not_found_exception"

    def __init__(self, name: str) -> None:
        super().__init__(f"no such index [{name}]", index=name)


class AliasesMissing(RequestError):
    """An action removes an alias that is not there."""

    status = 404
    kind = "aliases_not_found_exception"

    def __init__(self, name: str) -> None:
        super().__init__(f"aliases [{name}] missing")


class VersionConflict(RequestError):
    """The document has another version than the write allows."""

    status = 409
    kind = "version_conflict_engine_exception"

    def __init__(self, index: str, key: str, reason: str) -> None:
        super().__init__(f"[{key}]: version conflict, {reason}", index=index)


class DocumentMissing(RequestError):
    """No document has this id."""

    status = 404
    kind = "resource_not_found_exception"


class Unavailable(RequestError):
    """The file cannot be used now: another process holds its lock for too long, or it is broken."""

    status = 503
    kind = "process_cluster_event_timeout_exception"
