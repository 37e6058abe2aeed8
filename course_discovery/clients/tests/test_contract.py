"""The clients against recorded answers of a platform, from the folder in REFERENCE_DIR."""

import json
import os
from pathlib import Path
from typing import Any

import jwt
import pytest

from course_discovery.clients.errors import Refused, ShortFetch, Throttled
from course_discovery.clients.lms import LmsClient
from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer, json_answer

TOKEN = jwt.encode(
    {"preferred_username": "catalog_worker"}, "a secret of the platform, long enough"
)
COURSES = "/api/courses/v1/courses/"


def recorded(name: str) -> dict[str, Any]:
    """Recorded exchanges by their name; the normal case is `""`."""
    folder = os.environ.get("REFERENCE_DIR")
    if not folder:
        pytest.skip("REFERENCE_DIR is not set")
    document = json.loads((Path(folder) / "contract/upstream" / name).read_text())
    return {"": document, **{case["name"]: case for case in document["more"]}}


def answer_of(case: dict[str, Any]) -> Answer:
    response = case["response"]
    return json_answer(response["body"], response["status"])


def tell_token(server: ScriptedServer) -> None:
    token = {"access_token": TOKEN, "token_type": "JWT", "expires_in": 3600}
    server.queue("/oauth2/access_token", json_answer(token))


@pytest.fixture
def lms(server: ScriptedServer, session: ServiceSession, tokens: TokenSource) -> LmsClient:
    tell_token(server)
    root = f"{server.url}/api/courses/v1/"
    return LmsClient(root, lms_url=server.url, session=session, tokens=tokens)


def test_token_request_is_the_recorded_one(server: ScriptedServer, session: ServiceSession) -> None:
    case = recorded("token.json")[""]
    form = case["request"]["form"]
    path = case["request"]["path"]
    server.queue(path, json_answer({**case["response"]["body"], "access_token": TOKEN}))
    url = server.url + path.removesuffix("/access_token")
    source = TokenSource(
        url, form["client_id"], form["client_secret"], session=session, cache=TokenCache()
    )
    assert source.header() == f"JWT {TOKEN}"
    assert server.requests[0].form == form


def test_course_list_is_read_to_its_end(server: ScriptedServer, lms: LmsClient) -> None:
    cases = recorded("lms_courses.json")
    server.queue(COURSES, answer_of(cases[""]), answer_of(cases["second and last page"]))
    listing = lms.iter_courses(page_size=3, active_only=True)
    assert len(list(listing)) == listing.announced == 5
    assert server.asked(COURSES)[0].query == cases[""]["request"]["query"]
    assert server.asked(COURSES)[1].query == cases["second and last page"]["request"]["query"]


def test_recorded_errors_of_the_course_list(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource
) -> None:
    tell_token(server)
    cases = recorded("lms_courses.json")
    statuses = {
        name: case["response"]["status"]
        for name, case in cases.items()
        if case["response"]["status"] >= 400
    }
    assert len(statuses) >= 6
    for name, status in statuses.items():
        server.queue(f"/{status}{COURSES}", answer_of(cases[name]))
    for status in set(statuses.values()):
        client = LmsClient(
            f"{server.url}/{status}/api/courses/v1",
            session=session,
            tokens=tokens,
        )
        with pytest.raises(Throttled if status == 429 else Refused) as caught:
            list(client.iter_courses())
        assert caught.value.status == status


def test_vanished_page_is_the_recorded_end(
    server: ScriptedServer, lms: LmsClient, session: ServiceSession, tokens: TokenSource
) -> None:
    cases = recorded("lms_courses.json")
    gone = cases["page that has vanished because the estimated count shrank"]
    server.queue(COURSES, answer_of(cases[""]), answer_of(gone))
    assert len(list(lms.iter_courses(page_size=3))) == 3

    first = json.loads(json.dumps(cases[""]))
    first["response"]["body"]["pagination"]["count"] = 7
    server.queue("/far" + COURSES, answer_of(first), answer_of(gone))
    far = LmsClient(f"{server.url}/far/api/courses/v1", session=session, tokens=tokens)
    with pytest.raises(ShortFetch):
        list(far.iter_courses(page_size=3))


def test_recorded_course_modes_are_read(
    server: ScriptedServer, lms: LmsClient, session: ServiceSession, tokens: TokenSource
) -> None:
    cases = recorded("lms_course_modes.json")
    path = cases[""]["request"]["path"]
    server.queue(path, answer_of(cases[""]))
    key = path.removesuffix("/").rpartition("/")[2]
    audit, verified = lms.course_modes(key)
    assert (audit.slug, str(audit.price), audit.currency, audit.bulk_sku) == (
        "audit",
        "0",
        "USD",
        None,
    )
    assert (verified.slug, str(verified.price), verified.bulk_sku) == ("verified", "149", "9E27C55")
    assert verified.expiration is not None
    assert verified.expiration.isoformat() == "2027-05-18T23:59:59+00:00"

    decimal = cases["history of the platform also has a decimal form of the price"]
    rows = json_answer([decimal["response"]["body"]])
    other = LmsClient("", f"{server.url}/old", session=session, tokens=tokens)
    server.queue(f"/old/courses/{key}/", rows)
    assert other.course_modes(key)[0].price.is_zero()
