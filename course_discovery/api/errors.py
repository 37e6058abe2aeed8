"""How exceptions become answers: the reason where the caller can mend it, never our insides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import page_not_found, server_error
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

# Addresses that programs call: they are answered in JSON whatever happens.
PROGRAM_PATHS = ("/api/", "/extensions/", "/publisher/api/", "/health", "/csrf/")


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a view; None for a fault of ours, which becomes a 500."""
    if isinstance(error, Http404) and error.args and isinstance(error.args[0], str):
        # Django's own texts of 404s are for developers; ours are written for callers.
        error = NotFound(error.args[0])
    return exception_handler(error, context)


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the caller is a program rather than a browser."""
    return request.path.startswith(PROGRAM_PATHS)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing lives at this address."""
    if is_for_programs(request):
        return JsonResponse({"detail": "Not found."}, status=status.HTTP_404_NOT_FOUND)
    return page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: logged with its trace, answered without it."""
    if is_for_programs(request):
        return JsonResponse(
            {"detail": "The service failed to answer; the fault is logged."},
            status=status.HTTP_500_INTERNAL_SERVER_ERROR,
        )
    return server_error(request)
