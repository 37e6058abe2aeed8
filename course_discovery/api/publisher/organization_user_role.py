"""Roles of persons for organizations, over REST."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from course_discovery.api.publisher.access import PERMISSIONS, organization_named
from course_discovery.api.v1.filters import parts_of
from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.rendered import RenderedViewSet
from course_discovery.api.v1.shapes.course_editor import EditingUserShape
from course_discovery.core.rest.pagination import NewestFirstPagination
from course_discovery.projections.organization_user_role import render_organization_user_roles
from course_discovery.publisher.models import InternalRole, OrganizationUserRole


class OrganizationUserRoleShape(Shape):
    """That somebody has a role for an organization."""

    id = serializers.IntegerField()
    user = EditingUserShape()
    role = serializers.ChoiceField(InternalRole.choices)


@extend_schema_view(
    list=extend_schema(
        summary="List who has which role for an organization",
        parameters=[OpenApiParameter("role", str, description="comma separated roles")],
    )
)
class OrganizationUserRoleViewSet(RenderedViewSet):
    """Roles of persons for one organization, the newest first."""

    queryset = OrganizationUserRole.objects.none()
    serializer_class = OrganizationUserRoleShape
    permission_classes = PERMISSIONS
    pagination_class = NewestFirstPagination
    filter_backends = ()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One page."""
        self.organization = organization_named(self.request, kwargs["organization"])
        return super().list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[OrganizationUserRole]:
        """The roles asked for; an unknown one is nobody's."""
        roles = OrganizationUserRole.objects.filter(organization=self.organization)
        wanted = parts_of(self.request.query_params.get("role"))
        known = [each for each in wanted if each in InternalRole.values]
        return roles.filter(role__in=known) if wanted else roles

    def render(self, pks: Collection[Any]) -> dict[Any, Rendered]:
        """These roles."""
        return render_organization_user_roles(pks)
