"""The stand-ins against recorded exchanges, from the folder in REFERENCE_DIR."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from course_discovery.clients.tests.scripted_server import Request
from course_discovery.clients.tests.standins.platform import (
    CLIENT_ID,
    CLIENT_SECRET,
    TOKEN,
    StandInPlatform,
)
from course_discovery.clients.tests.test_contract import recorded

# Calls that this service never makes; the stand-ins note them.
NEVER_SENT = {
    "ecommerce_publication.json": {
        "entitlement sent without the course uuid",
        "unknown product class",
        "seat without id_verification_required",
        "uuid and run key malformed, name missing",
    },
    "studio_course_runs.json": {"create: required keys missing"},
    "organizations_push.json": {
        "short_name used by another row", "active may not be sent", "partial update",
    },
}  # fmt: skip
# What the other side is like then: a trouble or a state, which other tests make.
OTHERWISE = {
    "caller is not staff", "token not accepted",
    "proxy in front of the shop fails, body is no JSON",
    "the platform refused the modes: nothing is kept", "publishing is switched off in the shop",
    "update or rerun: run unknown to Studio",
}  # fmt: skip


@pytest.fixture
def platform() -> Iterator[StandInPlatform]:
    made = StandInPlatform()
    made.studio.has("course-v1:NorthU+LRT900+1T2027")
    yield made
    made.close()


def play(platform: StandInPlatform, case: dict[str, Any]) -> tuple[int, Any]:
    """Hand a recorded request to the platform, with a token of its own."""
    told = {
        "grant_type": "client_credentials",
        "token_type": "jwt",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    token = json.loads(platform.answer_to(Request("POST", TOKEN, {}, {}, told)).body)
    request = case["request"]
    headers = {
        "authorization": f"JWT {token['access_token']}",
        "idempotency-key": str(uuid4()),
        "content-type": request["headers"].get("Content-Type", ""),
    }
    body = b"" if request["method"] == "GET" else json.dumps(request["body"]).encode()
    answer = platform.answer_to(
        Request(request["method"], request["path"], request["query"], headers, {}, body)
    )
    return answer.status, json.loads(answer.body)


def shape(value: Any) -> Any:
    """Keys without values."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value[:1]] if isinstance(value, list) else None


@pytest.mark.parametrize("name", ["studio_course_runs.json", "ecommerce_publication.json"])
def test_recorded_requests_get_the_recorded_answers(platform: StandInPlatform, name: str) -> None:
    for case_name, case in recorded(name).items():
        if case_name in OTHERWISE or "files" in case["request"]:
            continue
        if "unknown to Studio" in case_name:
            platform.studio.people = {"maria.editor", "li.coordinator"}
        before = len(platform.broken)
        status, body = play(platform, case)
        platform.studio.people = None
        never_sent = case_name in NEVER_SENT[name]
        assert (len(platform.broken) > before) is never_sent, case_name
        if never_sent:
            continue
        assert status == case["response"]["status"], case_name
        if status < 300:
            wanted = shape(case["response"]["body"])
            assert wanted.keys() <= shape(body).keys(), case_name


def test_recorded_organizations_and_modes(platform: StandInPlatform) -> None:
    name = "organizations_push.json"
    for case_name, case in recorded(name).items():
        if case_name in NEVER_SENT[name] or case_name in OTHERWISE:
            continue
        status, _body = play(platform, case)
        assert status == case["response"]["status"], case_name
    assert platform.broken == []
    cases = recorded("lms_course_modes.json")
    status, body = play(platform, cases["push of a track without a seat, as the catalog sends it"])
    assert status == 201
    wanted = cases["push of a track without a seat, as the catalog sends it"]["response"]["body"]
    assert body == wanted
    assert platform.broken == []
