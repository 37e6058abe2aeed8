"""Topics over REST."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.filters import CatalogFilterSet
from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.api.v1.shapes.topic import TopicShape
from course_discovery.api.v1.subject import LANGUAGE
from course_discovery.course_metadata.models import Topic


class TopicFilters(CatalogFilterSet):
    """Filters of the topic list."""

    slug = django_filters.CharFilter()

    class Meta:
        model = Topic
        fields = ("slug",)


@extend_schema_view(
    list=extend_schema(summary="List topics", parameters=[LANGUAGE]),
    retrieve=extend_schema(summary="One topic by its uuid", parameters=[LANGUAGE]),
)
class TopicViewSet(ProjectedViewSet):
    """Topics of all partners."""

    projection = "topic"
    serializer_class = TopicShape
    filterset_class = TopicFilters
    queryset = Topic.objects.all()
    needs_partner = False
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The topic of this uuid."""
        return self.find_by_uuid(queryset, value)
