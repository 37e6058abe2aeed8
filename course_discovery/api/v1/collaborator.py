"""Collaborators over REST."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.api.v1.shapes.collaborator import CollaboratorShape
from course_discovery.core.rest.pagination import NewestFirstPagination
from course_discovery.course_metadata.models import Collaborator


@extend_schema_view(
    list=extend_schema(summary="List collaborators"),
    retrieve=extend_schema(summary="One collaborator by uuid"),
)
class CollaboratorViewSet(ProjectedViewSet):
    """Collaborators, the newest first; they belong to no partner."""

    projection = "collaborator"
    serializer_class = CollaboratorShape
    queryset = Collaborator.objects.all()
    pagination_class = NewestFirstPagination
    needs_partner = False
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The collaborator of this uuid."""
        return self.find_by_uuid(queryset, value)
