"""The pages for people and probes: health, API documentation."""

from typing import Any

import pytest
from django.db import DatabaseError, connection
from rest_framework.test import APIClient


@pytest.mark.parametrize("path", ["/health/", "/health"])
def test_health_tells_of_database_and_search(
    anonymous: APIClient, no_index: Any, path: str
) -> None:
    answer = anonymous.get(path)
    assert answer.status_code == 200
    body = answer.json()
    assert body["overall_status"] == "OK"
    assert body["detailed_status"]["database_status"] == "OK"
    assert body["detailed_status"]["search_status"] == "OK"
    assert body["detailed_status"]["search_engine"]


def test_health_without_search_is_still_200(
    anonymous: APIClient, settings: Any, unused_tcp_port: int
) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    answer = anonymous.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["detailed_status"]["search_status"] == "UNAVAILABLE"


def test_health_without_database_is_503(
    anonymous: APIClient, monkeypatch: pytest.MonkeyPatch, no_index: Any
) -> None:
    def away(*args: Any, **options: Any) -> None:
        raise DatabaseError("away")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        answer = anonymous.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["overall_status"] == "UNAVAILABLE"


@pytest.mark.parametrize("path", ["/api-docs/", "/api-docs"])
def test_the_documentation_is_a_page_and_a_document(anonymous: APIClient, path: str) -> None:
    page = anonymous.get(path)
    assert page.status_code == 200
    assert b"swagger" in page.content.lower()
    document = anonymous.get(f"{path}?format=openapi").json()
    assert document["openapi"].startswith("3.")
    assert "/api/v1/courses/" in document["paths"]
    assert "/api/v1/search/all/" in document["paths"]
    body = document["paths"]["/api/v1/search/all/"]["post"]["requestBody"]["content"]
    assert body["application/json"]["examples"]
