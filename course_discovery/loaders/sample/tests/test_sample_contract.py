"""The sample platform beside recorded answers of a real one: same status, headers, keys, types."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jwt
import pytest

from course_discovery.loaders.sample.catalog import Catalog
from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.tests.browser import SERVICE, Browser, Reply
from course_discovery.loaders.sample.tests.conftest import FIRST_START

REFERENCE = os.environ.get("REFERENCE_DIR")
pytestmark = pytest.mark.skipif(not REFERENCE, reason="REFERENCE_DIR is not set")

COURSES = "/api/courses/v1/courses/"
LEFT_OUT = {  # writing of modes, and an older form of their price
    "push of a track without a seat, as the catalog sends it",
    "required keys missing",
    "update, never sent by the original catalog",
    "update of a fixed key",
    "update with plain JSON content type",
    "removal, never sent by the original catalog",
    "history of the platform also has a decimal form of the price",
}
NORMAL = "the normal case"
FREE = {"expiration_datetime": None, "description": None, "sku": None, "bulk_sku": None}
PAID = {"expiration_datetime": "", "sku": "", "bulk_sku": ""}
MODE_KINDS = ([FREE], FREE, [PAID], PAID)  # optional keys are null when unset

Record = Mapping[str, Any]


def records(file: str) -> dict[str, Record]:
    """Every recorded exchange of a file by its name."""
    if not REFERENCE:
        return {}
    whole = json.loads((Path(REFERENCE) / "contract/upstream" / file).read_text(encoding="utf-8"))
    return {NORMAL: whole, **{record["name"]: record for record in whole.get("more", [])}}


def shape(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every place of a JSON value with the type found there; the rows of a list are one place."""
    yield where, type(value).__name__
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from shape(inner, f"{where}.{key}")
    if isinstance(value, list):
        for inner in value:
            yield from shape(inner, f"{where}[]")


def shapes(*values: Any) -> set[tuple[str, str]]:
    return {pair for value in values for pair in shape(value)}


def assert_same_answer(reply: Reply, record: Record, known: set[tuple[str, str]]) -> None:
    """Same status and headers; every place and type of the answer has been recorded somewhere."""
    wanted = record["response"]
    assert reply.status == wanted["status"]
    for name, value in wanted["headers"].items():
        assert reply.headers[name] == value
    served = shapes(reply.json)
    assert served <= known
    assert {place for place, _ in served} == {place for place, _ in shapes(wanted["body"])}


@pytest.fixture
def limited(state: Path) -> Iterator[Browser]:
    with SampleServer(state, options=Options(calls_per_minute=1)) as running:
        yield Browser(running.base_url)


@pytest.fixture
def deserted(state: Path) -> Iterator[Browser]:
    with SampleServer(state) as running:
        running.site.catalog = Catalog((), (), (), (), ())
        yield Browser(running.base_url)


@pytest.mark.parametrize("name", records("token.json"))
def test_token_answers_as_recorded(browser: Browser, name: str) -> None:
    record = records("token.json")[name]
    request, wanted = record["request"], record["response"]
    for path in (request["path"], f"{request['path']}/"):
        reply = browser.ask_token(request["form"], request["headers"], path)
        assert reply.status == wanted["status"]
        assert reply.headers["Content-Type"] == wanted["headers"]["Content-Type"]
        body = {**wanted["body"]}
        if "access_token" in body:
            assert len(reply.json["access_token"]) >= 30
            body["access_token"] = reply.json["access_token"]
        assert reply.json == body


