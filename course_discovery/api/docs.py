"""The API's description, for people and programs."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView


class JwtScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description calls tokens of the platform."""

    target_class = "course_discovery.core.rest.authentication.PlatformTokens"
    name = "platformToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The header `Authorization: JWT <token>`."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`JWT <token>`, a token of the platform (not Bearer).",
        }


class OpenApiJson(OpenApiJsonRenderer):
    """The document under the name that clients ask for it by."""

    format = "openapi"


_schema = SpectacularAPIView.as_view(renderer_classes=[OpenApiJson])
_page = SpectacularSwaggerView.as_view(url="?format=openapi")


@require_safe
def api_docs(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """A page to browse and try the API; the OpenAPI document with `?format=openapi`."""
    if request.GET.get("format") == OpenApiJson.format:
        return _schema(request, *args, **kwargs)
    return _page(request, *args, **kwargs)
