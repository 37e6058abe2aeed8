"""Which address leads where."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

from course_discovery.api.docs import api_docs
from course_discovery.api.health import health
from course_discovery.api.landing import landing

urlpatterns = [
    path("", landing, name="landing"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api-auth/", include("rest_framework.urls")),
    re_path(r"^api-docs/?$", api_docs, name="api_docs"),
    re_path(r"^health/?$", health, name="health"),
    path("api/v1/", include("course_discovery.api.v1.urls")),
    path("api/v2/", include("course_discovery.api.v2.urls")),
]

if settings.SERVE_MEDIA:
    # MEDIA_URL may be an absolute address; the path here stays what it is.
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

handler400 = "course_discovery.api.errors.bad_request"
handler404 = "course_discovery.api.errors.not_found"
handler500 = "course_discovery.api.errors.failed"
