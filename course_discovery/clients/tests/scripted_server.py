"""A loopback HTTP server that answers as a test tells it, faults of the wire included."""

import gzip
import json
import os
import socket
import struct
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """One answer. `fault` is what goes wrong on the wire:

    hang: no answer at all; reset: the connection is torn down; short: the connection ends after
    half of the announced body; cut_chunk: the same with chunks; stall: silence after half of the
    body; close: the body is neither measured nor chunked, its end is the end of the connection.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""


def json_answer(value: object, status: int = 200, **headers: str) -> Answer:
    body = json.dumps(value).encode()
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, body, {"Content-Type": "application/json", **names})


def html_answer(title: str, status: int = 200) -> Answer:
    page = f"<html><head><title>{title}</title></head><body>secret text</body></html>"
    return Answer(status, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def gzip_answer(document: bytes, content_type: str, fault: str = "") -> Answer:
    headers = {"Content-Type": content_type, "Content-Encoding": "gzip"}
    return Answer(200, gzip.compress(document), headers, fault)


Respond = Callable[[Request], Answer]


class ScriptedServer:
    """Answers each path from a queue, whose last answer repeats, or from a function."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.released = threading.Event()  # lets hanging answers go
        self._lock = threading.Lock()
        self._queues: defaultdict[str, list[Answer]] = defaultdict(list)
        self._functions: dict[str, Respond] = {}
        server = self

        class Handler(_Handler):
            script = server

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that went away is what many tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def queue(self, path: str, *answers: Answer) -> str:
        """The address of `path`, which will give these answers."""
        self._queues[path].extend(answers)
        return self.url + path

    def on(self, path: str, respond: Respond) -> str:
        self._functions[path] = respond
        return self.url + path

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer_to(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            queue = self._queues[request.path]
            if queue:
                return queue.pop(0) if len(queue) > 1 else queue[0]
        respond = self._functions.get(request.path)
        return respond(request) if respond else json_answer({}, 404)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: ScriptedServer

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def do_PATCH(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # who called has died
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        urlencoded = "urlencoded" in headers.get("content-type", "")
        form = dict(parse_qsl(body.decode())) if urlencoded else {}
        query = dict(parse_qsl(parts.query))
        request = Request(self.command, parts.path, query, headers, form, body)
        self._send(self.script.answer_to(request))

    def _send(self, answer: Answer) -> None:
        if answer.fault == "hang":
            self.script.released.wait(10)
            self.close_connection = True
            return
        if answer.fault == "reset":
            # A linger time of 0 makes close() send a reset instead of an orderly end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self._send_body(answer)

    def _send_body(self, answer: Answer) -> None:
        half = answer.body[: len(answer.body) // 2]
        if answer.fault == "close":
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body)
        elif answer.fault == "cut_chunk":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%s" % (len(answer.body), half))
        else:
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(half if answer.fault in {"short", "stall"} else answer.body)
        self.wfile.flush()
        if answer.fault == "stall":
            self.script.released.wait(10)
        if answer.fault:
            self.close_connection = True
