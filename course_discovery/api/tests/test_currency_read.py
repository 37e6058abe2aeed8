"""Currencies by country: the loopback service tells the rates."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from course_discovery.api.v1.currency import CACHE_KEY, CURRENCIES
from course_discovery.clients.tests.scripted_server import ScriptedServer, json_answer

URL = "/api/v1/currency"
PATH = "/latest.json"
EURO_COUNTRIES = {
    "AUT", "BEL", "CYP", "EST", "FIN", "FRA", "DEU", "GRC", "IRL", "ITA",
    "LVA", "LTU", "LUX", "MLT", "NLD", "PRT", "SVK", "SVN", "ESP",
}  # fmt: skip
OTHERS = {"IND", "BRA", "MEX", "GBR", "AUS", "CHN", "COL", "PER", "CAN"}


@pytest.fixture
def service(settings: Any) -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    settings.OPENEXCHANGERATES_API_URL = scripted.url + PATH
    settings.OPENEXCHANGERATES_API_KEY = "a-key"
    cache.delete(CACHE_KEY)
    yield scripted
    cache.delete(CACHE_KEY)
    scripted.close()


@pytest.mark.parametrize("url", [URL, f"{URL}/"])
def test_currencies_have_code_symbol_and_rate(
    as_alice: APIClient, service: ScriptedServer, url: str
) -> None:
    service.queue(PATH, json_answer({"base": "USD", "rates": {"EUR": 0.9214, "INR": 84.3175}}))

    answer = as_alice.get(url)

    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == EURO_COUNTRIES | OTHERS == set(CURRENCIES)
    assert body["IND"] == {"code": "INR", "symbol": "₹", "rate": 84.3175}
    assert body["BRA"] == {"code": "BRL", "symbol": "R$", "rate": None}
    for country in EURO_COUNTRIES:
        assert body[country] == {"code": "EUR", "symbol": "€", "rate": 0.9214}


def test_rates_are_asked_for_once_a_day(as_alice: APIClient, service: ScriptedServer) -> None:
    service.queue(PATH, json_answer({"rates": {"EUR": 0.9}}), json_answer({"rates": {"EUR": 0.8}}))

    assert [as_alice.get(URL).json()["FRA"]["rate"] for _time in range(2)] == [0.9, 0.9]
    assert len(service.requests) == 1

    cache.touch(CACHE_KEY, -1)  # the day is over
    assert as_alice.get(URL).json()["FRA"]["rate"] == 0.8


def test_without_a_key_there_are_no_rates_and_nobody_is_asked(
    as_alice: APIClient, service: ScriptedServer, settings: Any
) -> None:
    settings.OPENEXCHANGERATES_API_KEY = ""

    answer = as_alice.get(URL)

    assert (answer.status_code, answer.json()) == (200, {})
    assert service.requests == []


def test_a_failure_is_an_empty_answer_and_soon_forgotten(
    as_alice: APIClient, service: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    service.queue(PATH, json_answer({}, 500), json_answer({"rates": {"EUR": 0.9}}))

    answers = [as_alice.get(URL) for _time in range(2)]
    assert [(each.status_code, each.json()) for each in answers] == [(200, {})] * 2
    assert len(service.requests) == 1
    assert "no exchange rates" in caplog.text
    assert "a-key" not in caplog.text

    cache.touch(CACHE_KEY, -1)  # the pause is over
    assert as_alice.get(URL).json()["FRA"]["rate"] == 0.9


def test_the_pause_after_a_failure_is_shorter_than_a_day(
    as_alice: APIClient, service: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[float] = []
    monkeypatch.setattr(cache, "set", lambda _key, _value, seconds: kept.append(seconds))
    service.queue(PATH, json_answer({}, 500), json_answer({"rates": {"EUR": 0.9}}))

    as_alice.get(URL)
    as_alice.get(URL)

    assert kept == [60, 60 * 60 * 24]


def test_currencies_are_for_people_who_are_signed_in(anonymous: APIClient) -> None:
    assert anonymous.get(URL).status_code == 401
