"""Telling persons which roles they were given (decision 17)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in
from course_discovery.core.models import User
from course_discovery.publisher.models import PUBLISHER_EDITOR, PublisherRoleAssignment
from course_discovery.publisher.operations.publisher_role import assign_publisher_role
from course_discovery.publisher.tests.people import person

URL = "/api/v1/publisher_roles/"


@pytest.fixture
def paula(db: None, sam: User) -> User:
    made = person("paula", is_staff=True)
    assign_publisher_role(user=made, role=PUBLISHER_EDITOR, reason="writes courses", by=sam)
    return made


def results(client: APIClient, query: str = "") -> Any:
    return client.get(URL + query).json()["results"]


def test_ones_own_roles(paula: User, as_alice: APIClient) -> None:
    [role] = results(signed_in(paula))
    [past] = role.pop("history")
    assert role.pop("assigned")
    assert past.pop("at")
    assert role == {
        "role": "PUBLISHER_EDITOR",
        "username": "paula",
        "reason": "writes courses",
        "granted_by": "sam",
    }
    assert past == {"operation": "given", "reason": "writes courses", "by": None}
    assert results(as_alice) == results(as_alice, "?username=alice") == []


def test_history_goes_on_when_a_role_is_given_again(paula: User, sam: User) -> None:
    PublisherRoleAssignment.objects.get().delete()
    assert results(signed_in(paula)) == []
    assign_publisher_role(user=paula, role=PUBLISHER_EDITOR, reason="is back", by=sam)
    assign_publisher_role(user=paula, role=PUBLISHER_EDITOR, reason="stays", by=None)
    [role] = results(signed_in(paula))
    assert (role["reason"], role["granted_by"]) == ("stays", None)
    assert [(each["operation"], each["reason"]) for each in role["history"]] == [
        ("changed", "stays"),
        ("given", "is back"),
        ("taken", "writes courses"),
        ("given", "writes courses"),
    ]


def test_staff_ask_for_anyones(paula: User, as_sam: APIClient, as_alice: APIClient) -> None:
    assert [each["username"] for each in results(as_sam, "?username=paula")] == ["paula"]
    assert results(as_sam, "?username=alice") == results(as_sam) == []
    assert as_alice.get(f"{URL}?username=paula").status_code == 403
    assert as_sam.get(f"{URL}?username=nobody").status_code == 404
    assert as_sam.get(f"{URL}?username=%00").status_code == 404


def test_without_an_account(anonymous: APIClient) -> None:
    assert anonymous.get(URL).status_code == 401


def test_roles_are_not_written_here(as_sam: APIClient) -> None:
    for verb in ("post", "put", "patch", "delete"):
        assert getattr(as_sam, verb)(URL, {}).status_code == 405
