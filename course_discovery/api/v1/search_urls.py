"""Addresses of searches: for each family a list, its facets, its details, and single documents."""

from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, re_path

from course_discovery.api.v1.search import AllHitsView, HitsView, OneView
from course_discovery.api.v1.search_details import DetailsView
from course_discovery.api.v1.search_facets import FacetsView
from course_discovery.api.v1.search_families import ALL, FAMILIES, Family
from course_discovery.api.v1.search_typeahead import PersonTypeaheadView, TypeaheadView


def addresses(family: Family, *, positions: bool = False) -> Sequence[URLPattern]:
    """The addresses of a family; each works with and without its final slash.

    With `positions` pages are told by positions, as in version 2.
    """
    path, name = f"search/{family.name}", f"search_{family.name}"
    options: dict[str, Any] = {"family": family, "positions": positions}
    hits = AllHitsView if family is ALL else HitsView
    # Keys may have a slash inside.
    one = f"(?P<{family.name_of_one}>{'.+?' if family.name_of_one == 'key' else '[^/]+'})"
    return [
        re_path(f"^{path}/?$", hits.as_view(**options), name=name),
        re_path(f"^{path}/facets/?$", FacetsView.as_view(**options), name=f"{name}_facets"),
        re_path(f"^{path}/details/?$", DetailsView.as_view(**options), name=f"{name}_details"),
        re_path(f"^{path}/{one}/?$", OneView.as_view(**options), name=f"{name}_one"),
    ]


urlpatterns = [
    *(pattern for family in FAMILIES for pattern in addresses(family)),
    re_path("^search/typeahead/?$", TypeaheadView.as_view(), name="search_typeahead"),
    re_path("^search/person_typeahead/?$", PersonTypeaheadView.as_view(), name="person_typeahead"),
]
