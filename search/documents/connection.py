"""The search client of this process."""

import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engine.breaker import LeftAlone
from search.engine.client import build_client

Purpose = Literal["health", "index", "search", "typeahead"]

RETRY_AFTER = 5
# Answers of a server that cannot work now, whatever it is asked.
_UNAVAILABLE = frozenset({401, 403, 408, 429, 500, 502, 503, 504})


class SearchUnavailable(Exception):
    """Nobody answers, or the index has not been built. Try again after `retry_after` seconds."""

    def __init__(self, reason: str, retry_after: int = RETRY_AFTER) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class _Held:
    """The client in use and what it was built for: a forked child builds its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made_for: tuple[int, str, str] | None = None
        self.client: Elasticsearch | None = None
        # The same client with a time-out, in seconds.
        self.limited: dict[float, Elasticsearch] = {}
        # What a child must neither use nor close: the connections in it are its parent's.
        self.inherited: list[Elasticsearch] = []

    def let_go(self) -> None:
        """Give up the client, and close it if it is this process's own."""
        if self.client and self.made_for:
            if self.made_for[0] == os.getpid():
                self.client.close()
            else:
                self.inherited.append(self.client)
        self.client = self.made_for = None
        self.limited = {}


_held = _Held()


def server_url() -> str:
    """The address of the search server, "" for the embedded engine.

    SEARCH_URL, else the (first) host of ELASTICSEARCH_DSL, which deployment tooling changes in
    place; so both are read when they are needed.
    """
    if settings.SEARCH_URL:
        return str(settings.SEARCH_URL)
    hosts = settings.ELASTICSEARCH_DSL.get("default", {}).get("hosts") or ""
    first = hosts if isinstance(hosts, str) else str(next(iter(hosts), ""))
    return first if not first or "://" in first else f"http://{first}"


def client(purpose: Purpose = "index") -> Elasticsearch:
    """The client of this process, built at its first use and again after a fork.

    Its requests may last as long as SEARCH_TIMEOUTS says of `purpose`.
    """
    wanted = (os.getpid(), server_url(), str(settings.SEARCH_FILE))
    with _held.lock:
        if _held.client is None or _held.made_for != wanted:
            _held.let_go()
            _, url, file = wanted
            try:
                _held.client = build_client(url, path=file)
            except ValueError as error:
                raise ImproperlyConfigured(
                    f"SEARCH_URL is no address of a server: {error}"
                ) from error
            _held.made_for = wanted
        seconds = float(settings.SEARCH_TIMEOUTS[purpose])
        if seconds not in _held.limited:
            _held.limited[seconds] = _held.client.options(request_timeout=seconds)
        return _held.limited[seconds]


def reset() -> None:
    """Close this process's client; the next use builds another."""
    with _held.lock:
        _held.let_go()


def _after_fork() -> None:
    # The lock may have been held by a thread that does not exist in the child.
    _held.lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)


@contextmanager
def answering() -> Iterator[None]:
    """Turn a server that is away, overloaded or without the index into SearchUnavailable.

    Other refusals (a request that is at fault) stay the client's own ApiError.
    """
    try:
        yield
    except LeftAlone as error:
        seconds = max(1, math.ceil(error.seconds))
        raise SearchUnavailable(f"the search server does not answer: {error}", seconds) from error
    except TransportError as error:
        raise SearchUnavailable(f"the search server does not answer: {error.message}") from error
    except ApiError as error:
        if error.status_code in _UNAVAILABLE:
            raise SearchUnavailable(f"the search server refuses: {error}") from error
        if error.status_code == 404 and "index_not_found" in str(error):
            raise SearchUnavailable("the search index has not been built") from error
        raise


def whole(answer: Any) -> dict[str, Any]:
    """An answer, if every part of the indexes gave its own: half of one is none.

    Raises SearchUnavailable, for what is no answer of a search server as well.
    """
    shards = answer.get("_shards") if isinstance(answer, dict) else None
    if not isinstance(shards, dict) or not isinstance(shards.get("failed"), int):
        raise SearchUnavailable("the search server answered something else")
    if shards["failed"]:
        raise SearchUnavailable(
            f"{shards['failed']} of {shards.get('total')} shards did not answer"
        )
    if answer.get("timed_out"):
        raise SearchUnavailable("the search server took too long")
    return dict(answer)
