"""Signing on and off: at the platform where one is configured, else with a password of our own."""

from typing import Any
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe
from social_core.actions import do_auth
from social_core.exceptions import AuthResponseError
from social_django.utils import load_backend, load_strategy, psa
from social_django.views import complete as complete_sign_on

PLATFORM = "edx-oauth2"


def signs_on_at_platform() -> bool:
    """Whether a platform is configured that signs people on."""
    return bool(settings.SOCIAL_AUTH_EDX_OAUTH2_KEY and settings.SOCIAL_AUTH_EDX_OAUTH2_URL_ROOT)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_on(request: HttpRequest) -> HttpResponseBase:
    """Lead to the platform, which sends people back to `next`; else ask for a password."""
    if signs_on_at_platform():
        query = request.GET.urlencode()
        return redirect(reverse("social:begin", args=[PLATFORM]) + (query and f"?{query}"))
    return LoginView.as_view(template_name="rest_framework/login.html")(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def begin(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to the platform, by a plain link too: its `state` protects the way back."""
    if not signs_on_at_platform():
        return redirect("login")
    answer: HttpResponseBase = _begin(request, PLATFORM)
    return answer


@psa("social:complete")  # type: ignore[untyped-decorator, no-untyped-call] # ships no types
def _begin(request: HttpRequest, backend: str) -> HttpResponseBase:
    answer: HttpResponseBase = do_auth(
        request.backend,  # type: ignore[attr-defined] # the decorator attaches it
        redirect_name=REDIRECT_FIELD_NAME,
    )
    return answer


@require_http_methods(["GET"])
def complete(request: HttpRequest) -> HttpResponseBase:
    """Take whoever the platform sends back.

    Raises AuthException for everything that is no sign-on: a middleware answers it.
    """
    if not signs_on_at_platform():
        return redirect("login")
    try:
        answer: HttpResponseBase = complete_sign_on(request, PLATFORM)
    except jwt.InvalidTokenError as error:
        raise AuthResponseError(
            request.backend,  # type: ignore[attr-defined] # the view attaches it
            str(error),
        ) from error
    return answer


@require_safe
@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    """The platform knows the person, but the account here is switched off."""
    reason = {"title": _("Your account is switched off"), "status": 403}
    reason["reason"] = _("Ask an administrator of this service to switch it on again.")
    return render(request, "explorer/problem.html", reason, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@xframe_options_exempt
def sign_off(request: HttpRequest) -> HttpResponse:
    """End the session, then lead to where the platform ends its own.

    The platform loads this page in a frame when somebody signs off there, with `no_redirect`.
    """
    logout(request)
    if request.GET.get("no_redirect"):
        return HttpResponse()
    if not signs_on_at_platform():
        return redirect(settings.LOGOUT_REDIRECT_URL or "/")
    return redirect(_platform(request).end_session_url())


def _platform(request: HttpRequest) -> Any:
    """The platform as the sign-on library knows it."""
    strategy = load_strategy(request)  # type: ignore[no-untyped-call] # ships no types
    return load_backend(strategy, PLATFORM, None)  # type: ignore[no-untyped-call]


def admin_login(request: HttpRequest) -> HttpResponseBase:
    """The admin's own form, below the way that leads through the platform if there is one.

    No redirect: accounts with a password of this service sign in here, and somebody whom the
    platform knows but who is not staff would be sent around in circles.
    """
    target = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
    query = urlencode({REDIRECT_FIELD_NAME: target})
    context = {"sign_on": f"{reverse('login')}?{query}" if signs_on_at_platform() else ""}
    answer = admin.site.login(request, context)
    if hasattr(answer, "template_name"):
        answer.template_name = "sign_on/admin_login.html"
    return answer


# The same at two roots, as clients know them.
urlpatterns = [
    path("login/", sign_on, name="login"),
    path("logout/", sign_off, name="logout"),
]
