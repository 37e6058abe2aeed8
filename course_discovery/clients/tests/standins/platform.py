"""One server with all the services of a platform."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jwt
import orjson

from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    json_answer,
)
from course_discovery.clients.tests.standins import lms, shop, studio
from course_discovery.clients.tests.standins.checks import Broken, need, uuid_text

TOKEN = "/oauth2/access_token"
SECRET = "a secret of the platform, long enough"
CLIENT_ID, CLIENT_SECRET = "discovery-key", "discovery-secret"


@dataclass
class _Trouble:
    """What a service answers instead of doing anything, and how often (-1: always)."""

    answer: Answer
    left: int
    does_it: bool


class StandInPlatform(ScriptedServer):
    """Studio, shop, LMS and tokens at one address.

    `broken` lists the calls that break the contract, with the reason; a test that ends well has
    none. `pushes` are all calls but those for tokens, in order.
    """

    def __init__(self) -> None:
        self.studio = studio.StandInStudio()
        self.shop = shop.StandInShop()
        self.modes = lms.StandInModes()
        self.organizations = lms.StandInOrganizations()
        self.broken: list[str] = []
        self._services: dict[str, Any] = {
            studio.ROOT: self.studio,
            shop.PATH: self.shop,
            lms.MODES: self.modes,
            lms.ORGANIZATIONS: self.organizations,
        }
        self._troubles: dict[str, _Trouble] = {}
        self._tokens: set[str] = set()
        self._numbers = itertools.count(1)
        self._seen_keys: dict[str, tuple[str, str, bytes]] = {}
        super().__init__()

    @property
    def addresses(self) -> dict[str, str]:
        """What a partner of this platform has, by the names of its fields."""
        return {
            "studio_url": self.url,
            "lms_url": self.url,
            "lms_coursemode_api_url": f"{self.url}/api/course_modes/v1/",
            "ecommerce_api_url": f"{self.url}/api/v2/",
            "organizations_api_url": f"{self.url}/api/organizations/v0/",
        }

    @property
    def settings(self) -> dict[str, str]:
        """The settings of this service that get it tokens here."""
        return {
            "BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL": f"{self.url}/oauth2",
            "BACKEND_SERVICE_EDX_OAUTH2_KEY": CLIENT_ID,
            "BACKEND_SERVICE_EDX_OAUTH2_SECRET": CLIENT_SECRET,
        }

    @property
    def pushes(self) -> list[Request]:
        return [request for request in self.requests if request.path != TOKEN]

    def trouble(
        self, service: object, answer: Answer, *, times: int = -1, does_it: bool = False
    ) -> None:
        """Let a service (`platform.studio`, ..., or TOKEN) answer this instead; with `does_it` it
        does what it is told all the same."""
        self._troubles[self._prefix(service)] = _Trouble(answer, times, does_it)

    def well_again(self) -> None:
        """No service is in trouble any more."""
        self._troubles.clear()

    def forget_tokens(self) -> None:
        """No token that was given is accepted any more."""
        self._tokens.clear()

    def answer_to(self, request: Request) -> Answer:
        self.requests.append(request)
        prefix = next(
            (each for each in (TOKEN, *self._services) if request.path.startswith(each)), ""
        )
        trouble = self._troubles.get(prefix)
        if trouble is None or trouble.left == 0:
            return self._told(prefix, request)
        trouble.left -= 1
        if trouble.does_it:
            self._told(prefix, request)
        return trouble.answer

    def _told(self, prefix: str, request: Request) -> Answer:
        try:
            if prefix == TOKEN:
                return self._token(request)
            need(prefix, "no such address")
            if request.headers.get("authorization", "") not in self._tokens:
                return json_answer({"detail": "Token not accepted."}, 401)
            answer: Answer = self._services[prefix].answer(request, self._body(request))
        except Broken as broken:
            self.broken.append(f"{request.method} {request.path}: {broken}")
            return json_answer({"broken": [str(broken)]}, 400)
        return answer

    def _body(self, request: Request) -> Any:
        if request.method == "GET":
            need(not request.body, "a GET with a body")
            return None
        key = request.headers.get("idempotency-key", "")
        uuid_text(key, "Idempotency-Key")
        change = (request.method, request.path, b"")
        if request.headers.get("content-type") != "application/json":
            need(request.path.endswith("/images/"), "not JSON")
        else:
            change = (request.method, request.path, request.body)
        need(self._seen_keys.setdefault(key, change) == change, "a key of another change")
        if not change[2]:
            return None
        try:
            return orjson.loads(request.body)
        except orjson.JSONDecodeError:
            raise Broken("not JSON") from None

    def _token(self, request: Request) -> Answer:
        need(request.method == "POST", f"{request.method} of a token")
        need(request.form.get("grant_type") == "client_credentials", "grant_type")
        need(request.form.get("token_type") == "jwt", "token_type")
        told = request.form.get("client_id"), request.form.get("client_secret")
        if told != (CLIENT_ID, CLIENT_SECRET):
            return json_answer({"error": "invalid_client"}, 401)
        claims = {"preferred_username": "catalog_worker", "n": next(self._numbers)}
        token = jwt.encode(claims, SECRET)
        self._tokens.add(f"JWT {token}")
        return json_answer({"access_token": token, "token_type": "JWT", "expires_in": 3600})

    def _prefix(self, service: object) -> str:
        if service == TOKEN:
            return TOKEN
        return next(prefix for prefix, each in self._services.items() if each is service)


@contextmanager
def stand_in_platform() -> Iterator[StandInPlatform]:
    """A platform that answers, and afterwards was told nothing that it does not take."""
    platform = StandInPlatform()
    try:
        yield platform
    finally:
        platform.close()
    assert platform.broken == []
