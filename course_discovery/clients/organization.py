"""Organizations in an LMS."""

from collections.abc import Mapping
from urllib.parse import quote

from course_discovery.clients.call import Call
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.payload import json_payload
from course_discovery.clients.session import ServiceSession


def put_organization(
    api_url: str,
    key: str,
    body: Mapping[str, object],
    *,
    session: ServiceSession,
    tokens: TokenSource,
    idempotency_key: str,
) -> None:
    """Make or replace the organization with this key.

    `api_url` is the root of the API (`https://lms.example.com/api/organizations/v0`), with or
    without trailing slash. Raises `ClientError`, whose `answer` is what the LMS said.
    """
    url = f"{api_url.rstrip('/')}/organizations/{quote(key, safe='')}/"
    payload = json_payload(body)
    session.send(
        Call(url, authorizer=tokens, verb="PUT", payload=payload, idempotency_key=idempotency_key)
    )
