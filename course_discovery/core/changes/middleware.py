"""Requests name themselves in the change log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from course_discovery.core.changes.recording import changing


class ChangeContextMiddleware:
    """Entries written during a request name its user, and admin or api as the door.

    The user is asked for when an entry is written: by then a view has seen the request's token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the request's change context."""
        origin = "admin" if request.path_info.startswith("/admin/") else "api"
        with changing(actor=lambda: request.user.get_username(), origin=origin):
            return self.get_response(request)
