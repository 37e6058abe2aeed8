"""Organizations over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.filters import CatalogFilterSet, MomentFilter, UuidListFilter
from course_discovery.api.v1.nested import OrganizationShape
from course_discovery.api.v1.projected import ProjectedViewSet, Rendered
from course_discovery.course_metadata.models import Organization
from course_discovery.projections.organization import render_organizations
from course_discovery.publisher.queries.organization import visible_organizations

UUID = r"[0-9a-fA-F-]{32,36}"


class OrganizationFilters(CatalogFilterSet):
    """Filters of the organization list."""

    uuids = UuidListFilter(field_name="uuid")
    timestamp = MomentFilter("data_modified_timestamp", lookup_expr="gte")

    class Meta:
        model = Organization
        fields = ("uuids", "timestamp")


@extend_schema_view(
    list=extend_schema(summary="List organizations"),
    retrieve=extend_schema(summary="One organization by its uuid"),
)
class OrganizationViewSet(ProjectedViewSet):
    """Organizations of the partner: all for staff, for others those they may see."""

    queryset = Organization.objects.none()
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

    def render(self, pks: Collection[int], now: datetime) -> dict[int, Rendered]:
        """The organizations' projections."""
        return render_organizations(list(pks))
