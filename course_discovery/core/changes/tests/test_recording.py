"""Who an entry names, and what recording costs."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from course_discovery.core.changes.middleware import ChangeContextMiddleware
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.recording import changing
from course_discovery.core.models import Currency, User

pytestmark = pytest.mark.django_db


def latest() -> tuple[str, str]:
    """Actor and origin of the last entry."""
    change = Change.objects.latest("pk")
    return change.actor, change.origin


def write() -> None:
    """Leave an entry."""
    Currency.objects.update_or_create(code="XTS", defaults={"name": "Coin"})


def test_entries_name_actor_and_origin_of_the_block_they_are_written_in() -> None:
    write()
    assert latest() == ("", "")
    with changing(actor="alice", origin="publisher"):
        write()
        assert latest() == ("alice", "publisher")
        with changing(origin="lms"):
            write()
            assert latest() == ("alice", "lms")
        with changing(actor="bob"):
            write()
            assert latest() == ("bob", "publisher")
    write()
    assert latest() == ("", "")


def test_names_that_are_too_long_are_cut() -> None:
    with changing(actor="a" * 151, origin="o" * 17):
        write()
    assert latest() == ("a" * 150, "o" * 16)


def answer(request: HttpRequest) -> HttpResponse:
    write()
    return HttpResponse()


@pytest.mark.parametrize(
    ("path", "origin"), [("/admin/core/currency/add/", "admin"), ("/api/v1/courses/", "api")]
)
def test_requests_name_their_user(path: str, origin: str) -> None:
    request = RequestFactory().post(path)
    request.user = User(username="alice")
    ChangeContextMiddleware(answer)(request)
    assert latest() == ("alice", origin)


def test_requests_name_the_user_that_the_view_finds_by_a_token() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.user = User(username="service")
        return answer(request)

    ChangeContextMiddleware(view)(RequestFactory().post("/api/v1/courses/"))
    assert latest() == ("service", "api")


def test_a_save_in_the_admin_names_the_user(admin_client: Client, admin_user: User) -> None:
    answered = admin_client.post(
        "/admin/core/currency/add/", {"code": "XTS", "name": "Coin"}, follow=True
    )
    assert answered.status_code == 200
    change = Change.objects.latest("pk")
    assert (change.kind, change.key, change.operation) == ("currency", "XTS", "create")
    assert latest() == (admin_user.username, "admin")

    admin_client.post("/admin/core/currency/XTS/change/", {"code": "XTS", "name": "Token"})
    assert Change.objects.latest("pk").operation == "update"
    assert latest() == (admin_user.username, "admin")

    admin_client.post("/admin/core/currency/XTS/delete/", {"post": "yes"})
    assert Change.objects.latest("pk").operation == "delete"
    assert latest() == (admin_user.username, "admin")
