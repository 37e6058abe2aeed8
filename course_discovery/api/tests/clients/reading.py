"""How clients read: page after page, and keys that have to be there."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework.test import APIClient


def pages(
    client: APIClient, url: str, parameters: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """The answers of a list, the addresses in `next` followed as they are."""
    answer = client.get(url, parameters or {})
    while True:
        assert answer.status_code == 200, answer.content
        body = answer.json()
        assert list(body)[:4] == ["count", "next", "previous", "results"]
        yield body
        if body["next"] is None:
            return
        answer = client.get(body["next"])


def rows(
    client: APIClient, url: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """All rows of a list."""
    return [row for body in pages(client, url, parameters) for row in body["results"]]


def has(whole: Mapping[str, Any], names: str) -> None:
    """Assert that a client which indexes these keys finds them; null is a value like others."""
    missing = [name for name in names.split() if name not in whole]
    assert not missing, missing
