import json
import os
from pathlib import Path
from typing import Any

import pytest

from course_discovery.clients.errors import BadAnswer, Refused, ServerFault, Unreachable
from course_discovery.clients.exchange_rate import latest_rates, rate_session
from course_discovery.clients.session import ServiceSession
from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer, json_answer

PATH = "/api/latest.json"


def recorded() -> dict[str, Any]:
    folder = os.environ.get("REFERENCE_DIR")
    if not folder:
        pytest.skip("REFERENCE_DIR does not name the recorded answers")
    path = Path(folder) / "contract" / "upstream" / "exchange_rates.json"
    exchanges: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return exchanges


def test_rates_are_asked_for_with_the_key(server: ScriptedServer, session: ServiceSession) -> None:
    url = server.queue(PATH, json_answer({"base": "USD", "rates": {"EUR": 0.9214, "USD": 1}}))

    assert latest_rates(url, "a-key", session=session) == {"EUR": 0.9214, "USD": 1}
    (request,) = server.requests
    assert (request.method, request.query) == ("GET", {"app_id": "a-key"})
    assert "authorization" not in request.headers


def test_recorded_rates_are_read(server: ScriptedServer, session: ServiceSession) -> None:
    answer = recorded()["response"]
    url = server.queue(PATH, json_answer(answer["body"], answer["status"]))

    assert latest_rates(url, "a-key", session=session) == answer["body"]["rates"]


def test_a_recorded_refusal_is_told_without_the_key(
    server: ScriptedServer, session: ServiceSession
) -> None:
    answer = recorded()["more"][0]["response"]
    url = server.queue(PATH, json_answer(answer["body"], answer["status"]))

    with pytest.raises(Refused) as caught:
        latest_rates(url, "the-secret-key", session=session)
    assert caught.value.status == 401
    assert "the-secret-key" not in f"{caught.value} {caught.value!r}"


def test_what_is_no_rate_is_left_out(server: ScriptedServer, session: ServiceSession) -> None:
    rates = {"EUR": 0.9, "BRL": "5.4", "CAD": None, "AUD": True, "INR": 0, "MXN": -1, "PEN": 4}
    url = server.queue(PATH, json_answer({"rates": rates}))

    assert latest_rates(url, "a-key", session=session) == {"EUR": 0.9, "PEN": 4}


@pytest.mark.parametrize(
    "body", [[], None, {}, {"rates": []}, {"rates": None}, {"base": "EUR", "rates": {"USD": 1.1}}]
)
def test_another_answer_is_bad(
    server: ScriptedServer, session: ServiceSession, body: object
) -> None:
    with pytest.raises(BadAnswer):
        latest_rates(server.queue(PATH, json_answer(body)), "a-key", session=session)


def test_nobody_waits_for_a_second_try(server: ScriptedServer) -> None:
    with pytest.raises(ServerFault):
        latest_rates(server.queue(PATH, json_answer({}, 500)), "a-key")
    assert len(server.requests) == 1


def test_a_service_that_does_not_answer_is_given_up(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_discovery.clients.exchange_rate._TIMEOUT", 0.2)
    with pytest.raises(Unreachable, match=r"no answer within 0\.2 s"):
        latest_rates(server.queue(PATH, Answer(fault="hang")), "a-key", session=rate_session())


def test_an_answer_without_end_is_cut_off(server: ScriptedServer) -> None:
    url = server.queue(PATH, json_answer({"rates": {}, "filler": "x" * 1_100_000}))

    with pytest.raises(BadAnswer, match="more than 1000000 bytes"):
        latest_rates(url, "a-key")
