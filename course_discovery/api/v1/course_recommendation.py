"""Recommended courses over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.nested import OrganizationMinShape
from course_discovery.api.v1.nested_runs import NestedRuns
from course_discovery.api.v1.projected import Answers, ProjectedViewSet, Rendered, sparse
from course_discovery.api.v1.restricted import hide_restricted
from course_discovery.api.v1.shapes.course_recommendation import (
    CourseRecommendationsShape,
    RecommendedCourseShape,
)
from course_discovery.api.v1.utm import utm_query, with_utm
from course_discovery.core.rest.pagination import MAX_PAGE_SIZE
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.queries.course_recommendation import recommended_courses
from course_discovery.course_metadata.queries.visibility.conditions import Look, meeting
from course_discovery.course_metadata.queries.visibility.course import LISTED

_KEYS = tuple(RecommendedCourseShape().fields)
_OWNER_KEYS = tuple(OrganizationMinShape().fields)


class CourseRecommendationViewSet(ProjectedViewSet):
    """What goes with one course."""

    projection = "course"
    queryset = Course.objects.none()
    serializer_class = CourseRecommendationsShape
    pagination_class = None
    lookup_field = "key"
    lookup_value_regex = r"[^/+]+(?:/|\+)[^/]+"

    def get_queryset(self) -> QuerySet[Course]:
        """Official courses of the partner whose type is in use."""
        look = Look(self.request.moment, self.request.partner)
        return Course.objects.filter(meeting(LISTED, look))

    @extend_schema(
        summary="What somebody who likes a course may like too",
        parameters=[
            OpenApiParameter("include_restricted", str, description="restriction types to show"),
            OpenApiParameter("exclude_utm", int, description="1 = bare marketing addresses"),
            OpenApiParameter("fields", str, description="only these keys, of courses too"),
            OpenApiParameter("omit", str, description="not these keys"),
        ],
        responses=CourseRecommendationsShape,
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Courses of its programs, then those that share subject and author with it."""
        courses = self.get_queryset()
        pk = self.find_by_key(courses, self.kwargs["key"])
        found = recommended_courses(
            pk,
            among=courses,
            runs=hide_restricted(self.request),
            now=self.request.moment,
            limit=MAX_PAGE_SIZE,
        )
        mark = {"uuid": str(courses.values_list("uuid", flat=True).get(pk=pk))}

        def fill(answers: Answers) -> Response:
            body = {**mark, "recommendations": answers}
            return Response(sparse([body], self.request)[0])

        return self.answer(found, fill, mark)

    def personal(self, pks: Collection[int]) -> dict[str, Any]:
        """The caller's tracking parameters."""
        return {"utm": utm_query(self.request)}

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The keys of recommended courses."""
        runs = NestedRuns(self.request)
        return [with_utm(self._recommended(course, runs, now), self.caller["utm"])
                for course in rendered]  # fmt: skip

    def _recommended(self, course: Rendered, runs: NestedRuns, now: datetime) -> Rendered:
        whole = {
            **course,
            "owners": [{key: each[key] for key in _OWNER_KEYS} for each in course["owners"]],
            "course_run_keys": runs.of(course, "", now)["course_run_keys"],
            # As inside other objects: null whatever it is.
            "url_slug": None,
        }
        return {key: whole[key] for key in _KEYS}
