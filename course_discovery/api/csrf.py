"""A token for forms and unsafe calls that pages of other applications make with a session."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def csrf_token(request: HttpRequest) -> JsonResponse:
    """The caller's token, also set as a cookie; both are to be sent back."""
    return JsonResponse({"csrfToken": get_token(request)})
