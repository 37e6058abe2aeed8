"""Addresses of the second version of the API; each works with and without its final slash."""

from django.urls import re_path

from course_discovery.api.v2.search import AllHits

app_name = "v2"
urlpatterns = [re_path("^search/all/?$", AllHits.as_view(), name="search_all")]
