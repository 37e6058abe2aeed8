import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import jwt
import pytest

from course_discovery.clients.course_mode import CourseMode
from course_discovery.clients.errors import (
    BadAnswer,
    ClientError,
    Refused,
    ServerFault,
    ShortFetch,
    Throttled,
)
from course_discovery.clients.lms import LmsClient
from course_discovery.clients.oauth import TokenCache, TokenSource
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime, MakeSession
from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    html_answer,
    json_answer,
)

COURSES = "/api/courses/v1/courses/"
MODES = "/api/course_modes/v1/courses/"
KEY = "course-v1:NorthU+PHY101+1T2027"
TOKEN = jwt.encode(
    {"preferred_username": "catalog_worker"}, "a secret of the platform, long enough"
)


def tell_token(server: ScriptedServer, token: str = TOKEN, kind: str = "JWT") -> None:
    answer = {"access_token": token, "token_type": kind, "expires_in": 3600}
    server.queue("/oauth2/access_token", json_answer(answer))


@pytest.fixture
def lms(server: ScriptedServer, session: ServiceSession, tokens: TokenSource) -> LmsClient:
    tell_token(server)
    return LmsClient(
        f"{server.url}/api/courses/v1", lms_url=server.url, session=session, tokens=tokens
    )


def mode(run_key: str, slug: str = "audit", price: object = 0) -> dict[str, object]:
    return {
        "course_id": run_key,
        "mode_slug": slug,
        "mode_display_name": slug.title(),
        "min_price": price,
        "currency": "usd",
        "expiration_datetime": None,
        "sku": None,
        "bulk_sku": None,
    }


def audit(price: str = "0") -> CourseMode:
    return CourseMode("audit", "Audit", Decimal(price), "USD", None, None, None)


