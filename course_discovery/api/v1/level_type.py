"""Levels over REST."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.nested import LevelTypeShape
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.api.v1.subject import LANGUAGE
from course_discovery.core.rest.pagination import FixedPagePagination
from course_discovery.course_metadata.models import LevelType


@extend_schema_view(
    list=extend_schema(summary="List levels", parameters=[LANGUAGE]),
    retrieve=extend_schema(summary="One level by its name", parameters=[LANGUAGE]),
)
class LevelTypeViewSet(ProjectedViewSet):
    """Levels, the easiest first."""

    projection = "level_type"
    serializer_class = LevelTypeShape
    queryset = LevelType.objects.order_by("sort_value", "pk")
    pagination_class = FixedPagePagination
    needs_partner = False
    lookup_field = "name"
    lookup_value_regex = "[^/.]+"

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The level of this name, in any language."""
        named = queryset.filter(Q(name=value) | Q(translations__name_t=value))
        found = named.values_list("pk", flat=True).first()
        if found is None:
            raise self.missing(value)
        return int(found)
