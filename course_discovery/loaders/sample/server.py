"""The server itself: threads, its address, a clean end."""

import logging
import socket
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from course_discovery.loaders.sample.handler import SampleHandler
from course_discovery.loaders.sample.keys import Keys, load_or_make_keys
from course_discovery.loaders.sample.reading import read_catalog
from course_discovery.loaders.sample.site import Options, Site
from course_discovery.loaders.sample.state import load_or_set_day_zero

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
MAX_CONNECTIONS = 64
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


class _Threads(ThreadingHTTPServer):
    """A thread for each connection, a bounded number of them, none left at the end."""

    daemon_threads = False
    request_queue_size = 2 * MAX_CONNECTIONS

    def __init__(self, *args: Any, **options: Any) -> None:
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        super().__init__(*args, **options)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            welcome = len(self._connections) < MAX_CONNECTIONS
            if welcome:
                self._connections.add(request)
        if welcome:
            super().process_request(request, client_address)
        else:
            request.settimeout(1)
            request.sendall(BUSY)
            self.shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        logger.debug("A connection broke.", exc_info=True)

    def server_close(self) -> None:
        """End every open connection, then wait for the threads."""
        with self._lock:
            for connection in self._connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    logger.debug("The other side was faster.")
        super().server_close()


class SampleServer:
    """The sample platform on a port of this machine, as a context manager.

    `state` is the folder that keeps its key and day zero (made when missing); `port` 0 picks a
    free port; a request may take `request_seconds`. Raises OSError when the port or the folder
    cannot be used, StateError when a kept file is broken; both when it is made.
    """

    def __init__(
        self,
        state: Path,
        *,
        port: int = 0,
        options: Options | None = None,
        request_seconds: float = 10,
    ) -> None:
        options = options or Options()
        self.options = options
        self.keys: Keys = load_or_make_keys(state)
        self.day_zero = load_or_set_day_zero(state, options.clock().date())
        catalog = read_catalog(self.day_zero)

        class Handler(SampleHandler):
            timeout = request_seconds

        self._http = _Threads((LOOPBACK, port), Handler)
        self.base_url = f"http://{LOOPBACK}:{self._http.server_address[1]}"
        Handler.site = self.site = Site(self.base_url, catalog, self.keys, options)
        self._thread = threading.Thread(target=self._serve, name="sample platform")

    def _serve(self) -> None:
        self._http.serve_forever(poll_interval=0.05)

    def start(self) -> None:
        """Answer from now on, in threads of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; returns when every connection is closed."""
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()

    def __enter__(self) -> "SampleServer":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