def serve_courses(server: ScriptedServer, total: int) -> None:
    """A course list of `total` rows that leads its `next` to a foreign host."""

    def respond(request: Request) -> Answer:
        number, size = int(request.query["page"]), int(request.query["page_size"])
        rows = [{"id": f"r{position}"} for position in range(total)][(number - 1) * size :][:size]
        following = "http://evil.example.com/?page=99" if number * size < total else None
        pagination = {"next": following, "count": total, "num_pages": -(-total // size)}
        return json_answer({"results": rows, "pagination": pagination})

    server.on(COURSES, respond)


def test_courses_are_read_page_by_page(server: ScriptedServer, lms: LmsClient) -> None:
    serve_courses(server, 5)
    listing = lms.iter_courses(page_size=2)
    assert [row["id"] for row in listing] == ["r0", "r1", "r2", "r3", "r4"]
    assert listing.complete
    asked = server.asked(COURSES)
    assert [request.query["page"] for request in asked] == ["1", "2", "3"]
    assert asked[0].query == {"page": "1", "page_size": "2", "username": "catalog_worker"}
    assert {request.headers["authorization"] for request in asked} == {f"JWT {TOKEN}"}


def test_active_only_is_asked_when_wanted(server: ScriptedServer, lms: LmsClient) -> None:
    serve_courses(server, 1)
    list(lms.iter_courses(active_only=True))
    assert server.asked(COURSES)[0].query["active_only"] == "True"
    assert server.asked(COURSES)[0].query["page_size"] == "50"


@pytest.mark.parametrize("username", ["configured_worker", None])
def test_opaque_token_sends_the_configured_name(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource, username: str | None
) -> None:
    tell_token(server, "q7Zk2mPz0dLr5V", "Bearer")
    serve_courses(server, 1)
    root = f"{server.url}/api/courses/v1/"
    client = LmsClient(root, session=session, tokens=tokens, username=username)
    list(client.iter_courses())
    (request,) = server.asked(COURSES)
    assert request.headers["authorization"] == "Bearer q7Zk2mPz0dLr5V"
    assert request.query.get("username") == username


def test_first_page_that_is_missing_is_refused(server: ScriptedServer, lms: LmsClient) -> None:
    server.queue(COURSES, json_answer({"developer_message": "No such user."}, 404))
    with pytest.raises(Refused, match="not found"):
        list(lms.iter_courses())


def test_page_that_vanished_is_the_end_or_a_short_fetch(
    server: ScriptedServer, lms: LmsClient
) -> None:
    def first(count: int) -> Answer:
        pagination = {"next": "http://lms/?page=2", "count": count, "num_pages": 2}
        return json_answer({"results": [{"id": "a"}, {"id": "b"}], "pagination": pagination})

    gone = json_answer({"developer_message": "No such page."}, 404)
    server.queue(COURSES, first(4), gone, first(9), gone)
    assert len(list(lms.iter_courses(page_size=2))) == 2
    with pytest.raises(ShortFetch) as caught:
        list(lms.iter_courses(page_size=2))
    assert (caught.value.seen, caught.value.announced) == (2, 9)


@pytest.mark.parametrize("status", [401, 403])
def test_later_page_that_is_refused_is_no_end(
    server: ScriptedServer, lms: LmsClient, status: int
) -> None:
    pagination = {"next": "http://lms/?page=2", "count": 3, "num_pages": 2}
    first = json_answer({"results": [{"id": "a"}, {"id": "b"}], "pagination": pagination})
    server.queue(COURSES, first, json_answer({}, status))
    with pytest.raises(Refused) as caught:
        list(lms.iter_courses(page_size=2))
    assert caught.value.status == status


def test_page_of_a_wrong_shape_names_key_and_page(server: ScriptedServer, lms: LmsClient) -> None:
    server.queue(COURSES, json_answer({"results": []}))
    with pytest.raises(BadAnswer, match=r"page=1: .*pagination"):
        list(lms.iter_courses())


def test_login_page_instead_of_courses_is_named(server: ScriptedServer, lms: LmsClient) -> None:
    server.queue("/login", html_answer("Sign in"))
    server.queue(COURSES, Answer(302, b"", {"Location": "/login?next=/api"}))
    with pytest.raises(BadAnswer, match="Sign in"):
        list(lms.iter_courses())


def test_page_without_rows_cannot_be_asked(lms: LmsClient) -> None:
    with pytest.raises(ValueError, match="one row"):
        lms.iter_courses(page_size=0)


def test_modes_of_a_run(server: ScriptedServer, lms: LmsClient) -> None:
    server.queue(f"{MODES}{KEY}/", json_answer([mode(KEY), mode(KEY, price="49.00")]))
    assert lms.course_modes(KEY) == [audit(), audit("49.00")]
    assert server.requests[-1].headers["authorization"] == f"JWT {TOKEN}"


def test_run_without_modes_has_none(server: ScriptedServer, lms: LmsClient) -> None:
    server.queue(f"{MODES}{KEY}/", json_answer([]))
    assert lms.course_modes(KEY) == []


@pytest.mark.parametrize("slash", ["", "/"])
def test_own_address_of_the_modes_wins(
    server: ScriptedServer, session: ServiceSession, tokens: TokenSource, slash: str
) -> None:
    tell_token(server)
    client = LmsClient(
        "http://unused.example.com",
        f"{server.url}/modes/v9{slash}",
        lms_url="http://unused.example.com",
        session=session,
        tokens=tokens,
    )
    server.queue(f"/modes/v9/courses/{KEY}/", json_answer([]))
    assert client.course_modes(KEY) == []


def test_modes_without_any_address_are_named(session: ServiceSession, tokens: TokenSource) -> None:
    client = LmsClient("http://lms.example.com/", session=session, tokens=tokens)
    with pytest.raises(ClientError, match="no address"):
        client.course_modes(KEY)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("NorthU/PHY101/1T2027", "NorthU/PHY101/1T2027"),
        ("course-v1:N+É 1?#&%+x", "course-v1:N+%C3%89%201%3F%23%26%25+x"),
    ],
)
def test_key_is_quoted(server: ScriptedServer, lms: LmsClient, key: str, path: str) -> None:
    server.queue(f"{MODES}{path}/", json_answer([]))
    assert lms.course_modes(key) == []


@pytest.mark.parametrize("key", ["", "..", "../../admin", "a/./b", "a//b", "/a"])
def test_key_that_leads_elsewhere_is_not_asked(
    server: ScriptedServer, lms: LmsClient, key: str
) -> None:
    with pytest.raises(ClientError, match="not a course run key"):
        lms.course_modes(key)
    assert server.requests == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"detail": "x"}, "not a list"),
        ([mode(KEY), {**mode(KEY), "min_price": 1.5}], "mode 2: min_price"),
        ([mode("course-v1:NorthU+OTHER+1")], "mode 1: course_id"),
    ],
)
def test_modes_of_a_wrong_shape_name_the_key(
    server: ScriptedServer, lms: LmsClient, body: object, reason: str
) -> None:
    server.queue(f"{MODES}{KEY}/", json_answer(body))
    with pytest.raises(BadAnswer, match=reason):
        lms.course_modes(KEY)


def keys_of(count: int) -> list[str]:
    return [f"course-v1:NorthU+C{number}+1" for number in range(count)]


def key_in(request: Request) -> str:
    return request.path.removeprefix(MODES).removesuffix("/")


