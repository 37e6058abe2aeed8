"""Changes of accounts, as far as readers of the catalog see them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, update_last_login

from course_discovery.core.changes.tests.entries import entry, recorded
from course_discovery.core.models import User


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice", "alice@example.com", "secret")


@pytest.mark.parametrize("column", ["username", "full_name", "first_name", "last_name", "email"])
def test_what_people_are_named_by_leaves_an_entry(alice: User, column: str) -> None:
    setattr(alice, column, "al")
    with recorded() as entries:
        alice.save(update_fields=[column])
    assert entries == [entry("user", alice, "update")]
    with recorded() as entries:
        User.objects.filter(pk=alice.pk).update(**{column: "alicia"})
    alice.refresh_from_db()
    assert entries == [entry("user", alice, "update")]


def test_signing_in_leaves_none(alice: User) -> None:
    with recorded() as entries:
        update_last_login(User, alice)
        alice.set_password("other")
        alice.save(update_fields=["password"])
        User.objects.filter(pk=alice.pk).update(last_login=None, is_staff=True)
        User.objects.bulk_update([alice], ["referral_tracking_id"])
    assert entries == []
    alice.refresh_from_db()
    assert (alice.last_login, alice.is_staff) == (None, True)


def test_rights_leave_none(alice: User) -> None:
    with recorded() as entries:
        alice.groups.add(Group.objects.create(name="g"))
        alice.user_permissions.add(*Permission.objects.all()[:1])
        alice.groups.clear()
    assert entries == []


def test_seen_and_unseen_columns_together_leave_one(alice: User) -> None:
    alice.full_name = "Alice"
    with recorded() as entries:
        alice.save(update_fields=["last_login", "full_name"])
    assert entries == [entry("user", alice, "update")]


@pytest.mark.parametrize("make", [User.objects.create_user, User.objects.create_superuser])
def test_accounts_are_made_as_ever(db: None, make: Any) -> None:
    with recorded() as entries:
        made = make("bob", "bob@Example.com", "secret")
    assert (made.email, made.check_password("secret")) == ("bob@example.com", True)
    assert entries == [entry("user", made, "create")]
