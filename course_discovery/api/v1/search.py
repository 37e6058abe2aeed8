"""Search over REST: pages of hits, and facets beside them."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.search_parameters import (
    Parameters,
    address,
    narrow_address,
    page_of,
    page_size_of,
    parameters_of,
    root_of,
)
from course_discovery.core.rest.request import CatalogView
from search.documents.kinds import COURSE, COURSE_RUN, KINDS, Kind
from search.queries.criteria import Criteria, criteria
from search.queries.facets import facets, narrowed, open_to_all
from search.queries.page import Page, search_page
from search.queries.rows import Flags, result_row

Q_PARAMETER = OpenApiParameter(
    "q", str, description="a phrase of the key, title or text; `field:=text` asks one field"
)
LIST_PARAMETERS = [
    Q_PARAMETER,
    OpenApiParameter("page", str, description="number of the page, or `last`"),
    OpenApiParameter("page_size", int, description="20, at most 1,000"),
    OpenApiParameter(
        "ordering", str, many=True, description="start, -start, aggregation_key, -aggregation_key"
    ),
    OpenApiParameter("include_restricted", str, description="restriction types to show"),
]
FACET_PARAMETERS = [
    *LIST_PARAMETERS,
    OpenApiParameter("selected_facets", str, many=True, description="`<facet>_exact:<value>`"),
    OpenApiParameter(
        "selected_query_facets", str, many=True,
        description="availability_current, _starting_soon, _upcoming or _archived",
    ),
]  # fmt: skip
ALL_PARAMETERS = [
    OpenApiParameter("partner", str, description="short code; the site's own without it"),
    OpenApiParameter("content_type", str, many=True, description="course, courserun"),
    OpenApiParameter("exclude_expired_course_run", str, description="any value: no ended runs"),
    OpenApiParameter("detail_fields", str, description="any value: more keys of courses"),
]


class PageShape(Shape):
    """A page of hits."""

    count = serializers.IntegerField(help_text="how many there are, exactly")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    facets = serializers.DictField(help_text="always {}")
    results = serializers.ListField(child=serializers.DictField())


# A field called `fields` cannot be declared in the body of a serializer.
FacetsShape = inline_serializer(
    "FacetsShape",
    {
        "fields": serializers.DictField(help_text="facet: [{text, count, narrow_url}]"),
        "dates": serializers.DictField(help_text="always {}"),
        "queries": serializers.DictField(help_text="query facet: {count, narrow_url}"),
        "objects": serializers.DictField(help_text="count, next, previous, results"),
    },
)
PAGE_EXAMPLE = OpenApiExample(
    "A page",
    {
        "count": 2,
        "next": None,
        "previous": None,
        "facets": {},
        "results": [
            {"aggregation_key": "course:NorthU+PHY101", "content_type": "course", "...": "..."}
        ],
    },
    response_only=True,
)
FACETS_EXAMPLE = OpenApiExample(
    "Facets",
    {
        "fields": {
            "level_type": [
                {
                    "text": "Introductory",
                    "count": 12,
                    "narrow_url": "https://discovery.example.com/api/v1/search/all/facets/"
                    "?selected_facets=level_type_exact%3AIntroductory",
                }
            ]
        },
        "dates": {},
        "queries": {
            "availability_current": {
                "count": 7,
                "narrow_url": "https://discovery.example.com/api/v1/search/all/facets/"
                "?selected_query_facets=availability_current",
            }
        },
        "objects": {"count": 31, "next": None, "previous": None, "results": []},
    },
    response_only=True,
)
BODY_EXAMPLE = OpenApiExample(
    "A content filter",
    {
        "content_type": ["course", "courserun"],
        "partner": "edx",
        "level_type": ["Introductory", "Intermediate"],
        "first_enrollable_paid_seat_price__lte": 100,
        "published": True,
    },
    request_only=True,
)


class SearchView(CatalogView):
    """What searches share. Addresses of one kind know only `q`, that of all kinds the filters."""

    kinds: Sequence[Kind] = KINDS

    def criteria(self, parameters: Parameters) -> Criteria:
        """What the request asks for. A GET over all kinds is limited to the partner."""
        everything = len(self.kinds) > 1
        own = everything and self.request.method != "POST" and self.request.partner
        return criteria(
            parameters,
            kinds=self.kinds,
            now=self.request.moment,
            partner=self.request.partner.short_code if own else None,
            filtered=everything,
        )

    def page(self, found: Criteria, parameters: Parameters) -> dict[str, Any]:
        """The page of hits that the request asks for."""
        page = search_page(
            found,
            page=page_of(parameters),
            size=page_size_of(parameters),
            ordering=parameters.get("ordering", ()),
            grouped=True,
        )
        flags = Flags.of(parameters, found, root=root_of(self.request))
        return {
            "count": page.count,
            **self.around(page),
            "results": [result_row(hit, flags) for hit in page.hits],
        }

    def around(self, page: Page) -> dict[str, str | None]:
        """The addresses of the pages around this one."""
        before = {2: None}.get(page.number, str(page.number - 1))
        return {
            "next": address(self.request, page=str(page.number + 1)) if page.has_next else None,
            "previous": address(self.request, page=before) if page.number > 1 else None,
        }


class HitsView(SearchView):
    """A page of hits."""

    def answer(self, request: Request) -> Response:
        """The page, with the empty `facets` that clients know."""
        parameters = parameters_of(request)
        page = self.page(self.criteria(parameters), parameters)
        results = page.pop("results")
        return Response({**page, "facets": {}, "results": results})


class FacetsView(SearchView):
    """Counts of what is published and not hidden, and a page of it."""

    facets: Sequence[str] = ()

    def answer(self, request: Request) -> Response:
        """Facets narrowed by those that are selected, with the addresses that narrow further."""
        parameters = parameters_of(request)
        found = narrowed(
            open_to_all(self.criteria(parameters)),
            fields=self.facets,
            selected=parameters.get("selected_facets", ()),
            selected_queries=parameters.get("selected_query_facets", ()),
        )
        counts = facets(found, fields=self.facets)
        return Response(
            {
                "fields": {
                    name: [
                        {
                            "text": bucket.text,
                            "count": bucket.count,
                            "narrow_url": narrow_address(
                                request, "selected_facets", f"{name}_exact:{bucket.text}"
                            ),
                        }
                        for bucket in buckets
                    ]
                    for name, buckets in counts.fields.items()
                },
                "dates": {},
                "queries": {
                    name: {
                        "count": count,
                        "narrow_url": narrow_address(request, "selected_query_facets", name),
                    }
                    for name, count in counts.queries.items()
                },
                "objects": self.page(found, parameters),
            }
        )


class AllHits(HitsView):
    """Everything."""

    @extend_schema(
        operation_id="search_all", summary="Search everything",
        parameters=[*LIST_PARAMETERS, *ALL_PARAMETERS], responses=PageShape,
        examples=[PAGE_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Hits of all kinds, grouped by kind within a page."""
        return self.answer(request)

    @extend_schema(
        operation_id="search_all_by_body", summary="Search everything, filters in the body",
        parameters=LIST_PARAMETERS, request=OpenApiTypes.OBJECT, responses=PageShape,
        examples=[BODY_EXAMPLE, PAGE_EXAMPLE],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """The same; parameters come as JSON or as a form, and no partner is added."""
        return self.answer(request)


class AllFacets(FacetsView):
    """Facets of everything."""

    facets = (
        "content_type", "course_type", "enterprise_subscription_inclusion",
        "external_course_marketing_type", "product_source", "first_enrollable_paid_seat_price",
        "active", "language", "level_type", "mobile_available", "organizations", "pacing_type",
        "seat_types", "subjects", "status", "transcript_languages", "type",
    )  # fmt: skip

    @extend_schema(
        operation_id="search_all_facets", summary="Facets of everything",
        parameters=[*FACET_PARAMETERS, *ALL_PARAMETERS], responses=FacetsShape,
        examples=[FACETS_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Counts, and a page of hits."""
        return self.answer(request)


class CourseHits(HitsView):
    """Courses."""

    kinds = (COURSE,)

    @extend_schema(
        operation_id="search_courses", summary="Search courses",
        parameters=LIST_PARAMETERS, responses=PageShape,
        examples=[PAGE_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Courses that match `q`."""
        return self.answer(request)


class CourseFacets(FacetsView):
    """Facets of courses."""

    kinds = (COURSE,)
    facets = ("level_type", "organizations", "subjects", "prerequisites")

    @extend_schema(
        operation_id="search_courses_facets", summary="Facets of courses",
        parameters=FACET_PARAMETERS, responses=FacetsShape,
        examples=[FACETS_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Counts, and a page of courses."""
        return self.answer(request)


class CourseRunHits(HitsView):
    """Course runs."""

    kinds = (COURSE_RUN,)

    @extend_schema(
        operation_id="search_course_runs", summary="Search course runs",
        parameters=LIST_PARAMETERS, responses=PageShape,
        examples=[PAGE_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Runs that match `q`."""
        return self.answer(request)


class CourseRunFacets(FacetsView):
    """Facets of course runs."""

    kinds = (COURSE_RUN,)
    facets = (
        "language", "level_type", "mobile_available", "organizations", "pacing_type",
        "first_enrollable_paid_seat_price", "seat_types", "subjects", "transcript_languages",
        "content_type", "active",
    )  # fmt: skip

    @extend_schema(
        operation_id="search_course_runs_facets", summary="Facets of course runs",
        parameters=FACET_PARAMETERS, responses=FacetsShape,
        examples=[FACETS_EXAMPLE],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Counts, and a page of runs."""
        return self.answer(request)