def test_service_token_has_the_recorded_claims(browser: Browser, server: SampleServer) -> None:
    recorded = records("jwt_claims.json")[NORMAL]["response"]["claims"]
    token = browser.ask_token(SERVICE).json["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert list(claims) == list(recorded)
    own = {"exp": claims["exp"], "iat": claims["iat"], "iss": claims["iss"], "sub": claims["sub"]}
    assert claims == {**recorded, **own}
    assert claims["iat"] == int(FIRST_START.timestamp())
    assert claims["exp"] - claims["iat"] == recorded["exp"] - recorded["iat"]
    assert claims["iss"] == server.options.issuer
    assert re.fullmatch("[0-9a-f]{32}", claims["sub"])


def test_person_token_has_the_recorded_claims(learner: str) -> None:
    recorded = next(
        record["response"]
        for record in records("jwt_claims.json").values()
        if record["response"].get("claims", {}).get("grant_type") == "password"
    )
    token = learner.removeprefix("JWT ")
    claims = jwt.decode(token, options={"verify_signature": False})
    wanted = {name: value for name, value in recorded["claims"].items() if name != "roles"}
    assert shapes(claims) == shapes(wanted)
    assert claims["scopes"] == wanted["scopes"]
    assert jwt.get_unverified_header(token)["alg"] == recorded["jose_header"]["alg"]


@pytest.mark.parametrize("name", records("lms_courses.json"))
def test_course_list_answers_as_recorded(
    request: pytest.FixtureRequest, browser: Browser, service: str, learner: str, name: str
) -> None:
    record = records("lms_courses.json")[name]
    known = shapes(*(other["response"]["body"] for other in records("lms_courses.json").values()))
    sent, token = record["request"], service
    query = dict(sent["query"])
    if name.startswith("page that has vanished"):
        query["page"] = "999"
    if name.startswith("token missing"):
        token = sent["headers"]["Authorization"]
    if name.endswith("caller is not staff"):
        token = learner
    if name == "empty platform":
        browser = request.getfixturevalue("deserted")
        token = browser.service_token()
    if name == "over the rate limit":
        browser = request.getfixturevalue("limited")
        token = browser.service_token()
        browser.get(sent["path"], token)
    reply = browser.get(sent["path"], token, **query)
    assert_same_answer(reply, record, known)


def test_course_list_shows_every_recorded_variant(browser: Browser, service: str) -> None:
    rows = [
        row
        for record in records("lms_courses.json").values()
        for row in record["response"]["body"].get("results", [])
    ]
    served = browser.all_runs(service, username="catalog_worker")
    assert shapes(served) == shapes(rows)
    for name in ("start_type", "pacing", "hidden", "invitation_only", "mobile_available"):
        assert {row[name] for row in served} == {row[name] for row in rows}, name
    assert [list(row) for row in served] == [list(rows[0])] * len(served)
    assert "" in {row["effort"] for row in served}
    assert {row["start"] for row in served if row["start_type"] == "empty"} == {
        row["start"] for row in rows if row["start_type"] == "empty"
    }


@pytest.mark.parametrize("name", [NORMAL, "second and last page"])
def test_course_list_links_as_recorded(browser: Browser, service: str, name: str) -> None:
    record = records("lms_courses.json")[name]
    reply = browser.get(COURSES, service, **record["request"]["query"])
    recorded = record["response"]["body"]["pagination"]
    for link in ("next", "previous"):
        if recorded[link] is not None:
            wanted = recorded[link].replace("https://lms.example.com", browser.base_url)
            assert reply.json["pagination"][link] == wanted


@pytest.mark.parametrize("name", sorted(set(records("lms_course_modes.json")) - LEFT_OUT))
def test_course_modes_answer_as_recorded(
    browser: Browser, server: SampleServer, service: str, learner: str, name: str
) -> None:
    record = records("lms_course_modes.json")[name]
    known = shapes(record["response"]["body"], *MODE_KINDS)
    key = next(
        run.key
        for run in server.site.catalog.lms_runs
        if [mode.slug for mode in run.modes] == ["audit", "verified"] and run.end
    )
    path = record["request"]["path"].replace("course-v1:NorthU+PHY101+1T2027", key)
    token = learner if name == "caller is not staff" else service
    assert_same_answer(browser.get(path, token), record, known)


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_what_is_left_out_has_been_recorded(name: str) -> None:
    assert name in records("lms_course_modes.json")
