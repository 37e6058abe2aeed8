"""Search by position: every hit of a search, however many."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.search import (
    ALL_PARAMETERS,
    PAGE_EXAMPLE,
    Q_PARAMETER,
    PageShape,
    SearchView,
)
from course_discovery.api.v1.search_parameters import (
    address,
    page_size_of,
    parameters_of,
    root_of,
)
from search.queries.page import search_after
from search.queries.rows import Flags, result_row

PARAMETERS = [
    Q_PARAMETER,
    OpenApiParameter("page_size", int, description="20, at most 1,000"),
    OpenApiParameter("search_after", str, description="the position that `next` leads to"),
    OpenApiParameter(
        "ordering", str, many=True, description="start, -start, aggregation_uuid, -aggregation_uuid"
    ),
    OpenApiParameter("include_restricted", str, description="restriction types to show"),
    *ALL_PARAMETERS,
]


class AllHits(SearchView):
    """Everything, stretch by stretch."""

    @extend_schema(
        operation_id="search_all_v2", summary="Search everything, to the last hit",
        parameters=PARAMETERS, responses=PageShape,
        examples=[PAGE_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Hits after a position. Follow `next` until it is null."""
        return self.answer(request)

    @extend_schema(
        operation_id="search_all_v2_by_body", summary="The same, filters in the body",
        parameters=PARAMETERS, request=OpenApiTypes.OBJECT, responses=PageShape,
        examples=[PAGE_EXAMPLE],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Hits after a position; parameters come as JSON or as a form, no partner is added."""
        return self.answer(request)

    def answer(self, request: Request) -> Response:
        """A stretch of hits, and the address of the one that follows."""
        parameters = parameters_of(request)
        found = self.criteria(parameters)
        stretch = search_after(
            found,
            after=str((parameters.get("search_after") or [""])[-1]),
            size=page_size_of(parameters),
            ordering=parameters.get("ordering", ()),
        )
        following = stretch.following
        flags = Flags.of(parameters, found, root=root_of(request))
        return Response(
            {
                "count": stretch.count,
                "next": address(request, search_after=following) if following else None,
                "previous": None,
                "facets": {},
                "results": [result_row(hit, flags, placed=True) for hit in stretch.hits],
            }
        )
