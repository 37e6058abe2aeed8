"""Which of some course runs a query string matches, over REST."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import CourseRun
from search.documents.kinds import COURSE_RUN
from search.queries.matching import matching_pks, matching_query


class ContainedRunsShape(Shape):
    """Whether each run is matched."""

    course_runs = serializers.DictField(
        child=serializers.BooleanField(), help_text="by the keys as they were sent"
    )


class ContainsView(CatalogView):
    """Asks a query string about runs."""

    @extend_schema(
        operation_id="course_runs_contains",
        summary="Which of these course runs a query string matches",
        parameters=[
            OpenApiParameter("query", str, required=True, description="Lucene grammar"),
            OpenApiParameter(
                "course_run_ids", str, required=True, description="comma separated keys"
            ),
            OpenApiParameter(
                "include_restricted", str, description="restriction types of runs that count too"
            ),
        ],
        responses={200: ContainedRunsShape, 400: None},
    )
    def get(self, request: Request) -> Response:
        """Official runs of the partner. Without a query or keys: 400 with an empty body."""
        written = request.query_params.get("query", "")
        keys = [key for key in request.query_params.get("course_run_ids", "").split(",") if key]
        if not written.strip() or not keys:
            return Response(status=status.HTTP_400_BAD_REQUEST)
        query = matching_query(
            COURSE_RUN,
            written,
            now=self.request.moment,
            partner=self.request.partner.short_code,
            include_restricted=shown_restrictions(request),
            keys=keys,
            parameter="query",
        )
        rows: Any = CourseRun.objects.filter(pk__in=list(matching_pks(COURSE_RUN, query)))
        matched = {fold(key) for key in rows.values_list("key", flat=True)}
        return Response({"course_runs": {key: fold(key) in matched for key in keys}})
