"""A stand-in of the platform that signs people on, and a browser that goes there and back."""

import secrets
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import jwt

from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    html_answer,
    json_answer,
)

KEY, SECRET = "discovery-sso-key", "discovery-sso-secret"
SCOPES = {"user_id", "profile", "email"}


class SignOnPlatform(ScriptedServer):
    """Knows one person, who is signed on there and grants whatever is asked.

    `broken` lists what it was asked against the protocol. `token` replaces the token it signs,
    `declines` has the person refuse.
    """

    def __init__(self) -> None:
        super().__init__()
        self.person: dict[str, Any] = {}
        self.declines = False
        self.token: str | None = None
        self.broken: list[str] = []
        self._codes: dict[str, str] = {}
        self.on("/oauth2/authorize", self._authorize)
        self.on("/oauth2/access_token", self._access_token)
        self.queue("/logout", html_answer("Signed off"))

    @property
    def settings(self) -> dict[str, str]:
        return {
            "SOCIAL_AUTH_EDX_OAUTH2_KEY": KEY,
            "SOCIAL_AUTH_EDX_OAUTH2_SECRET": SECRET,
            "SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT": self.url,
            "SOCIAL_AUTH_EDX_OAUTH2_PUBLIC_URL_ROOT": self.url,
        }

    def knows(self, username: str, **claims: Any) -> None:
        self.person = {"preferred_username": username, **claims}

    def _need(self, holds: bool, reason: str) -> None:
        if not holds:
            self.broken.append(reason)

    def _authorize(self, request: Request) -> Answer:
        query = request.query
        self._need(query.get("client_id") == KEY, "client_id")
        self._need(query.get("response_type") == "code", "response_type")
        self._need(set(query.get("scope", "").split()) >= SCOPES, "scope")
        self._need(bool(query.get("state")), "state")
        back = {"state": query.get("state", "")}
        if self.declines:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(20)
            self._codes[back["code"]] = query["redirect_uri"]
        target = query["redirect_uri"]
        self._need(urlsplit(target).path == "/complete/edx-oauth2/", "redirect_uri")
        joint = "&" if urlsplit(target).query else "?"
        return Answer(302, headers={"Location": f"{target}{joint}{urlencode(back)}"})

    def _access_token(self, request: Request) -> Answer:
        form = request.form
        self._need(request.method == "POST", "method of the token")
        self._need(form.get("grant_type") == "authorization_code", "grant_type")
        self._need(form.get("token_type") == "jwt", "token_type")
        if (form.get("client_id"), form.get("client_secret")) != (KEY, SECRET):
            return json_answer({"error": "invalid_client"}, 401)
        # A code counts once, and for the address that it was asked for.
        if self._codes.pop(form.get("code", ""), None) != form.get("redirect_uri"):
            return json_answer({"error": "invalid_grant"}, 400)
        token = self.token or jwt.encode(self.person, "known to the platform alone, and long")
        body = {"access_token": token, "token_type": "JWT", "expires_in": 3600}
        return json_answer({**body, "scope": " ".join(sorted(SCOPES))})


class Browser:
    """Follows redirects with its cookies, over HTTP."""

    def __init__(self) -> None:
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, url: str, **headers: str) -> tuple[int, str, str]:
        """The status, the final address and the text of a page."""
        self._opener.addheaders = [("Accept", "text/html"), *headers.items()]
        try:
            answer = self._opener.open(url, timeout=10)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.url, answer.read().decode()