def test_modes_of_many_runs_tell_each_failure_and_go_on(
    server: ScriptedServer, lms: LmsClient
) -> None:
    keys = keys_of(12)
    for key in keys:
        server.queue(f"{MODES}{key}/", json_answer([mode(key)]))
    broken = [json_answer({}, 403), json_answer({}, 500), html_answer("Oops")]
    for key, answer in zip(["x+1", "x+2", "x+3"], broken, strict=True):
        server.queue(f"{MODES}{key}/", answer)
    results = dict(lms.course_modes_of([*keys, "x+1", "x+2", "x+3", ".."]))
    assert {key: results[key] for key in keys} == {key: [audit()] for key in keys}
    kinds = [type(results[key]) for key in ("x+1", "x+2", "x+3", "..")]
    assert kinds == [Refused, ServerFault, BadAnswer, ClientError]


@pytest.mark.parametrize(("workers", "width"), [(1, 1), (3, 3), (9, 4), (0, 1)])
def test_calls_at_once_are_bounded(
    server: ScriptedServer, lms: LmsClient, workers: int, width: int
) -> None:
    lock = threading.Lock()
    full = threading.Event()
    active = most = 0

    def respond(request: Request) -> Answer:
        nonlocal active, most
        with lock:
            active += 1
            most = max(most, active)
            if active >= width:
                full.set()
        full.wait(5)  # nobody goes on before as many are here as may be
        time.sleep(0.01)
        with lock:
            active -= 1
        return json_answer([])

    keys = keys_of(12)
    for key in keys:
        server.on(f"{MODES}{key}/", respond)
    assert sorted(key for key, _ in lms.course_modes_of(keys, workers=workers)) == sorted(keys)
    assert most == width


def test_keys_are_taken_as_calls_end(server: ScriptedServer, lms: LmsClient) -> None:
    taken: list[str] = []

    def keys() -> Iterator[str]:
        for key in keys_of(100):
            server.queue(f"{MODES}{key}/", json_answer([]))
            taken.append(key)
            yield key

    results = lms.course_modes_of(keys())
    for _ in range(3):
        next(results)
    assert len(taken) <= 3 + 2 * 4
    results.close()
    assert len(server.requests) < 20


def test_slow_run_does_not_hold_up_the_others(server: ScriptedServer, lms: LmsClient) -> None:
    last = threading.Event()

    def slow(request: Request) -> Answer:
        last.wait(5)
        return json_answer([])

    keys = keys_of(10)
    server.on(f"{MODES}{keys[0]}/", slow)
    for key in keys[1:]:
        server.queue(f"{MODES}{key}/", json_answer([]))
    order = []
    for key, _ in lms.course_modes_of(keys):
        order.append(key)
        if len(order) == 9:
            last.set()
    assert order[-1] == keys[0]


def test_all_workers_wait_when_one_is_told_to(
    server: ScriptedServer, make_session: MakeSession, fake_time: FakeTime
) -> None:
    keys = keys_of(30)
    asleep = threading.Event()
    # Sleeping ends only when all four workers sleep, and then the 20 seconds are over.
    all_asleep = threading.Barrier(4, action=lambda: fake_time.pass_seconds(20))

    def sleep(seconds: float) -> None:
        assert seconds == 20
        asleep.set()
        all_asleep.wait(5)

    def respond(request: Request) -> Answer:
        if key_in(request) == keys[0] and not asleep.is_set():
            return json_answer({}, 429, Retry_After="20")
        asleep.wait(5)  # calls that were under way end while the throttled one waits
        return json_answer([mode(key_in(request))])

    tell_token(server)
    for key in keys:
        server.on(f"{MODES}{key}/", respond)
    session = make_session(clock=replace(fake_time.clock, sleep=sleep))
    tokens = TokenSource(f"{server.url}/oauth2", "k", "s", session=session, cache=TokenCache())
    lms = LmsClient("", lms_url=server.url, session=session, tokens=tokens)
    assert dict(lms.course_modes_of(keys)) == {key: [audit()] for key in keys}
    assert fake_time.passed == 20


def test_long_wait_refuses_the_rest_without_asking(
    server: ScriptedServer, lms: LmsClient, fake_time: FakeTime
) -> None:
    keys = keys_of(50)
    for key in keys:
        server.queue(f"{MODES}{key}/", json_answer({}, 429, Retry_After="7200"))
    results = dict(lms.course_modes_of(keys))
    assert len(results) == 50
    assert all(isinstance(result, Throttled) for result in results.values())
    assert len(server.requests) <= 1 + 4
    assert fake_time.sleeps == []
