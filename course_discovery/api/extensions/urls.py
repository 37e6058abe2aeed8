"""Addresses of the extension; each works with and without a final slash."""

from django.urls import re_path

from course_discovery.api.v1.search_facets import DistinctFacetsView

app_name = "extensions"
urlpatterns = [
    re_path("^search/all/facets/?$", DistinctFacetsView.as_view(), name="search_all_facets"),
]
