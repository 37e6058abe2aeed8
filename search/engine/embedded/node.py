"""The node that the official client talks to when no server is configured."""

import logging
import sqlite3
import time
from typing import ClassVar

import orjson
from elastic_transport import (
    ApiResponseMeta,
    BaseNode,
    HttpHeaders,
    NodeConfig,
)
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DEFAULT, DefaultType

from search.engine.embedded.api import aliases, cluster, documents, indices, searches
from search.engine.embedded.api.routing import Response, Router
from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import ParsingError, RequestError, Unavailable

log = logging.getLogger(__name__)

PATH = "_search_file"
"""Under this name the extras of the node's configuration hold the path of the file."""
MAX_BODY_BYTES = 100 * 1024 * 1024

_ROUTER = Router(
    (*cluster.ROUTES, *searches.ROUTES, *documents.ROUTES, *aliases.ROUTES, *indices.ROUTES)
)


class EmbeddedNode(BaseNode):
    """Answers requests in this process, from one SQLite file.

    Requests are never interrupted: `request_timeout` has no effect, and how long a write waits for
    other writers is fixed.
    """

    _CLIENT_META_HTTP_CLIENT: ClassVar[tuple[str, str]] = ("em", "1")

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._engine = Engine(str(config._extras[PATH]))

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """Return the answer to a request; errors are answers too."""
        started = time.monotonic()
        response = self._answer(method, target, body or b"")
        is_text = isinstance(response.body, str)
        data = response.body.encode() if is_text else orjson.dumps(response.body)
        meta = ApiResponseMeta(
            status=response.status,
            http_version="1.1",
            headers=HttpHeaders(
                {
                    "content-type": "text/plain" if is_text else "application/json",
                    "x-elastic-product": "Elasticsearch",
                }
            ),
            duration=time.monotonic() - started,
            node=self.config,
        )
        return NodeApiResponse(meta, b"" if method == "HEAD" else data)

    def close(self) -> None:
        """Close the file."""
        self._engine.close()

    def _answer(self, method: str, target: str, body: bytes) -> Response:
        try:
            if len(body) > MAX_BODY_BYTES:
                raise RequestError(f"A request may have {MAX_BODY_BYTES} bytes")
            return _ROUTER.answer(self._engine, method, target, body)
        except RequestError as error:
            return Response(error.body(), error.status)
        except RecursionError:
            error_body = ParsingError("The request is nested too deeply").body()
            return Response(error_body, error_body["status"])
        except (sqlite3.Error, OSError):
            log.exception("The file of the embedded search index cannot be used")
            unavailable = Unavailable("The search index cannot be used", "io_exception")
            return Response(unavailable.body(), unavailable.status)
