"""What all pages of the explorer have: their headers, and a page for each way to fail."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from course_discovery.api.explorer.selection import Selection
from course_discovery.core.models import Partner
from search.queries import BadQuery, BadValue, NoSuchPage, SearchUnavailable

View = Callable[..., HttpResponse]
Problem = Callable[[HttpRequest, int, str, str], HttpResponse]


class NoPartner(Http404):
    """No partner serves the host."""


def partner_of(request: HttpRequest) -> Partner:
    """The tenant that a request is for. Raises NoPartner."""
    partner: Partner | None = request.partner or None  # type: ignore[attr-defined]
    if partner is None:
        raise NoPartner
    return partner


def problem_page(request: HttpRequest, status: int, title: str, reason: str) -> HttpResponse:
    """A page that says what is wrong, with what was typed to be mended."""
    selection = Selection(q=request.GET.get("q", ""))
    context = {"title": title, "reason": reason, "status": status, "selection": selection}
    return render(request, "explorer/problem.html", context, status=status)


def problem_object(request: HttpRequest, status: int, title: str, reason: str) -> HttpResponse:
    """The same for the script."""
    return JsonResponse({"detail": reason}, status=status)


def answers(problem: Problem = problem_page) -> Callable[[View], View]:
    """A view that is only read, may fail in ways that `problem` tells, and obeys a policy."""

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                response = view(request, *args, **kwargs)
            except (BadQuery, BadValue, NoSuchPage, SearchUnavailable, Http404) as error:
                response = problem(request, *_told(error))
                if isinstance(error, SearchUnavailable):
                    response["Retry-After"] = str(error.retry_after)
            response["Content-Security-Policy"] = content_security_policy()
            return response

        return answer

    return decorate


def content_security_policy() -> str:
    """What pages may load: our own styles and scripts, and pictures from anywhere.

    Pictures of courses lie wherever their platforms keep them. Static files may lie on a host of
    their own.
    """
    static = " ".join(["'self'", *_origin(settings.STATIC_URL)])
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {static}",
            f"script-src {static}",
            "img-src 'self' https: http: data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _told(error: Exception) -> tuple[int, str, str]:
    """Status, title and reason of a page about a failure."""
    if isinstance(error, SearchUnavailable):
        return (
            503,
            _("The search does not answer now"),
            _("Nothing is lost. Try again in a moment; pages of courses and programs work."),
        )
    if isinstance(error, NoPartner):
        return (
            404,
            _("There is no catalog here yet"),
            _("No partner serves this host. Make one with ./manage.py create_or_update_partner."),
        )
    if isinstance(error, BadQuery | BadValue):
        return 400, _("This search cannot be understood"), error.reason
    if isinstance(error, NoSuchPage):
        return 404, _("There is no such page of results"), _("The results end before it.")
    return 404, _("There is nothing here"), _("It may have ended, or the address is mistyped.")


def _origin(url: Any) -> list[str]:
    parts = urlsplit(str(url))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme and parts.netloc else []
