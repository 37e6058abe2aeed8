import pytest

from course_discovery.clients.call import Call
from course_discovery.clients.errors import ClientError, Refused, Unreachable
from course_discovery.clients.feed import fetch_image
from course_discovery.clients.reach import check_reach
from course_discovery.clients.retry import RetryPolicy
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import MakeSession
from course_discovery.clients.tests.scripted_server import (
    Answer,
    ScriptedServer,
    html_answer,
    json_answer,
)

PICTURE = Answer(200, b"x", {"Content-Type": "image/png"})
NOT_PUBLIC = "not public"


def redirect(target: str) -> Answer:
    return Answer(302, b"", {"Location": target})


@pytest.mark.parametrize("feed_url", ["", "http://[/x", "https://feed.example.com/feed"])
def test_picture_on_loopback_is_not_asked_for(
    server: ScriptedServer, session: ServiceSession, feed_url: str
) -> None:
    with pytest.raises(ClientError, match=NOT_PUBLIC):
        fetch_image(server.queue("/a.png", PICTURE), feed_url=feed_url, session=session)
    assert server.requests == []


def test_port_beside_that_of_the_feed_is_not_asked(
    server: ScriptedServer, other_server: ScriptedServer, session: ServiceSession
) -> None:
    with pytest.raises(ClientError, match=NOT_PUBLIC):
        fetch_image(other_server.queue("/a.png", PICTURE), feed_url=server.url, session=session)
    assert other_server.requests == []


def test_redirect_may_stay_at_the_feed_but_not_lead_inside(
    server: ScriptedServer, other_server: ScriptedServer, session: ServiceSession
) -> None:
    server.queue("/b.png", PICTURE)
    near = server.queue("/a.png", redirect("/b.png"))
    assert fetch_image(near, feed_url=server.url, session=session)[0] == b"x"
    far = server.queue("/c.png", redirect(other_server.queue("/x", PICTURE)))
    with pytest.raises(ClientError, match=NOT_PUBLIC):
        fetch_image(far, feed_url=server.url, session=session)
    assert other_server.requests == []


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.1", "0x7f.0.0.1", "2130706433", "0.0.0.0", "10.0.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "user@127.0.0.1", r"127.0.0.1\@8.8.8.8",
    ],
)  # fmt: skip
def test_inner_address_is_refused_however_it_is_written(session: ServiceSession, host: str) -> None:
    with pytest.raises(ClientError, match=NOT_PUBLIC):
        fetch_image(f"http://{host}:9/a.png", session=session)


@pytest.mark.parametrize("url", ["http://8.8.8.8/", "https://[2606:4700::1111]:8443/x"])
def test_public_address_may_be_asked(url: str) -> None:
    check_reach(Call(url, told_by=""), url)


def test_host_without_address_is_unreachable() -> None:
    url = f"http://{'a' * 80}.invalid/"
    with pytest.raises(Unreachable, match="host name not known"):
        check_reach(Call(url, told_by=""), url)


@pytest.mark.parametrize("status", [404, 500])
@pytest.mark.parametrize(
    "page", [html_answer("Inner secrets"), json_answer({"error": "inner_secrets"})]
)
def test_failure_repeats_nothing_of_the_page(
    server: ScriptedServer, make_session: MakeSession, status: int, page: Answer
) -> None:
    url = server.queue("/a.png", Answer(status, page.body, page.headers))
    session = make_session(policy=RetryPolicy(tries=1))
    with pytest.raises(ClientError, match=f"HTTP {status}") as caught:
        fetch_image(url, feed_url=server.url, session=session)
    assert "secrets" not in str(caught.value)


def test_address_that_the_operator_set_may_be_inside(
    server: ScriptedServer, session: ServiceSession
) -> None:
    url = server.queue("/x", html_answer("Wrong page", 404))
    with pytest.raises(Refused, match="Wrong page"):
        session.get_json(url)
