"""How exceptions become answers: the reason where the caller can mend it, never our insides."""

from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import bad_request as default_bad_request
from django.views.defaults import page_not_found, server_error
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from course_discovery.api.v1.write_errors import as_told
from search.queries import BadQuery, BadValue, NoSuchPage, SearchUnavailable

# Addresses that programs call: they are answered in JSON whatever happens.
PROGRAM_PATHS = ("/api/", "/extensions/", "/publisher/api/", "/health", "/csrf/")
# Parameters whose refusal clients know as a `detail`.
_DETAILED = ("selected_facets", "selected_query_facets")


class SearchAway(APIException):
    """Nobody answers searches now; everything else works."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "Search does not answer now. Try again later."


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a view; None for a fault of ours, which becomes a 500."""
    response = exception_handler(_as_rest(error), context)
    if response is not None and isinstance(error, SearchUnavailable):
        response["Retry-After"] = str(error.retry_after)
    request = context.get("request")
    if response is None or request is None:
        return response
    return as_told(error, response, request)


def _as_rest(error: Exception) -> Exception:
    """The exception as REST framework knows it."""
    if isinstance(error, Http404) and error.args and isinstance(error.args[0], str):
        return NotFound(error.args[0])
    if isinstance(error, BadQuery):
        return ValidationError({"detail": f"{error.parameter}: {error}"})
    if isinstance(error, BadValue):
        if error.parameter in _DETAILED:
            return ValidationError({"detail": error.reason})
        return ValidationError({error.parameter: [error.reason]})
    if isinstance(error, NoSuchPage):
        return NotFound("Invalid page.")
    if isinstance(error, SearchUnavailable):
        return SearchAway()
    return error


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the caller is a program rather than a browser."""
    return request.path.startswith(PROGRAM_PATHS)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing lives at this address."""
    if is_for_programs(request):
        return JsonResponse({"detail": "Not found."}, status=status.HTTP_404_NOT_FOUND)
    return page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before any view sees it: sizes, hosts."""
    if is_for_programs(request):
        reasons: dict[type[Exception], str] = {
            RequestDataTooBig: "The body is too large.",
            TooManyFieldsSent: "The form has too many fields.",
            DisallowedHost: "This host is not served.",
        }
        reason = reasons.get(type(exception), "The request cannot be read.")
        return JsonResponse({"detail": reason}, status=status.HTTP_400_BAD_REQUEST)
    return default_bad_request(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: logged with its trace, answered without it."""
    if is_for_programs(request):
        return JsonResponse(
            {"detail": "The service failed to answer; the fault is logged."},
            status=status.HTTP_500_INTERNAL_SERVER_ERROR,
        )
    return server_error(request)
