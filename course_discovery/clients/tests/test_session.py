import gzip
import pickle
import socket
import threading

import pytest

from course_discovery.clients.call import Call
from course_discovery.clients.errors import (
    BadAnswer,
    ClientError,
    Refused,
    ServerFault,
    ShortFetch,
    Unreachable,
    shown_url,
)
from course_discovery.clients.retry import Clock, RetryPolicy
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import Bearer, FakeTime, MakeSession
from course_discovery.clients.tests.scripted_server import (
    Answer,
    ScriptedServer,
    gzip_answer,
    html_answer,
    json_answer,
)

JSON = {"Content-Type": "application/json"}


def redirect(target: str, status: int = 302) -> Answer:
    return Answer(status, b"", {"Location": target})


def test_get_sends_query_accept_and_user_agent(
    server: ScriptedServer, session: ServiceSession
) -> None:
    url = server.queue("/x", json_answer({"a": [1, None]}))
    assert session.get_json(url, params={"q": "a b&c"}) == {"a": [1, None]}
    (request,) = server.requests
    assert request.query == {"q": "a b&c"}
    assert request.headers["user-agent"].startswith("course-discovery")
    assert request.headers["accept"] == "application/json"
    assert "authorization" not in request.headers


def test_json_is_read_by_any_json_content_type(
    server: ScriptedServer, session: ServiceSession
) -> None:
    headers = {"Content-Type": "Application/Problem+JSON; charset=utf-8"}
    assert session.get_json(server.queue("/x", Answer(200, b"[1]", headers))) == [1]


def test_gzip_is_unpacked(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue("/x", gzip_answer(b'{"a": "%s"}' % (b"b" * 200_000), "application/json"))
    assert session.get_json(url) == {"a": "b" * 200_000}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"{}", {"Content-Type": "text/plain"}),
        Answer(200, b"{}"),
        Answer(204),
        Answer(200, b"", JSON),
        Answer(200, b"{'a': 1}", JSON),
        Answer(200, b'{"a": NaN}', JSON),
        Answer(200, b"[" * 100_000, JSON),
        Answer(200, b'"\xff"', JSON),
        Answer(200, b'{"a": 1}', {**JSON, "Content-Encoding": "gzip"}),
        Answer(200, b'{"a": 1}', {**JSON, "Content-Encoding": "br"}),
        Answer(304),
    ],
)
def test_anything_but_json_is_a_bad_answer(
    server: ScriptedServer, session: ServiceSession, answer: Answer
) -> None:
    with pytest.raises(BadAnswer) as caught:
        session.get_json(server.queue("/x", answer))
    assert caught.value.status == answer.status


@pytest.mark.parametrize(("status", "kind"), [(200, BadAnswer), (403, Refused), (500, ServerFault)])
def test_html_page_is_named_by_its_title_only(
    server: ScriptedServer, session: ServiceSession, status: int, kind: type[ClientError]
) -> None:
    url = server.queue("/x", html_answer("  Sign&nbsp;in\n or\x07 " + "register " * 30, status))
    with pytest.raises(kind) as caught:
        session.get_json(url)
    assert caught.value.status == status
    assert "Sign in or register" in str(caught.value)
    assert "secret text" not in str(caught.value)
    assert len(caught.value.reason) < 120


