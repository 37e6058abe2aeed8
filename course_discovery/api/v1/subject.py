"""Subjects over REST."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from course_discovery.api.v1.filters import CatalogFilterSet
from course_discovery.api.v1.nested import SubjectShape
from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.course_metadata.models import Subject

LANGUAGE = OpenApiParameter("language_code", str, description="language of translated values")


class SubjectFilters(CatalogFilterSet):
    """Filters of the subject list."""

    slug = django_filters.CharFilter()

    class Meta:
        model = Subject
        fields = ("slug",)


@extend_schema_view(
    list=extend_schema(summary="List subjects", parameters=[LANGUAGE]),
    retrieve=extend_schema(summary="One subject by its uuid", parameters=[LANGUAGE]),
)
class SubjectViewSet(ProjectedViewSet):
    """Subjects of all partners."""

    projection = "subject"
    serializer_class = SubjectShape
    filterset_class = SubjectFilters
    queryset = Subject.objects.all()
    needs_partner = False
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The subject of this uuid."""
        return self.find_by_uuid(queryset, value)
