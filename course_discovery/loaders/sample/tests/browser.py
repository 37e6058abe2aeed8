"""A caller of the sample platform, for tests."""

import http.client
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

SERVICE = {
    "grant_type": "client_credentials",
    "client_id": "catalog-backend-service-key",
    "client_secret": "catalog-backend-service-secret",
    "token_type": "jwt",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """One connection for each call."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.address = urlsplit(base_url).netloc

    def call(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """`token` is the whole value of the header, `JWT ...` or `Bearer ...`."""
        connection = http.client.HTTPConnection(self.address, timeout=10)
        sent = {**(headers or {}), **({"Authorization": token} if token else {})}
        try:
            connection.request(method, path + (f"?{urlencode(query)}" if query else ""), body, sent)
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def get(self, path: str, token: str | None = None, **query: str) -> Reply:
        return self.call("GET", path, token=token, query=query)

    def ask_token(
        self,
        form: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        path: str = "/oauth2/access_token",
    ) -> Reply:
        return self.call(
            "POST",
            path,
            headers={**FORM, **(headers or {})},
            body=urlencode(form).encode("ascii"),
        )

    def service_token(self) -> str:
        return f"JWT {self.ask_token(SERVICE).json['access_token']}"

    def person_token(self, username: str) -> str:
        form = {"grant_type": "password", "username": username, "password": username}
        return f"JWT {self.ask_token(form).json['access_token']}"

    def all_runs(self, token: str, **query: str) -> list[dict[str, Any]]:
        """Every run of the course list, page after page."""
        rows: list[dict[str, Any]] = []
        page = 1
        while True:
            reply = self.get(
                "/api/courses/v1/courses/", token, page=str(page), page_size="100", **query
            ).json
            rows += reply["results"]
            if reply["pagination"]["next"] is None:
                return rows
            page += 1

    def raw(self, sent: bytes, *, wait: float = 10) -> bytes:
        """All that comes back for these bytes until the server closes."""
        host, port = self.address.split(":")
        with socket.create_connection((host, int(port)), timeout=wait) as connection:
            connection.sendall(sent)
            received = b""
            while piece := connection.recv(65536):
                received += piece
        return received
