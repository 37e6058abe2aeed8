"""The client's own node, made to talk to Elasticsearch 7 to 9 and to OpenSearch alike."""

import os
import re
import threading
from typing import Any, cast

import urllib3
from elastic_transport import HttpHeaders, NodeConfig, Urllib3HttpNode
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DEFAULT, DefaultType

CONNECT_TIMEOUT = 0.3
"""Seconds after which a server that takes no connection counts as dead."""

_VENDOR_TYPE = re.compile(r"application/vnd\.elasticsearch\+([\w-]+); *compatible-with=\d+")
_PRODUCT = "x-elastic-product"


class ServerNode(Urllib3HttpNode):
    """Sends plain media types, and names the product where the server does not.

    Connections are opened late and never shared with a process that was forked off.
    """

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._limit_connecting()
        self._process = os.getpid()
        self._lock = threading.Lock()

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """Send a request and return the answer; raises as the client's own node does."""
        self._leave_parent()
        timeout = request_timeout
        if isinstance(request_timeout, int | float):
            timeout = cast(Any, _limits(request_timeout))
        response = super().perform_request(method, target, body, _plain(headers), timeout)
        response.meta.headers.setdefault(_PRODUCT, "Elasticsearch")
        return response

    def _limit_connecting(self) -> None:
        self.pool.timeout = _limits(self.config.request_timeout)

    def _leave_parent(self) -> None:
        """Open connections of its own in a forked process."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                super().__init__(self.config)
                self._limit_connecting()
                self._process = os.getpid()


def _limits(seconds: float | None) -> urllib3.Timeout:
    connect = CONNECT_TIMEOUT if seconds is None else min(CONNECT_TIMEOUT, seconds)
    return urllib3.Timeout(connect=connect, read=seconds)


def _plain(headers: HttpHeaders | None) -> HttpHeaders:
    plain = HttpHeaders()
    for name, value in (headers or {}).items():
        plain[name] = _VENDOR_TYPE.sub(r"application/\1", value)
    return plain
