"""Addresses of the second version of the API; each works with and without its final slash."""

from django.urls import re_path

from course_discovery.api.v1.search_families import ALL
from course_discovery.api.v1.search_urls import addresses
from course_discovery.api.v2.query_contains import QueryContainsView

app_name = "v2"
urlpatterns = [
    re_path("^catalog/query_contains/?$", QueryContainsView.as_view(), name="query_contains"),
    *addresses(ALL, positions=True),
]
