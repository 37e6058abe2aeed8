"""`POST /oauth2/access_token`: the tokens of services, and of people who try the sample."""

import hmac
from collections.abc import Mapping
from datetime import timedelta

from course_discovery.loaders.sample.accounts import PEOPLE, SERVICE, Account
from course_discovery.loaders.sample.keys import PERSON_SCOPES, SERVICE_SCOPES, mint_token
from course_discovery.loaders.sample.messages import Answer, Request, json_answer
from course_discovery.loaders.sample.site import Site

JWT_LIFETIME = timedelta(hours=1)
OPAQUE_LIFETIME = timedelta(hours=10)
KNOWN_GRANTS = frozenset({"client_credentials", "password", "authorization_code", "refresh_token"})
NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}  # RFC 6749, section 5.1


def access_token(site: Site, request: Request) -> Answer:
    """Client credentials as the platform takes them, with its error codes (RFC 6749, 5.2).

    `token_type=jwt`, or the header `X-Token-Type: jwt`, asks for a signed token. It is always
    signed with RS512: the sample shares no secret with anybody, so `asymmetric_jwt` changes
    nothing.
    """
    form = request.form()
    grant = form.get("grant_type", "")
    if grant == "password" and "client_id" not in form:
        return _sample_login(site, form)
    if grant not in KNOWN_GRANTS:
        return _error(400, "unsupported_grant_type")
    if not _is_our_client(site, form):
        return _error(401, "invalid_client")
    if grant != "client_credentials":
        return _error(400, "unauthorized_client")
    kind = form.get("token_type") or request.headers.get("x-token-type", "")
    if kind.lower() == "jwt":
        return _jwt_answer(site, SERVICE, grant="client-credentials", scopes=SERVICE_SCOPES)
    token = site.opaque_tokens.issue(SERVICE, site.now + OPAQUE_LIFETIME)
    return _token_answer(token, "Bearer", OPAQUE_LIFETIME, SERVICE_SCOPES)


def _sample_login(site: Site, form: Mapping[str, str]) -> Answer:
    """Not a platform's way: a password grant that names no client, for people who try things.

    `username` is `learner` or `staff`, `password` the same word.
    """
    account = PEOPLE.get(form.get("username", ""))
    if account is None or form.get("password") != account.username:
        return _error(400, "invalid_grant")
    return _jwt_answer(site, account, grant="password", scopes=PERSON_SCOPES)


def _is_our_client(site: Site, form: Mapping[str, str]) -> bool:
    given = (form.get("client_id", ""), form.get("client_secret", ""))
    wanted = (site.options.client_id, site.options.client_secret)
    pairs = zip(given, wanted, strict=True)
    return all(hmac.compare_digest(a.encode("utf-8"), b.encode("utf-8")) for a, b in pairs)


def _jwt_answer(site: Site, account: Account, *, grant: str, scopes: tuple[str, ...]) -> Answer:
    token = mint_token(
        site.keys,
        issuer=site.options.issuer,
        audience=site.options.audience,
        username=account.username,
        administrator=account.administrator,
        now=site.now,
        lifetime=JWT_LIFETIME,
        grant_type=grant,
        scopes=scopes,
        user_id=account.user_id,
        name=account.name,
    )
    return _token_answer(token, "JWT", JWT_LIFETIME, scopes)


def _token_answer(token: str, kind: str, lifetime: timedelta, scopes: tuple[str, ...]) -> Answer:
    body = {
        "access_token": token,
        "expires_in": int(lifetime.total_seconds()),
        "token_type": kind,
        "scope": " ".join(scopes),
    }
    return json_answer(200, body, NOT_STORED)


def _error(status: int, code: str) -> Answer:
    return json_answer(status, {"error": code}, NOT_STORED)
