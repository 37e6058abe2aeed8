import threading

import jwt
import pytest

from course_discovery.clients.errors import BadAnswer, Refused, ServerFault
from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime
from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    json_answer,
)

PATH = "/oauth2/access_token"


def signed(number: int = 1, **claims: object) -> str:
    payload = {"preferred_username": "catalog_worker", "n": number, "exp": 1000, **claims}
    return jwt.encode(payload, "a secret of the platform, long enough", algorithm="HS256")


def token_answer(token: str, kind: str = "JWT", **more: object) -> Answer:
    return json_answer({"access_token": token, "token_type": kind, "expires_in": 3600, **more})


def test_token_is_asked_with_client_credentials(
    server: ScriptedServer, tokens: TokenSource
) -> None:
    server.queue(PATH, token_answer(signed()))
    assert tokens.header() == f"JWT {signed()}"
    (request,) = server.requests
    assert request.method == "POST"
    assert request.form == {
        "grant_type": "client_credentials",
        "client_id": "catalog-key",
        "client_secret": "catalog-secret",
        "token_type": "jwt",
    }


def test_trailing_slash_of_the_provider_does_not_matter(
    server: ScriptedServer, session: ServiceSession
) -> None:
    server.queue(PATH, token_answer(signed()))
    source = TokenSource(f"{server.url}/oauth2/", "k", "s", session=session, cache=TokenCache())
    assert source.header()


def test_opaque_token_goes_as_bearer_and_names_nobody(
    server: ScriptedServer, tokens: TokenSource
) -> None:
    server.queue(PATH, token_answer("q7Zk2mPz0dLr5V", "bearer"))
    assert tokens.header() == "Bearer q7Zk2mPz0dLr5V"
    assert tokens.preferred_username() is None


def test_username_is_read_without_the_key(server: ScriptedServer, tokens: TokenSource) -> None:
    server.queue(PATH, token_answer(signed()))
    assert tokens.preferred_username() == "catalog_worker"


@pytest.mark.parametrize("name", [None, "", 7, ["x"]])
def test_username_that_is_none_is_none(
    server: ScriptedServer, tokens: TokenSource, name: object
) -> None:
    server.queue(PATH, token_answer(signed(preferred_username=name)))
    assert tokens.preferred_username() is None


def test_token_is_kept_until_five_seconds_before_it_expires(
    server: ScriptedServer, tokens: TokenSource, fake_time: FakeTime
) -> None:
    server.queue(PATH, token_answer(signed(1)), token_answer(signed(2)))
    assert tokens.header() == f"JWT {signed(1)}"
    fake_time.pass_seconds(3594.9)
    assert tokens.header() == f"JWT {signed(1)}"
    fake_time.pass_seconds(0.1)
    assert tokens.header() == f"JWT {signed(2)}"
    assert len(server.requests) == 2


def test_token_without_a_lifetime_is_kept_for_some_minutes(
    server: ScriptedServer, tokens: TokenSource, fake_time: FakeTime
) -> None:
    answer = json_answer({"access_token": signed(), "token_type": "JWT"})
    server.queue(PATH, answer)
    tokens.header()
    fake_time.pass_seconds(290)
    tokens.header()
    assert len(server.requests) == 1
    fake_time.pass_seconds(10)
    tokens.header()
    assert len(server.requests) == 2


def test_token_is_shared_by_address_and_credentials(
    server: ScriptedServer, session: ServiceSession
) -> None:
    cache = TokenCache()

    def source(client_id: str, secret: str) -> TokenSource:
        return TokenSource(f"{server.url}/oauth2", client_id, secret, session=session, cache=cache)

    server.queue(PATH, token_answer(signed()))
    source("a", "right").header()
    source("a", "right").header()
    assert len(server.requests) == 1
    source("a", "wrong").header()
    source("b", "right").header()
    assert len(server.requests) == 3


def test_threads_wait_for_one_token_request(server: ScriptedServer, tokens: TokenSource) -> None:
    go_on = threading.Event()

    def respond(request: Request) -> Answer:
        go_on.wait(5)
        return token_answer(signed(len(server.requests)))

    server.on(PATH, respond)
    headers: list[str] = []
    threads = [threading.Thread(target=lambda: headers.append(tokens.header())) for _ in range(8)]
    for thread in threads:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join()
    assert headers == [f"JWT {signed(1)}"] * 8
    assert len(server.requests) == 1


def test_refused_token_is_renewed_once(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource
) -> None:
    server.queue(PATH, token_answer(signed(1)), token_answer(signed(2)))
    url = server.queue("/x", json_answer({}, 401), json_answer(["rows"]))
    assert session.get_json(url, authorizer=tokens) == ["rows"]
    sent = [request.headers["authorization"] for request in server.asked("/x")]
    assert sent == [f"JWT {signed(1)}", f"JWT {signed(2)}"]


def test_second_refusal_is_final(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource, fake_time: FakeTime
) -> None:
    server.queue(PATH, token_answer(signed(1)), token_answer(signed(2)))
    url = server.queue("/x", json_answer({}, 401))
    with pytest.raises(Refused, match="not authenticated"):
        session.get_json(url, authorizer=tokens)
    assert len(server.asked("/x")) == 2
    assert fake_time.sleeps == []


def test_renewal_keeps_a_token_that_another_thread_renewed(
    server: ScriptedServer, tokens: TokenSource
) -> None:
    server.queue(PATH, token_answer(signed(1)), token_answer(signed(2)), token_answer(signed(3)))
    first = tokens.header()
    second = tokens.renew(first)
    assert tokens.renew(first) == second == f"JWT {signed(2)}"
    assert len(server.requests) == 2


def test_unknown_client_is_refused_with_the_machine_word(
    server: ScriptedServer, tokens: TokenSource
) -> None:
    server.queue(PATH, json_answer({"error": "invalid_client"}, 401))
    with pytest.raises(Refused, match="invalid_client") as caught:
        tokens.header()
    assert "catalog-secret" not in repr(caught.value)
    assert len(server.requests) == 1


def test_failing_token_endpoint_is_not_tried_again_by_the_call(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource
) -> None:
    server.queue(PATH, json_answer({}, 503))
    with pytest.raises(ServerFault):
        session.get_json(server.queue("/x", json_answer([])), authorizer=tokens)
    assert len(server.asked(PATH)) == 4
    assert server.asked("/x") == []


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ([], "object"),
        ({}, "access_token"),
        ({"access_token": "", "token_type": "JWT"}, "access_token"),
        ({"access_token": "a\r\nX-Evil: 1", "token_type": "JWT"}, "access_token"),
        ({"access_token": 7, "token_type": "JWT"}, "access_token"),
        ({"access_token": "a"}, "token_type"),
        ({"access_token": "a", "token_type": "mac"}, "token_type"),
        ({"access_token": "a", "token_type": "JWT", "expires_in": "soon"}, "expires_in"),
        ({"access_token": "a", "token_type": "JWT", "expires_in": True}, "expires_in"),
        ({"access_token": "a", "token_type": "JWT", "expires_in": 0}, "expires_in"),
        ({"access_token": "a", "token_type": "JWT", "expires_in": None}, "expires_in"),
    ],
)
def test_token_answer_of_a_wrong_shape_names_the_key(
    server: ScriptedServer, tokens: TokenSource, body: object, key: str
) -> None:
    server.queue(PATH, json_answer(body))
    with pytest.raises(BadAnswer, match=key):
        tokens.header()
