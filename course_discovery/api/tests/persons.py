"""Tables of persons and verbs over REST: who gets which status."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from rest_framework.test import APIClient

Ask = Callable[[APIClient], Any]
Table = Mapping[int, str]
"""Names of persons, separated by spaces, by the status that they get."""


def client_of(user: Any) -> APIClient:
    """A client signed in as the user, or as nobody."""
    client = APIClient()
    if not user.is_anonymous:
        client.force_authenticate(user)
    return client


def statuses(people: Mapping[str, Any], ask: Ask) -> dict[int, set[str]]:
    """Who gets which status. What each of them writes is taken back."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for name, user in people.items():
        with transaction.atomic():
            found[ask(client_of(user)).status_code].add(name)
            transaction.set_rollback(True)
    return dict(found)


def expected(people: Mapping[str, Any], table: Table, restricted: bool = False) -> Any:
    """The table as `statuses` tells it; who stands in no line gets 403, without account 401.

    A name with a `+` stands there only while internal users are free to write.
    """
    found: defaultdict[int, set[str]] = defaultdict(set)
    listed: set[str] = set()
    for status, names in table.items():
        for name in names.split():
            if not (restricted and name.endswith("+")):
                found[status].add(name.rstrip("+"))
                listed.add(name.rstrip("+"))
    for name in people.keys() - listed:
        found[401 if name == "anonymous" else 403].add(name)
    return dict(found)
