"""Addresses of the explorer; each works with and without its final slash."""

from django.urls import path, re_path

from course_discovery.api.explorer import views
from course_discovery.api.v1.course import COURSE_KEY

app_name = "explorer"

urlpatterns = [
    path("", views.explore, name="explore"),
    re_path(r"^suggestions/?$", views.suggestions, name="suggestions"),
    re_path(rf"^courses/(?P<identifier>{COURSE_KEY})/?$", views.course, name="course"),
    path("programs/<uuid:identifier>/", views.program, name="program"),
    path("programs/<uuid:identifier>", views.program),
]
