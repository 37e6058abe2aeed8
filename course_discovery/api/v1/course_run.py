"""Course runs over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)

from course_discovery.api.v1.course_run_write import CourseRunWriteViewSet
from course_discovery.api.v1.drafted import PARAMETERS, DraftedFilterSet
from course_discovery.api.v1.filters import FoldedListFilter, StrictBooleanFilter
from course_discovery.api.v1.matching import MatchingFilter
from course_discovery.api.v1.nested_programs import NestedPrograms
from course_discovery.api.v1.ordering import columns
from course_discovery.api.v1.projected import Answers, public
from course_discovery.api.v1.restricted import hide_restricted
from course_discovery.api.v1.shapes.course_run import CourseRunAnswer
from course_discovery.api.v1.utm import utm_query, with_utm
from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.queries.course_run import ACTIVE, MARKETABLE
from course_discovery.course_metadata.queries.visibility.course_run import TYPE_IN_USE
from course_discovery.publisher.roles import readable_course_runs
from search.documents.kinds import COURSE_RUN

RUN_KEY = r"[^/+]+(?:/|\+)[^/+]+(?:/|\+)[^/]+"


class CourseRunFilters(DraftedFilterSet):
    """Filters of the run list."""

    q = MatchingFilter(COURSE_RUN)
    keys = FoldedListFilter(field_name="key_folded")
    license = django_filters.CharFilter(lookup_expr="iexact")
    hidden = StrictBooleanFilter(field_name="hidden")
    active = StrictBooleanFilter(
        method="only_active", help_text="true = neither ended nor closed; false = no filter"
    )
    marketable = StrictBooleanFilter(
        method="only_marketable", help_text="true = may be shown to buyers; false = no filter"
    )

    class Meta:
        model = CourseRun
        fields = ("q", "keys", "license", "hidden", "active", "marketable")

    def only_active(
        self, queryset: QuerySet[CourseRun], name: str, value: bool | None
    ) -> QuerySet[CourseRun]:
        """Runs that neither ended nor closed; false asks for no filter."""
        return queryset.filter(ACTIVE.filter(self.request.moment)) if value else queryset

    def only_marketable(
        self, queryset: QuerySet[CourseRun], name: str, value: bool | None
    ) -> QuerySet[CourseRun]:
        """Runs that may be shown to buyers; false asks for no filter."""
        return queryset.filter(MARKETABLE.filter(self.request.moment)) if value else queryset


RUN_PARAMETERS = [
    *PARAMETERS,
    OpenApiParameter("include_unpublished_programs", int, description="1 = unpublished ones too"),
    OpenApiParameter("include_retired_programs", int, description="1 = retired programs too"),
    OpenApiParameter("include_retired_run_types", int, description="1 = runs of retired types too"),
]


@extend_schema_view(
    list=extend_schema(summary="List course runs", parameters=RUN_PARAMETERS),
    retrieve=extend_schema(
        summary="One course run by its key",
        parameters=RUN_PARAMETERS,
        examples=[
            OpenApiExample(
                "Not found",
                {"detail": "No course run matches 'course-v1:a+b+c'."},
                response_only=True,
                status_codes=["404"],
            )
        ],
    ),
)
class CourseRunViewSet(CourseRunWriteViewSet):
    """Official course runs of the partner; with `editable=1` what course teams see."""

    model = CourseRun
    projection = "course_run"
    sparse_inside = ("programs",)
    queryset = CourseRun.objects.none()
    serializer_class = CourseRunAnswer
    filterset_class = CourseRunFilters
    ordering_columns = columns("start")
    lookup_value_regex = RUN_KEY
    type_in_use = TYPE_IN_USE
    retired_flag = "include_retired_run_types"

    def get_queryset(self) -> QuerySet[Any]:
        """The runs that the caller may see, restricted ones only where asked for."""
        return super().get_queryset().filter(hide_restricted(self.request))

    def of_partner(self) -> Q:
        """The condition that a run's course is the partner's."""
        return Q(course__partner=self.request.partner)

    def seen_by_caller(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Drafts that the caller edits or reviews."""
        return readable_course_runs(self.request.user, rows)

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The run of this key."""
        return self.find_by_key(self.filter_queryset(queryset), value)

    def personal(self, pks: Collection[int]) -> dict[str, Any]:
        """The caller's tracking parameters, and the drafts that differ from what is published."""
        return {"utm": utm_query(self.request), "changed": self.changed(pks)}

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The programs that the caller asked for, and what holds for it alone."""
        query, programs = self.caller["utm"], NestedPrograms.of_runs(self.request)
        answers = []
        for run in rendered:
            answer = with_utm(public(run), query)
            answer["programs"] = programs.of(run)
            if self.editing:
                answer["has_unpublished_changes"] = run["_pk"] in self.caller["changed"]
            answers.append(answer)
        return answers
