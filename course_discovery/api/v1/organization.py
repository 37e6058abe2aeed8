"""Organizations over REST."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.changed_since import ChangedSinceFilter
from course_discovery.api.v1.filters import (
    CatalogFilterSet,
    TagListFilter,
    UuidListFilter,
)
from course_discovery.api.v1.nested import OrganizationShape
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.course_metadata.models import Organization
from course_discovery.publisher.queries.organization import visible_organizations

UUID = r"[0-9a-fA-F-]{32,36}"


class OrganizationFilters(CatalogFilterSet):
    """Filters of the organization list."""

    tags = TagListFilter("tag_links__tag", help_text="comma separated names, one of which it has")
    uuids = UuidListFilter(field_name="uuid")
    timestamp = ChangedSinceFilter("organization")

    class Meta:
        model = Organization
        fields = ("tags", "uuids", "timestamp")


@extend_schema_view(
    list=extend_schema(summary="List organizations"),
    retrieve=extend_schema(summary="One organization by its uuid"),
)
class OrganizationViewSet(ProjectedViewSet):
    """Organizations of the partner: all for staff, for others those they may see."""

    queryset = Organization.objects.none()
    projection = "organization"
    serializer_class = OrganizationShape
    filterset_class = OrganizationFilters
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def get_queryset(self) -> QuerySet[Organization]:
        """The organizations that the caller may see."""
        return visible_organizations(self.request.user).filter(partner=self.request.partner)

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The organization of this uuid."""
        return self.find_by_uuid(queryset, value)
