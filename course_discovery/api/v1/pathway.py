"""Pathways over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from course_discovery.api.v1.filters import CatalogFilterSet
from course_discovery.api.v1.projected import Answers, ProjectedViewSet
from course_discovery.api.v1.shapes.pathway import PathwayShape
from course_discovery.api.v1.shown_programs import (
    EXCLUDE_UTM,
    RESTRICTED,
    ShownPrograms,
    union,
)
from course_discovery.api.v1.utm import utm_query
from course_discovery.core.rest.pagination import PagePagination
from course_discovery.course_metadata.models import Pathway
from course_discovery.course_metadata.models.pathway import PathwayStatus
from course_discovery.course_metadata.queries.pathway import pathways_of
from course_discovery.publisher.roles import is_publisher_user

KEYS = tuple(PathwayShape().fields)


class MaySeePathways(BasePermission):
    """Pathways are for staff, and for people who are in a group."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller is one of them."""
        return is_publisher_user(request.user)


class PathwayFilters(CatalogFilterSet):
    """Filters of the pathway list."""

    status = django_filters.ChoiceFilter(choices=PathwayStatus.choices)

    class Meta:
        model = Pathway
        fields = ("status",)


@extend_schema_view(
    list=extend_schema(summary="List pathways", parameters=[EXCLUDE_UTM, RESTRICTED]),
    retrieve=extend_schema(
        summary="One pathway by its number", parameters=[EXCLUDE_UTM, RESTRICTED]
    ),
)
class PathwayViewSet(ProjectedViewSet):
    """Pathways of the partner, whatever their status, in the order in which they came."""

    projection = "pathway"
    queryset = Pathway.objects.none()
    serializer_class = PathwayShape
    filterset_class = PathwayFilters
    pagination_class = PagePagination
    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication, MaySeePathways)
    lookup_field = "pk"
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Pathway]:
        """The pathways of the partner."""
        return pathways_of(self.request.partner)

    def personal(self, pks: Collection[int]) -> dict[str, Any]:
        """The caller's tracking parameters."""
        return {"utm": utm_query(self.request)}

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The runs that the caller asked for, with its tracking parameters."""
        shown = ShownPrograms(self.request, self.caller["utm"])
        answers = []
        for pathway in rendered:
            programs = [shown.minimal(each) for each in pathway["programs"]]
            whole = {**pathway, "programs": programs, "course_run_statuses": union(programs)}
            answers.append({key: whole[key] for key in KEYS})
        return answers
