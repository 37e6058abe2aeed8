"""One exchange with another service: time-outs, redirects, authorization, status, content type.

Nothing is sent that the caller did not ask for: no cookies are kept, no `.netrc` is read, and the
Authorization header stays on the origin that it was meant for. Proxies and certificate bundles of
the environment are honoured.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urljoin

import orjson
import requests
import urllib3

from course_discovery.clients.body import Body
from course_discovery.clients.call import (
    AuthorizationHeader,
    Authorizer,
    Call,
    checked_origin,
)
from course_discovery.clients.errors import BadAnswer, ClientError, Unreachable
from course_discovery.clients.failures import connection_fault, failure_of
from course_discovery.clients.reach import check_reach
from course_discovery.clients.retry import Clock, Retrier, RetryPolicy

T = TypeVar("T")

USER_AGENT = "course-discovery"
MAX_REDIRECTS = 5


class ServiceSession:
    """Connections to other services; may be shared by threads. Close it, or use it in `with`.

    `connect_timeout` and `read_timeout` in seconds, the latter for each silence on the line;
    `max_bytes` caps an answer that is read as a whole, unpacked. `clock` and `uniform` (a random
    number between two bounds) are replaced in tests.
    """

    def __init__(
        self,
        *,
        connect_timeout: float = 3.05,
        read_timeout: float = 30.0,
        max_bytes: int = 50_000_000,
        policy: RetryPolicy | None = None,
        clock: Clock | None = None,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.clock = clock or Clock()
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._max_bytes = max_bytes
        self._retrier = Retrier(policy or RetryPolicy(), self.clock, uniform)
        self._http = requests.Session()
        self._http.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"})

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        authorizer: Authorizer | None = None,
    ) -> object:
        """The parsed JSON answer of a GET. Raises `ClientError`."""
        return self.fetch(Call(url, params=params, authorizer=authorizer), self._read_json)

    def post_form(self, url: str, form: Mapping[str, str]) -> object:
        """The parsed JSON answer of a POST of urlencoded fields. Raises `ClientError`.

        It is tried again like a GET: send only what may arrive twice.
        """
        return self.fetch(Call(url, form=form), self._read_json)

    def send_json(self, call: Call) -> object:
        """The parsed JSON answer of a call that changes something. Raises `ClientError`.

        `BadAnswer` may mean that the change was made all the same.
        """
        return self.fetch(call, self._read_json)

    def send(self, call: Call) -> None:
        """A call that changes something, of whose answer only the status counts.

        Raises `ClientError`.
        """
        self.fetch(call, lambda body: None)

    def fetch(self, call: Call, read: Callable[[Body], T]) -> T:
        """What `read` makes of the body of a 2xx answer; a body that breaks is fetched again."""

        def attempt(deadline: float) -> T:
            body = self._exchange(call, deadline)
            try:
                return read(body)
            finally:
                body.close()

        return self._run(call, attempt)

    @contextmanager
    def open(self, call: Call, *, max_seconds: float) -> Iterator[Body]:
        """The body of a 2xx answer, to be read piece by piece within `max_seconds`.

        Opening is tried again as the policy says, reading is not.
        """

        def attempt(deadline: float) -> Body:
            return self._exchange(call, deadline, body_seconds=max_seconds)

        body = self._run(call, attempt)
        try:
            yield body
        finally:
            body.close()

    def _run(self, call: Call, attempt: Callable[[float], T]) -> T:
        checked_origin(call, call.url)
        return self._retrier.run(call.method, call.full_url, attempt, once=not call.may_repeat)

    def _exchange(self, call: Call, deadline: float, body_seconds: float | None = None) -> Body:
        """The opened body of a 2xx answer. A 401 renews the authorization once."""
        header = call.authorizer.header() if call.authorizer else None
        response = self._follow(call, header, deadline)
        if response.status_code == 401 and call.authorizer and header is not None:
            response.close()
            response = self._follow(call, call.authorizer.renew(header), deadline)
        if body_seconds is not None:
            deadline = self.clock.monotonic() + body_seconds
        body = Body(response, call.method, call.full_url, self.clock, deadline)
        if 200 <= body.status < 300:
            return body
        try:
            quote, keep = call.told_by is None, call.payload is not None
            raise failure_of(body, self.clock.now(), quote=quote, keep=keep)
        finally:
            body.close()

    def _follow(self, call: Call, header: str | None, deadline: float) -> requests.Response:
        """The first answer that is no redirect. Only GETs are redirected.

        Once a redirect leaves the origin, the Authorization header is not sent any more.
        """
        home = checked_origin(call, call.url)
        url, params = call.url, call.params
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(call, url, params, header, deadline)
            if not response.is_redirect:
                return response
            response.close()
            if call.method != "GET":
                raise self._bad(call, f"redirect of a {call.method}", response.status_code)
            url, params = _redirected(call, url, response), None
            if checked_origin(call, url) != home:
                header = None
        raise self._bad(call, f"more than {MAX_REDIRECTS} redirects")

    def _send(
        self,
        call: Call,
        url: str,
        params: Mapping[str, str] | None,
        header: str | None,
        deadline: float,
    ) -> requests.Response:
        left = deadline - self.clock.monotonic()
        timeout = (self._connect_timeout, max(min(self._read_timeout, left), 0.1))
        request = requests.Request(
            call.method,
            url,
            params=params,
            data=call.body,
            headers=call.headers,
            auth=AuthorizationHeader(header),
        )
        try:
            prepared = self._http.prepare_request(request)
            address = prepared.url or url
            check_reach(call, address)
            environment: Mapping[str, Any] = self._http.merge_environment_settings(
                address, {}, True, None, None
            )
            # Not by Session.send: it keeps cookies and reads a redirect's body without limit.
            adapter = self._http.get_adapter(address)
            return adapter.send(prepared, timeout=timeout, **environment)
        except (requests.ConnectionError, requests.Timeout) as error:
            failure: ClientError = Unreachable(
                call.method, call.full_url, connection_fault(error, timeout)
            )
        except (OSError, urllib3.exceptions.HTTPError, UnicodeError):
            reason = "cannot be sent, check the address, proxy and certificate settings"
            failure = ClientError(call.method, call.full_url, reason)
        # Raised out here, so that the caught error, whose text has the query, is no context.
        raise failure

    def _read_json(self, body: Body) -> object:
        if body.is_html:
            raise body.bad(f"HTML page instead of JSON, title: {body.title()!r}")
        if not body.is_json:
            raise body.bad("content type is not JSON")
        try:
            value: object = orjson.loads(body.read(self._max_bytes))
        except orjson.JSONDecodeError:
            raise body.bad("not JSON") from None
        return value

    @staticmethod
    def _bad(call: Call, reason: str, status: int | None = None) -> BadAnswer:
        return BadAnswer(call.method, call.full_url, reason, status)


def _redirected(call: Call, url: str, response: requests.Response) -> str:
    """Where a redirect leads, written as it will be sent: origins are compared on that."""
    try:
        address = urljoin(url, response.headers["Location"])
        return requests.Request("GET", address).prepare().url or address
    except (ValueError, requests.RequestException):
        status = response.status_code
        raise BadAnswer(call.method, call.full_url, "unreadable redirect", status) from None
