"""What is suggested while somebody types."""

from typing import Any

import pytest
from django.test import Client


def suggested(visitor: Client, q: str) -> list[str]:
    """The titles that are suggested."""
    answer = visitor.get("/suggestions/", {"q": q})
    assert answer.status_code == 200
    return [each["title"] for each in answer.json()["suggestions"]]


def test_beginnings_of_words_are_enough(visitor: Client) -> None:
    assert suggested(visitor, "mus") == ["Music of the North"]
    assert suggested(visitor, "nor MUS") == ["Music of the North"]
    assert suggested(visitor, "soun") == ["Sound and Sense"]
    assert suggested(visitor, "usic") == []


def test_organizations_are_found_too(visitor: Client) -> None:
    assert "Mixed Feelings" in suggested(visitor, "northu mix")


@pytest.mark.parametrize("q", ["", "m", "!", "-", "\0"])
def test_too_little_suggests_nothing(visitor: Client, q: str) -> None:
    assert suggested(visitor, q) == []


def test_a_suggestion_leads_to_its_page(visitor: Client) -> None:
    (found,) = visitor.get("/suggestions/?q=music+of").json()["suggestions"]
    assert found["note"] == "Course · NorthU University"
    assert visitor.get(found["url"]).status_code == 200


def test_too_much_is_refused_or_suggests_nothing(visitor: Client) -> None:
    assert suggested(visitor, "x" * 501) == []
    answer = visitor.get("/suggestions/", {"q": "word " * 30})
    assert answer.status_code == 400
    assert "20 words" in answer.json()["detail"]


def test_a_search_server_that_is_away_is_told(
    visitor: Client, settings: Any, unused_tcp_port: int
) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    answer = visitor.get("/suggestions/?q=music")
    assert answer.status_code == 503
    assert "Retry-After" in answer
    assert "detail" in answer.json()
