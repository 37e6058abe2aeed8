"""Learner pathways, their steps and their nodes over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID as Uuid

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.filters import CatalogFilterSet, UuidListFilter
from course_discovery.api.v1.learner_pathway_writing import LearnerPathwayWriting, StaffWrites
from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.projected import (
    Answers,
    ProjectedViewSet,
    Rendered,
    public,
    uuid_or_none,
)
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.api.v1.shapes.learner_pathway import (
    LearnerPathwayBlockShape,
    LearnerPathwayCourseShape,
    LearnerPathwayProgramShape,
    LearnerPathwayShape,
    LearnerPathwayStepShape,
)
from learner_pathway.models import (
    LearnerPathway,
    LearnerPathwayBlock,
    LearnerPathwayCourse,
    LearnerPathwayProgram,
    LearnerPathwayStep,
    ScopeKind,
)
from learner_pathway.queries.learner_pathway import (
    active_pathways,
    listed_pathways,
    pathways_holding,
)

# How many courses, and programs, one call of `uuids` may ask for, and pathways it may answer.
MOST_WANTED = 500
MOST_FOUND = 10_000
SCOPES = {
    "enterprise_customer_uuid": ScopeKind.ENTERPRISE,
    "learner_group_uuid": ScopeKind.LEARNER_GROUP,
}
RESTRICTED = OpenApiParameter(
    "include_restricted", str, description="restriction types whose runs are shown too"
)
COURSE_KEYS = OpenApiParameter(
    "course_keys", str, many=True, description="key of a course or of one of its runs; repeat it"
)
PROGRAM_UUIDS = OpenApiParameter("program_uuids", OpenApiTypes.UUID, many=True)


class ScopedFilterSet(CatalogFilterSet):
    """Filters of lists that leave out what is of scoped pathways, but for those asked for.

    Staff see all. `pathway` is the look-up from the listed rows to their pathway.
    """

    pathway = "pk"
    enterprise_customer_uuid = UuidListFilter(
        method="unchanged", help_text="comma separated; pathways for these enterprises too"
    )
    learner_group_uuid = UuidListFilter(
        method="unchanged", help_text="comma separated; pathways for these groups of learners too"
    )

    def unchanged(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Scopes do not narrow a list, they widen it: all of them count at once, below."""
        return queryset

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that the caller asked for and may find."""
        found = super().filter_queryset(queryset)
        if self.request.user.is_staff:
            return found
        asked = {kind: self.form.cleaned_data[name] or () for name, kind in SCOPES.items()}
        return found.filter(**{f"{self.pathway}__in": listed_pathways(asked).values("pk")})


class LearnerPathwayFilters(ScopedFilterSet):
    """Filters of pathways."""

    uuid = UuidListFilter(field_name="uuid", help_text="comma separated")


class LearnerPathwayStepFilters(ScopedFilterSet):
    """Filters of steps."""

    pathway = "pathway"


class LearnerPathwayNodeFilters(ScopedFilterSet):
    """Filters of nodes."""

    pathway = "step__pathway"


class LearnerPathwayView(ProjectedViewSet):
    """What is common to pathways, steps and nodes: they belong to no partner's site."""

    needs_partner = False
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The row of this uuid."""
        return self.find_by_uuid(queryset, value)

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The projections with the runs that this request may see."""
        shown = shown_restrictions(self.request)
        return [with_open_runs(public(each), shown) for each in rendered]


def with_open_runs(rendered: Rendered, shown: Collection[str]) -> Rendered:
    """A pathway, step or node without restricted runs, on any level, but for the `shown` types."""
    answer = dict(rendered)
    for name in ("steps", "courses", "programs"):
        if name in answer:
            answer[name] = [with_open_runs(each, shown) for each in answer[name]]
    if "course_runs" in answer:
        answer["course_runs"] = [
            public(run)
            for run in answer["course_runs"]
            if run["_restriction_type"] is None or run["_restriction_type"] in shown
        ]
    return answer


