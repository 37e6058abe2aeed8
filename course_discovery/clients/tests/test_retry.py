import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_discovery.clients.errors import (
    BadAnswer,
    Refused,
    ServerFault,
    Throttled,
    Unreachable,
)
from course_discovery.clients.retry import Clock, RetryPolicy, parse_retry_after
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.conftest import FakeTime, MakeSession
from course_discovery.clients.tests.scripted_server import (
    Answer,
    Request,
    ScriptedServer,
    html_answer,
    json_answer,
)

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("fault", ["reset", "short", "cut_chunk"])
def test_broken_connection_is_tried_again(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime, fault: str
) -> None:
    broken = Answer(body=b'{"a": 1}', headers={"Content-Type": "application/json"}, fault=fault)
    url = server.queue("/x", broken, json_answer({"a": 1}))
    assert session.get_json(url) == {"a": 1}
    assert fake_time.sleeps == [1.0]


def test_server_fault_is_tried_four_times_with_doubled_bounds(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/x", json_answer({"error": "boom"}, 502))
    with pytest.raises(ServerFault) as caught:
        session.get_json(url)
    assert caught.value.status == 502
    assert caught.value.given_up
    assert len(server.requests) == 4
    assert fake_time.sleeps == [1.0, 2.0, 4.0]


def test_jitter_draws_between_zero_and_the_bound(
    server: ScriptedServer, make_session: MakeSession, fake_time: FakeTime
) -> None:
    drawn: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        drawn.append((low, high))
        return random.Random(7).uniform(low, high)

    url = server.queue("/x", json_answer({}, 500), json_answer({}, 500), json_answer([]))
    assert make_session(uniform=uniform).get_json(url) == []
    assert drawn == [(0.0, 1.0), (0.0, 2.0)]
    assert all(0 <= wait <= bound for wait, (_, bound) in zip(fake_time.sleeps, drawn, strict=True))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 418])
def test_refusal_is_final(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime, status: int
) -> None:
    url = server.queue("/x", json_answer({"detail": "no"}, status))
    with pytest.raises(Refused) as caught:
        session.get_json(url)
    assert caught.value.status == status
    assert len(server.requests) == 1
    assert fake_time.sleeps == []


def test_bad_answer_is_final(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue("/x", html_answer("Welcome"))
    with pytest.raises(BadAnswer):
        session.get_json(url)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("asked", ["17", "Fri, 20 Nov 2026 12:00:17 GMT"])
def test_named_wait_is_kept_exactly(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime, status: int, asked: str
) -> None:
    url = server.queue("/x", json_answer({}, status, Retry_After=asked), json_answer([1]))
    assert session.get_json(url) == [1]
    assert fake_time.sleeps == [17.0]


def test_named_wait_of_other_statuses_is_not_read(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/x", json_answer({}, 500, Retry_After="17"), json_answer([1]))
    assert session.get_json(url) == [1]
    assert fake_time.sleeps == [1.0]


def test_throttling_without_a_named_wait_backs_off_by_the_minute(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/x", json_answer({"developer_message": "Too many, wait 17 seconds."}, 429))
    with pytest.raises(Throttled):
        session.get_json(url)
    assert len(server.requests) == 4
    assert fake_time.sleeps == [30.0, 60.0, 120.0]


def test_wait_beyond_the_budget_is_not_begun(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/x", json_answer({}, 429, Retry_After="3600"))
    with pytest.raises(Throttled) as caught:
        session.get_json(url)
    assert caught.value.retry_after == 3600
    assert fake_time.sleeps == []
    assert len(server.requests) == 1


def test_budget_ends_the_tries(
    server: ScriptedServer, make_session: MakeSession, fake_time: FakeTime
) -> None:
    url = server.queue("/x", json_answer({}, 500))
    with pytest.raises(ServerFault):
        make_session(policy=RetryPolicy(budget=4.0)).get_json(url)
    assert fake_time.sleeps == [1.0, 2.0]


def test_origin_on_hold_is_not_asked_by_other_calls(
    server: ScriptedServer,
    other_server: ScriptedServer,
    session: ServiceSession,
    fake_time: FakeTime,
) -> None:
    with pytest.raises(Throttled):
        session.get_json(server.queue("/x", json_answer({}, 429, Retry_After="3600")))
    with pytest.raises(Throttled) as caught:
        session.get_json(server.queue("/y", json_answer([])))
    assert caught.value.status is None
    assert caught.value.retry_after == 3600
    assert server.asked("/y") == []
    assert session.get_json(other_server.queue("/y", json_answer([]))) == []

    fake_time.pass_seconds(3500)
    assert session.get_json(server.url + "/y") == []
    assert fake_time.sleeps == [100.0]


def test_throttled_origin_is_on_hold_without_a_named_wait_too(
    server: ScriptedServer, make_session: MakeSession, fake_time: FakeTime
) -> None:
    arrived: list[float] = []

    def respond(request: Request) -> Answer:
        arrived.append(fake_time.passed)
        return json_answer([])

    def sleep(seconds: float) -> None:
        if not other_answers:  # the throttled call sleeps: now another one comes
            other_answers.append("under way")
            other_answers.append(session.get_json(server.url + "/y"))
        else:
            fake_time.sleep(seconds)

    other_answers: list[object] = []
    session = make_session(clock=replace(fake_time.clock, sleep=sleep))
    server.on("/y", respond)
    url = server.queue("/x", json_answer({}, 429), json_answer([1]))
    assert session.get_json(url) == [1]
    assert other_answers[1] == []
    assert arrived == [30.0]


def test_bounds_do_not_grow_above_the_longest_wait(
    server: ScriptedServer, make_session: MakeSession, fake_time: FakeTime
) -> None:
    policy = RetryPolicy(tries=5, backoff=50.0, longest_wait=120.0, budget=1000.0)
    with pytest.raises(ServerFault):
        make_session(policy=policy).get_json(server.queue("/x", json_answer({}, 500)))
    assert fake_time.sleeps == [50.0, 100.0, 120.0, 120.0]


def test_hanging_service_is_not_waited_for_beyond_the_budget(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    session = make_session(policy=RetryPolicy(budget=0.2), clock=Clock())
    with pytest.raises(Unreachable, match=r"no answer within 0\.[12]"):
        session.get_json(server.queue("/x", Answer(fault="hang")))


def test_nothing_sleeps_without_a_fault(
    server: ScriptedServer, session: ServiceSession, fake_time: FakeTime
) -> None:
    url = server.queue("/x", json_answer([]))
    for _ in range(5):
        session.get_json(url)
    assert fake_time.sleeps == []


def test_hanging_service_is_unreachable_after_the_read_timeout(
    server: ScriptedServer, make_session: MakeSession
) -> None:
    url = server.queue("/x", Answer(fault="hang"))
    session = make_session(read_timeout=0.15, policy=RetryPolicy(tries=2))
    with pytest.raises(Unreachable, match=r"no answer within 0\.15 s"):
        session.get_json(url)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        (" 12 ", 12.0),
        ("-3", None),
        ("1.5", None),
        ("9999999999", None),
        ("soon", None),
        ("²", None),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60.0),
        ("Fri, 20 Nov 2026 12:01:00 -0000", 60.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_or_nothing(value: str) -> None:
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or seconds >= 0
