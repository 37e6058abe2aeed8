"""What is asked of another service, and in whose name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import requests
from requests.auth import AuthBase

from course_discovery.clients.errors import ClientError
from course_discovery.clients.payload import Payload
from course_discovery.clients.retry import origin_of


class Authorizer(Protocol):
    """Gives the value of the Authorization header."""

    def header(self) -> str: ...

    def renew(self, rejected: str) -> str:
        """A newer value after `rejected` was answered with 401."""


@dataclass(frozen=True)
class Call:
    """What is asked: a GET, a POST of form fields when `form` is given, or `verb` with `payload`.

    A call with `payload` changes something over there: it is tried again only if it carries an
    `idempotency_key`, by which the other side may know it, and its errors keep what was answered.

    `told_by` is the address of the document that told `url`, `''` for one without address; None
    means that the operator set `url`. See `reach` for where a told one may lead; its errors repeat
    nothing of the answer.
    """

    url: str
    params: Mapping[str, str] | None = None
    form: Mapping[str, str] | None = field(default=None, repr=False)  # may hold secrets
    accept: str = "application/json"
    authorizer: Authorizer | None = None
    told_by: str | None = None
    verb: str = "POST"
    payload: Payload | None = None
    idempotency_key: str = ""

    @property
    def method(self) -> str:
        if self.payload is not None:
            return self.verb
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> Mapping[str, str] | bytes | None:
        """What is sent."""
        return self.form if self.payload is None else self.payload.data

    @property
    def headers(self) -> dict[str, str]:
        """Headers beside that of the authorization."""
        headers = {"Accept": self.accept}
        if self.payload is not None:
            headers["Content-Type"] = self.payload.content_type
        if self.idempotency_key:
            headers["Idempotency-Key"] = self.idempotency_key
        return headers

    @property
    def may_repeat(self) -> bool:
        """Whether no harm is done if the call arrives twice."""
        return self.payload is None or bool(self.idempotency_key)

    @property
    def full_url(self) -> str:
        """Address with query, as errors name it."""
        if not self.params:
            return self.url
        return f"{self.url}?" + "&".join(f"{name}={value}" for name, value in self.params.items())


class AuthorizationHeader(AuthBase):
    """Sets the header, or nothing; given to requests so that it looks for no credentials itself."""

    def __init__(self, value: str | None) -> None:
        self._value = value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._value is not None:
            request.headers["Authorization"] = self._value
        return request


def checked_origin(call: Call, url: str) -> tuple[str, str, int | None]:
    """The origin of `url`; `ClientError` unless it is an http(s) address with a host."""
    try:
        origin = origin_of(url)
    except ValueError:
        origin = ("", "", None)
    if origin[0] not in {"http", "https"} or not origin[1]:
        raise ClientError(call.method, call.full_url, "not an http(s) address")
    return origin
