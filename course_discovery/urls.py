"""Which address leads where."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog, set_language
from django.views.static import serve

from course_discovery.api import sign_on
from course_discovery.api.csrf import csrf_token
from course_discovery.api.docs import api_docs
from course_discovery.api.health import health
from course_discovery.api.language_tags import LanguageTagAutocomplete
from course_discovery.api.lookups import LOOKUPS
from course_discovery.catalogs.admin.query_preview import query_preview
from course_discovery.course_metadata.admin.base.autocomplete import autocomplete
from course_discovery.course_metadata.admin.excluded_course_run import excluded_course_runs
from course_discovery.publisher.admin.mail_preview import mail_preview

urlpatterns = [
    path("", include("course_discovery.api.explorer.urls")),
    # Before the admin's own addresses, which take whatever begins like them.
    path("admin/autocomplete/", autocomplete),
    path(
        "admin/course_metadata/update_course_runs/<int:program_id>/",
        excluded_course_runs,
        name="excluded_course_runs",
    ),
    *(
        path(f"admin/course_metadata/{name}-autocomplete/", lookup.as_view(), name=f"{name}-lookup")
        for name, lookup in LOOKUPS.items()
    ),
    path("admin/publisher/mails/", mail_preview, name="mail_preview"),
    path("admin/login/", sign_on.admin_login),
    path("admin/", admin.site.urls),
    *sign_on.urlpatterns,
    # Before the library's own, which take no plain links and know fewer faults.
    path("login/edx-oauth2/", sign_on.begin),
    path("login/inactive/", sign_on.inactive, name="inactive"),
    path("complete/edx-oauth2/", sign_on.complete),
    path("", include("social_django.urls", namespace="social")),
    re_path(r"^query-preview/?$", query_preview, name="query_preview"),
    re_path(r"^i18n/setlang/?$", set_language, name="set_language"),
    re_path(r"^jsi18n/?$", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    re_path(r"^csrf/api/v1/token/?$", csrf_token, name="csrf_token"),
    re_path(
        r"^language-tags/language-tag-autocomplete/?$",
        LanguageTagAutocomplete.as_view(),
        name="language_tag_autocomplete",
    ),
    path("api-auth/", include((sign_on.urlpatterns, "rest_framework"))),
    re_path(r"^api-docs/?$", api_docs, name="api_docs"),
    re_path(r"^health/?$", health, name="health"),
    path("api/v1/", include("course_discovery.api.v1.urls")),
    path("api/v2/", include("course_discovery.api.v2.urls")),
    path("publisher/api/", include("course_discovery.api.publisher.urls")),
    path("extensions/api/v1/", include("course_discovery.api.extensions.urls")),
]

if settings.SERVE_MEDIA:
    # MEDIA_URL may be an absolute address; the path here stays what it is.
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

handler400 = "course_discovery.api.errors.bad_request"
handler404 = "course_discovery.api.errors.not_found"
handler500 = "course_discovery.api.errors.failed"
