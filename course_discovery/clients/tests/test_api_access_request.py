from typing import Any

import pytest

from course_discovery.clients.api_access_request import (
    PATH,
    access_request_session,
    company_of_user,
    has_approved_access,
)
from course_discovery.clients.errors import BadAnswer, ClientError, Refused, ServerFault
from course_discovery.clients.oauth import TokenSource
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer, json_answer


@pytest.fixture(autouse=True)
def token(server: ScriptedServer) -> None:
    answer = {"access_token": "t0ken", "token_type": "JWT", "expires_in": 3600}
    server.queue("/oauth2/access_token", json_answer(answer))


def asked(server: ScriptedServer, session: ServiceSession, tokens: TokenSource) -> str | None:
    return company_of_user(f"{server.url}/", "maria", session=session, tokens=tokens)


@pytest.mark.parametrize(
    ("rows", "company"),
    [
        ([{"id": 1, "status": "approved", "company_name": " Example Inc "}], "Example Inc"),
        ([{"company_name": "First"}, {"company_name": "Second"}], "First"),
        ([{"company_name": ""}], None),
        ([{"company_name": None}], None),
        ([{}], None),
        ([], None),
    ],
)
def test_the_company_of_the_first_request(
    server: ScriptedServer,
    session: ServiceSession,
    tokens: TokenSource,
    rows: list[dict[str, Any]],
    company: str | None,
) -> None:
    server.queue(PATH, json_answer({"count": len(rows), "next": None, "results": rows}))
    assert asked(server, session, tokens) == company
    request = server.requests[-1]
    assert request.query == {"user__username": "maria"}
    assert request.headers["authorization"] == "JWT t0ken"


@pytest.mark.parametrize(
    ("rows", "approved"),
    [
        ([{"status": "approved"}], True),
        ([{"status": "pending"}, {"status": "approved"}], False),
        ([{"status": "denied"}], False),
        ([{"status": None}], False),
        ([{}], False),
        ([], False),
    ],
)
def test_whether_the_first_request_was_approved(
    server: ScriptedServer,
    session: ServiceSession,
    tokens: TokenSource,
    rows: list[dict[str, Any]],
    approved: bool,
) -> None:
    server.queue(PATH, json_answer({"results": rows}))
    url = f"{server.url}/"
    assert has_approved_access(url, "maria", session=session, tokens=tokens) is approved
    assert server.requests[-1].query == {"user__username": "maria"}


@pytest.mark.parametrize(
    "body", [[], "text", {"results": None}, {"results": {}}, {"results": [{"company_name": 7}]}]
)
def test_another_answer_is_an_error(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource, body: Any
) -> None:
    server.queue(PATH, json_answer(body))
    with pytest.raises(BadAnswer):
        asked(server, session, tokens)


@pytest.mark.parametrize(
    ("answer", "error"),
    [(json_answer({"detail": "no"}, 403), Refused), (json_answer({}, 500), ServerFault)],
)
def test_nobody_waits_for_a_second_try(
    server: ScriptedServer, tokens: TokenSource, answer: Answer, error: type[ClientError]
) -> None:
    server.queue(PATH, answer)
    with access_request_session() as session, pytest.raises(error):
        asked(server, session, tokens)
    assert [request.path for request in server.requests].count(PATH) == 1