def test_page_without_title_is_named_too(server: ScriptedServer, session: ServiceSession) -> None:
    page = Answer(200, b"<title" * 5000, {"Content-Type": "text/html"})
    with pytest.raises(BadAnswer, match="title: ''"):
        session.get_json(server.queue("/x", page))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"error": "invalid_scope"}', "invalid_scope"),
        (b'{"error": "Traceback: password=x"}', "the service told no reason"),
        (b'{"error": ["x"]}', "the service told no reason"),
        (b"[1]", "the service told no reason"),
        (b"{", "unreadable error"),
    ],
)
def test_refusal_quotes_machine_words_only(
    server: ScriptedServer, session: ServiceSession, body: bytes, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        session.get_json(server.queue("/x", Answer(400, body, JSON)))
    assert caught.value.reason == reason


def test_error_body_that_breaks_still_tells_its_status(
    server: ScriptedServer, session: ServiceSession
) -> None:
    url = server.queue("/x", Answer(403, b'{"error": "invalid_scope"}', JSON, fault="short"))
    with pytest.raises(Refused, match="HTTP 403"):
        session.get_json(url)


def test_answer_above_the_cap_is_refused_by_its_length(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    answer = Answer(200, b"[" + b" " * 1500 + b"]", JSON, fault="stall")
    with pytest.raises(BadAnswer, match="more than 1000 bytes"):
        make_session(max_bytes=1000).get_json(server.queue("/x", answer))


@pytest.mark.parametrize("fault", ["close", ""])
def test_answer_above_the_cap_is_cut_while_it_is_unpacked(
    server: ScriptedServer, make_session: MakeSession, fault: str
) -> None:
    bomb = gzip_answer(b"[" + b" " * 30_000_000 + b"]", "application/json", fault)
    assert len(bomb.body) < 50_000
    with pytest.raises(BadAnswer, match="more than 100000 bytes"):
        make_session(max_bytes=100_000).get_json(server.queue("/x", bomb))


def test_truncated_gzip_is_no_whole_answer(server: ScriptedServer, session: ServiceSession) -> None:
    packed = gzip.compress(b'{"a": 1}')
    headers = {**JSON, "Content-Encoding": "gzip"}
    url = server.queue("/x", Answer(200, packed[:-9], headers, fault="close"))
    with pytest.raises(Unreachable, match="ends too early"):
        session.get_json(url)


def test_silence_inside_an_answer_ends_at_the_read_timeout(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    url = server.queue("/x", Answer(200, b'{"a": 1}', JSON, fault="stall"))
    session = make_session(read_timeout=0.15, policy=RetryPolicy(tries=1))
    with pytest.raises(Unreachable, match="silence"):
        session.get_json(url)


def test_answer_that_drips_ends_at_the_budget(
    server: ScriptedServer, make_session: MakeSession, fake_time: FakeTime
) -> None:
    clock = Clock(lambda: 301.0 if server.requests else 0.0, fake_time.now, fake_time.sleep)
    url = server.queue("/x", json_answer({}))
    with pytest.raises(Unreachable, match="took too long"):
        make_session(clock=clock).get_json(url)


def test_closed_port_is_unreachable(make_session: MakeSession, fake_time: FakeTime) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/x?key=hidden"
        with pytest.raises(Unreachable) as caught:
            make_session().get_json(url)
    assert caught.value.reason == "connection refused or no route"
    assert caught.value.status is None
    assert caught.value.__context__ is None
    assert fake_time.sleeps == [1.0, 2.0, 4.0]


def test_service_without_tls_is_unreachable(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    session = make_session(policy=RetryPolicy(tries=1))
    with pytest.raises(Unreachable, match="TLS"):
        session.get_json(server.url.replace("http:", "https:") + "/x")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "http://",
        "http://[::1/x",
        "http://127.0.0.1:99999/x",
        "http://127.0.0.1:x/",
        "http://.../x",
        "http://" + "a" * 80 + ".example.com/x",
    ],
)
def test_address_that_is_none_is_named(session: ServiceSession, url: str) -> None:
    with pytest.raises(ClientError) as caught:
        session.get_json(url)
    assert type(caught.value) is ClientError


def test_redirect_keeps_the_token_on_its_origin(
    server: ScriptedServer, session: ServiceSession
) -> None:
    server.queue("/y", json_answer([2]))
    url = server.queue("/x", redirect("/y?page=2"))
    assert session.get_json(url, authorizer=Bearer()) == [2]
    assert server.requests[1].headers["authorization"] == "Bearer t0ken"
    assert server.requests[1].query == {"page": "2"}


def test_redirect_to_another_origin_loses_the_token_for_good(
    server: ScriptedServer, other_server: ScriptedServer, session: ServiceSession
) -> None:
    url = server.queue("/x", redirect(other_server.queue("/y", redirect(server.url + "/z"))))
    server.queue("/z", json_answer([3]))
    assert session.get_json(url, authorizer=Bearer()) == [3]
    assert "authorization" in server.asked("/x")[0].headers
    assert "authorization" not in other_server.requests[0].headers
    assert "authorization" not in server.asked("/z")[0].headers


def test_redirect_whose_host_only_looks_like_home_loses_the_token(
    server: ScriptedServer, other_server: ScriptedServer, session: ServiceSession
) -> None:
    crafted = f"{other_server.url}\\@{server.url.removeprefix('http://')}/z"
    with pytest.raises(ClientError):
        session.get_json(server.queue("/x", redirect(crafted)), authorizer=Bearer())
    assert len(server.requests) == 1
    assert "authorization" in server.requests[0].headers
    assert [each.headers.get("authorization") for each in other_server.requests] == [None]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[/x", "ftp://127.0.0.1/"])
def test_redirect_to_nowhere_is_named(
    server: ScriptedServer, session: ServiceSession, target: str
) -> None:
    with pytest.raises(ClientError):
        session.get_json(server.queue("/x", redirect(target)))
    assert len(server.requests) == 1


def test_redirects_without_end_are_cut(server: ScriptedServer, session: ServiceSession) -> None:
    with pytest.raises(BadAnswer, match="more than 5 redirects"):
        session.get_json(server.queue("/x", redirect("/x")))
    assert len(server.requests) == 6


def test_post_is_never_redirected(
    server: ScriptedServer, other_server: ScriptedServer, session: ServiceSession
) -> None:
    url = server.queue("/x", redirect(other_server.url + "/y", 307))
    with pytest.raises(BadAnswer, match="redirect of a POST"):
        session.post_form(url, {"client_secret": "hidden"})
    assert other_server.requests == []


def test_post_sends_form_fields(server: ScriptedServer, session: ServiceSession) -> None:
    assert session.post_form(server.queue("/x", json_answer({})), {"a": "b c", "d": "é"}) == {}
    assert server.requests[0].form == {"a": "b c", "d": "é"}
    assert server.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_cookies_are_not_kept(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue("/x", json_answer([], Set_Cookie="sessionid=1; Path=/"))
    session.get_json(url)
    session.get_json(url)
    assert "cookie" not in server.requests[1].headers


def test_netrc_is_not_read(
    server: ScriptedServer,
    session: ServiceSession,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login alice password hidden\n")
    monkeypatch.setenv("NETRC", str(netrc))
    session.get_json(server.queue("/x", json_answer([])), authorizer=Bearer())
    session.get_json(server.url + "/x")
    assert server.requests[0].headers["authorization"] == "Bearer t0ken"
    assert "authorization" not in server.requests[1].headers


def test_certificate_setting_that_leads_nowhere_is_named(
    session: ServiceSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/does/not/exist.pem")
    with pytest.raises(ClientError, match="certificate settings"):
        session.get_json("https://127.0.0.1:1/x")


def test_session_is_shared_by_threads(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.on("/x", lambda request: json_answer(request.query["n"]))
    results: dict[int, object] = {}

    def ask(number: int) -> None:
        results[number] = session.get_json(url, params={"n": str(number)})

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: str(number) for number in range(16)}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://alice:pw@lms.example.com/a/?page=2&sig=abc#f",
            "https://lms.example.com/a/?page=2&sig=***",
        ),
        ("http://h/a\nb", "http://h/ab"),
        ("http://[::1/x", "(malformed address)"),
        ("", ""),
    ],
)
def test_shown_url_has_no_secrets(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_errors_show_and_carry_no_secret(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue("/x", json_answer({}, 400))
    with pytest.raises(Refused) as caught:
        session.get_json(url, params={"username": "alice", "page": "2"})
    assert caught.value.url == f"{server.url}/x?username=***&page=2"
    assert "alice" not in repr(caught.value)
    assert str(caught.value).startswith(f"GET {server.url}/x?username=***&page=2: HTTP 400, ")


def test_call_does_not_show_its_form() -> None:
    assert "hidden" not in repr(Call("http://h/x", form={"client_secret": "hidden"}))


def test_errors_survive_another_process() -> None:
    short = ShortFetch("GET", "http://h/x", "cut", 200, 3, 9)
    copy = pickle.loads(pickle.dumps(short))
    assert str(copy) == str(short) == "GET http://h/x: HTTP 200, cut (seen 3 of 9 announced)"
    assert (copy.seen, copy.announced, copy.status) == (3, 9, 200)
