"""Requests name themselves in the change log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from course_discovery.core.changes.recording import changing


class ChangeContextMiddleware:
    """Entries written during a request name the signed-in user, and admin or api as the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the request's change context."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        origin = "admin" if request.path.startswith("/admin/") else "api"
        # Session users only: users of tokens are known later, and operations name them.
        actor = request.user.get_username() if request.user.is_authenticated else ""
        with changing(actor=actor, origin=origin):
            return self.get_response(request)