@extend_schema_view(
    list=extend_schema(summary="List learner pathways", parameters=[RESTRICTED]),
    retrieve=extend_schema(summary="One learner pathway by its uuid", parameters=[RESTRICTED]),
)
class LearnerPathwayViewSet(LearnerPathwayWriting, LearnerPathwayView):
    """Active learner pathways with their steps and nodes; staff writes them, whatever status."""

    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication, StaffWrites)
    projection = "learner_pathway"
    queryset = LearnerPathway.objects.none()
    serializer_class = LearnerPathwayShape
    filterset_class = LearnerPathwayFilters

    def get_queryset(self) -> QuerySet[LearnerPathway]:
        """The pathways that are offered; all of them for those who write."""
        if self.request.method in SAFE_METHODS:
            return active_pathways()
        return LearnerPathway.objects.all()

    @extend_schema(summary="A learner pathway as it is now", parameters=[RESTRICTED])
    @action(detail=True)
    def snapshot(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same as the pathway itself."""
        return self.retrieve(request, *args, **kwargs)

    @extend_schema(
        summary="The learner pathways that hold courses or programs",
        parameters=[COURSE_KEYS, PROGRAM_UUIDS],
        responses={(200, "application/json"): {"type": "array", "items": {"type": "string"}}},
        filters=True,
    )
    @action(detail=False, pagination_class=None)
    def uuids(self, request: Request) -> Response:
        """Uuids of pathways of any status; [] where nothing is asked for."""
        keys = _wanted(request, "course_keys")
        programs = [_uuid(each) for each in _wanted(request, "program_uuids")]
        if not (keys or programs):
            return Response([])
        found = self.filter_queryset(pathways_holding(course_keys=keys, program_uuids=programs))
        uuids = [str(each) for each in found.values_list("uuid", flat=True)[: MOST_FOUND + 1]]
        if len(uuids) > MOST_FOUND:
            raise ValidationError(f"More than {MOST_FOUND} pathways hold these: ask for fewer.")
        return Response(uuids)


def _wanted(request: Request, parameter: str) -> list[str]:
    """The values of a repeated parameter.

    Raises ValidationError for more than MOST_WANTED, and for what no column can hold.
    """
    values = [each for each in request.query_params.getlist(parameter) if each]
    if len(values) > MOST_WANTED:
        raise ValidationError({parameter: [f"At most {MOST_WANTED} in one call."]})
    if any("\x00" in each for each in values):
        raise ValidationError({parameter: ["Null characters are not allowed."]})
    return values


def _uuid(text: str) -> Uuid:
    mark = uuid_or_none(text)
    if mark is None:
        raise ValidationError({"program_uuids": [f"{text!r} is not a UUID."]})
    return mark


@extend_schema_view(
    list=extend_schema(summary="List steps of learner pathways", parameters=[RESTRICTED]),
    retrieve=extend_schema(summary="One step by its uuid", parameters=[RESTRICTED]),
)
class LearnerPathwayStepViewSet(LearnerPathwayView):
    """Steps of all pathways."""

    projection = "learner_pathway_step"
    queryset = LearnerPathwayStep.objects.order_by("pk")
    serializer_class = LearnerPathwayStepShape
    filterset_class = LearnerPathwayStepFilters


@extend_schema_view(
    list=extend_schema(summary="List courses of steps", parameters=[RESTRICTED]),
    retrieve=extend_schema(
        summary="One course of a step by its node's uuid", parameters=[RESTRICTED]
    ),
)
class LearnerPathwayCourseViewSet(LearnerPathwayView):
    """Courses as nodes of steps."""

    projection = "learner_pathway_course"
    queryset = LearnerPathwayCourse.objects.order_by("pk")
    serializer_class = LearnerPathwayCourseShape
    filterset_class = LearnerPathwayNodeFilters


@extend_schema_view(
    list=extend_schema(summary="List programs of steps", parameters=[RESTRICTED]),
    retrieve=extend_schema(
        summary="One program of a step by its node's uuid", parameters=[RESTRICTED]
    ),
)
class LearnerPathwayProgramViewSet(LearnerPathwayView):
    """Programs as nodes of steps."""

    projection = "learner_pathway_program"
    queryset = LearnerPathwayProgram.objects.order_by("pk")
    serializer_class = LearnerPathwayProgramShape
    filterset_class = LearnerPathwayNodeFilters


@extend_schema_view(
    list=extend_schema(summary="List blocks of steps"),
    retrieve=extend_schema(summary="One block of a step by its uuid"),
)
class LearnerPathwayBlockViewSet(LearnerPathwayView):
    """Blocks as nodes of steps."""

    projection = "learner_pathway_block"
    queryset = LearnerPathwayBlock.objects.order_by("pk")
    serializer_class = LearnerPathwayBlockShape
    filterset_class = LearnerPathwayNodeFilters
